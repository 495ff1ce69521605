package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads keys and single answers about them from all nodes, in pipelines. */
final class KeySampler {
    private static final int SCAN_COUNT = 1000;
    private static final int PIPELINE = 500;

    private final RedisClient client;

    KeySampler(RedisClient client) {
        this.client = client;
    }

    /**
     * Gives names of keys to {@code consumer}, at most about {@code limit}, evenly from all masters; some may come twice.
     * SCAN walks the server's hash table, so a part of its keys is as good as a random choice.
     *
     * @param glob a MATCH pattern
     * @return true if these were all
     */
    boolean scan(String glob, long limit, WaitCheck check, Consumer<String> consumer) {
        List<RedisNode> nodes = client.masters();
        boolean all = true;
        for (RedisNode node : nodes) {
            all &= scan(node, glob, Math.max(1, limit / nodes.size()), check, consumer);
        }
        return all;
    }

    private boolean scan(RedisNode node, String glob, long limit, WaitCheck check, Consumer<String> consumer) {
        long walked = 0;
        String cursor = "0";
        try (RedisLink link = client.lease(node, check)) {
            PendingReplies pending = link.send(page(cursor, glob));
            while (true) {
                Replies.Cursor reply = pending.await(check).cursor();
                reply.next();
                if (reply.isError()) {
                    throw reply.error("SCAN");
                }
                reply.next();
                cursor = reply.text();
                walked += SCAN_COUNT;
                boolean last = cursor.equals("0") || walked >= limit;
                if (!last) {
                    pending = link.send(page(cursor, glob));
                }
                reply.next();
                for (int i = reply.arrayLength(); i > 0; i--) {
                    reply.next();
                    consumer.accept(Text.decode(reply.buffer(), reply.offset(), reply.length()));
                }
                if (last) {
                    return cursor.equals("0");
                }
            }
        }
    }

    private static Commands page(String cursor, String glob) {
        return new Commands()
                .begin(6)
                .arg("SCAN")
                .arg(cursor)
                .arg("MATCH")
                .arg(Text.encode(glob))
                .arg("COUNT")
                .arg(SCAN_COUNT);
    }

    /** Sends {@code words} with each key behind them, and gives each reply, errors too, to {@code consumer}. */
    void ask(List<String> keys, List<String> words, BiConsumer<String, Replies.Cursor> consumer) {
        Map<RedisNode, List<String>> byNode = new LinkedHashMap<>();
        for (String key : keys) {
            byNode.computeIfAbsent(client.nodeOf(Text.encode(key)), node -> new ArrayList<>())
                    .add(key);
        }
        byNode.forEach((node, ofNode) -> {
            try (RedisLink link = client.lease(node, WaitCheck.NONE)) {
                for (int from = 0; from < ofNode.size(); from += PIPELINE) {
                    ask(link, ofNode.subList(from, Math.min(ofNode.size(), from + PIPELINE)), words, consumer);
                }
            }
        });
    }

    private static void ask(
            RedisLink link, List<String> keys, List<String> words, BiConsumer<String, Replies.Cursor> consumer) {
        Commands commands = new Commands();
        for (String key : keys) {
            commands.begin(words.size() + 1);
            words.forEach(commands::arg);
            commands.arg(Text.encode(key));
        }
        Replies.Cursor reply = link.send(commands).await(WaitCheck.NONE).cursor();
        for (String key : keys) {
            reply.next();
            consumer.accept(key, reply);
        }
    }

    /** Keys that there are, on all nodes. */
    long keyCount(WaitCheck check) {
        long keys = 0;
        for (RedisNode node : client.masters()) {
            Replies.Cursor reply =
                    client.call(node, new Commands().add("DBSIZE"), check).cursor();
            reply.next();
            if (!reply.isError()) {
                keys += reply.longValue();
            }
        }
        return keys;
    }
}
