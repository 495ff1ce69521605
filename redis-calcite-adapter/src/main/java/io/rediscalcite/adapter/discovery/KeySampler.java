package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads keys and single answers about them from all nodes, in pipelines. */
final class KeySampler {
    private static final int SMALL_REPLIES = 500;
    /** Values are at most some megabytes each; these together must fit well into memory. */
    private static final int LARGE_REPLIES = 20;

    private final RedisClient client;
    private final AtomicLong commands = new AtomicLong();

    KeySampler(RedisClient client) {
        this.client = client;
    }

    /** Commands sent so far. */
    long commands() {
        return commands.get();
    }

    /**
     * Which keys to walk over.
     *
     * @param glob a MATCH pattern
     * @param type null for keys of all types
     * @param limit keys that the server looks at, at most about
     * @param page keys that it looks at for one SCAN
     */
    record Walk(String glob, @Nullable TableType type, long limit, int page) {
        /** As many keys a page as a server walks in about a millisecond. */
        private static final int PAGE = 5000;

        static Walk all(long limit) {
            return new Walk("*", null, limit, PAGE);
        }

        /** Of any pattern and type, in one page a node. */
        static Walk some(int limit) {
            return new Walk("*", null, limit, limit);
        }

        static Walk of(String glob, TableType type, long limit) {
            return new Walk(glob, type, limit, PAGE);
        }

        private Commands command(String cursor) {
            boolean all = glob.equals("*");
            Commands command = new Commands()
                    .begin(4 + (all ? 0 : 2) + (type == null ? 0 : 2))
                    .arg("SCAN")
                    .arg(cursor)
                    .arg("COUNT")
                    .arg(page);
            if (!all) {
                command.arg("MATCH").arg(Text.encode(glob));
            }
            if (type != null) {
                command.arg("TYPE").arg(type.redisType().orElseThrow());
            }
            return command;
        }
    }

    /**
     * Gives names of keys to {@code consumer} until it wants no more, evenly from all masters; some may come twice. SCAN
     * walks the server's hash table, so a part of its keys is as good as a random choice.
     *
     * @param consumer answers whether it wants more
     * @return true if these were all
     */
    boolean scan(Walk walk, WaitCheck check, Predicate<String> consumer) {
        List<RedisNode> nodes = client.masters();
        boolean all = true;
        for (RedisNode node : nodes) {
            all &= scan(node, walk, Math.max(1, walk.limit() / nodes.size()), check, consumer);
        }
        return all;
    }

    private boolean scan(RedisNode node, Walk walk, long limit, WaitCheck check, Predicate<String> consumer) {
        long walked = 0;
        String cursor = "0";
        try (RedisLink link = client.lease(node, check)) {
            PendingReplies pending = send(link, walk.command(cursor));
            while (true) {
                Replies.Cursor reply = pending.await(check).cursor();
                reply.next();
                if (reply.isError()) {
                    throw reply.error("SCAN");
                }
                reply.next();
                cursor = reply.text();
                walked += walk.page();
                boolean last = cursor.equals("0") || walked >= limit;
                if (!last) {
                    // The server walks on while this side looks at the page.
                    pending = send(link, walk.command(cursor));
                }
                reply.next();
                boolean more = true;
                for (int i = reply.arrayLength(); i > 0; i--) {
                    reply.next();
                    more = consumer.test(Text.decode(reply.buffer(), reply.offset(), reply.length()));
                }
                if (last || !more) {
                    return last && cursor.equals("0");
                }
            }
        }
    }

    private PendingReplies send(RedisLink link, Commands pipeline) {
        commands.addAndGet(pipeline.count());
        return link.send(pipeline);
    }

    /** Words of a command in front of a key and behind it. */
    record Question(List<String> before, List<String> behind) {
        Question {
            before = List.copyOf(before);
            behind = List.copyOf(behind);
        }

        static Question of(String... before) {
            return new Question(List.of(before), List.of());
        }

        Question with(String... more) {
            return new Question(before, List.of(more));
        }
    }

    /** Asks for each key something that has a short answer; gives each reply, errors too, to {@code consumer}. */
    void ask(List<String> keys, Question question, BiConsumer<String, Replies.Cursor> consumer) {
        ask(keys, question, SMALL_REPLIES, consumer);
    }

    /** As {@link #ask}, for answers of up to some megabytes. */
    void read(List<String> keys, Question question, BiConsumer<String, Replies.Cursor> consumer) {
        ask(keys, question, LARGE_REPLIES, consumer);
    }

    private void ask(List<String> keys, Question question, int pipeline, BiConsumer<String, Replies.Cursor> consumer) {
        Map<RedisNode, List<String>> byNode = new LinkedHashMap<>();
        for (String key : keys) {
            byNode.computeIfAbsent(client.nodeOf(Text.encode(key)), node -> new ArrayList<>())
                    .add(key);
        }
        byNode.forEach((node, ofNode) -> {
            try (RedisLink link = client.lease(node, WaitCheck.NONE)) {
                for (int from = 0; from < ofNode.size(); from += pipeline) {
                    ask(link, ofNode.subList(from, Math.min(ofNode.size(), from + pipeline)), question, consumer);
                }
            }
        });
    }

    private void ask(
            RedisLink link, List<String> keys, Question question, BiConsumer<String, Replies.Cursor> consumer) {
        Commands pipeline = new Commands();
        for (String key : keys) {
            pipeline.begin(question.before().size() + 1 + question.behind().size());
            question.before().forEach(pipeline::arg);
            pipeline.arg(Text.encode(key));
            question.behind().forEach(pipeline::arg);
        }
        Replies.Cursor reply = send(link, pipeline).await(WaitCheck.NONE).cursor();
        for (String key : keys) {
            reply.next();
            consumer.accept(key, reply);
        }
    }

    /** The reply of the first master, its first value current. */
    Replies.Cursor call(String... words) {
        commands.incrementAndGet();
        Replies.Cursor reply = client.call(client.masters().get(0), new Commands().add(words), WaitCheck.NONE)
                .cursor();
        reply.next();
        return reply;
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
