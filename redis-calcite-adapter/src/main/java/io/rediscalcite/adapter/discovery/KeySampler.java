package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads keys, and single answers about them, from all nodes at once, in pipelines. For one run, on one thread. */
final class KeySampler {
    private final RedisClient client;
    private final WaitCheck check;
    private long commands;

    /** @param check may end any wait */
    KeySampler(RedisClient client, WaitCheck check) {
        this.client = client;
        this.check = check;
    }

    /** Commands sent so far. */
    long commands() {
        return commands;
    }

    /**
     * Gives names of keys to {@code consumer} until it wants no more, evenly from all masters; some may come twice.
     *
     * @param consumer answers whether it wants more
     * @return true if these were all
     */
    boolean walk(KeyWalk walk, Predicate<String> consumer) {
        List<RedisNode> nodes = client.masters(check);
        return run(nodes, (node, link) -> walk.onNode(link, nodes.size(), consumer)).stream()
                .allMatch(KeyWalk.OnNode::isComplete);
    }

    /**
     * Words of a command in front of a key and behind it.
     *
     * @param replyBytes how long a reply is expected to be
     */
    record Question(List<String> before, List<String> behind, long replyBytes) {
        private static final long SHORT = 64;

        Question {
            before = List.copyOf(before);
            behind = List.copyOf(behind);
        }

        /** One with a short answer. */
        static Question of(String... before) {
            return new Question(List.of(before), List.of(), SHORT);
        }

        Question with(String... more) {
            return new Question(before, List.of(more), replyBytes);
        }

        Question expecting(long bytes) {
            return new Question(before, behind, bytes);
        }
    }

    /** A question about a key, and what takes the reply, also one that is an error; its first value is current then. */
    record Asked(String key, Question question, Consumer<Replies.Cursor> reader) {}

    /** Asks about each key the same; gives each reply, errors too, to {@code consumer}. */
    void ask(List<String> keys, Question question, BiConsumer<String, Replies.Cursor> consumer) {
        ask(keys.stream()
                .map(key -> new Asked(key, question, reply -> consumer.accept(key, reply)))
                .toList());
    }

    /** Asks all of that. */
    void ask(List<Asked> all) {
        Map<RedisNode, List<Asked>> byNode = new LinkedHashMap<>();
        for (Asked asked : all) {
            byNode.computeIfAbsent(client.nodeOf(Text.encode(asked.key()), check), node -> new ArrayList<>())
                    .add(asked);
        }
        run(byNode.keySet(), (node, link) -> new KeyQuestions(link, byNode.getOrDefault(node, List.of())));
    }

    /** The replies of the first master, with the cursor before the first. */
    Replies.Cursor send(Commands words) {
        commands += words.count();
        return client.call(client.masters(check).get(0), words, check).cursor();
    }

    /** Keys that there are, on all nodes; 0 where that mustn't be asked. */
    long keyCount() {
        return run(client.masters(check), (node, link) -> new KeyCount(link)).stream()
                .mapToLong(KeyCount::keys)
                .sum();
    }

    private <L extends Lane> List<L> run(Collection<RedisNode> nodes, BiFunction<RedisNode, RedisLink, L> laneOf) {
        List<L> lanes = new ArrayList<>();
        try {
            for (RedisNode node : nodes) {
                lanes.add(laneOf.apply(node, client.lease(node, check)));
            }
            Lane.run(lanes, check);
            return lanes;
        } finally {
            lanes.forEach(Lane::close);
            commands += lanes.stream().mapToLong(Lane::commands).sum();
        }
    }
}
