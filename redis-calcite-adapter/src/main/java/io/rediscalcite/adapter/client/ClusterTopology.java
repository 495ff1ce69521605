package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.client.Replies.Cursor;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The masters of a cluster, as CLUSTER SLOTS of any node that answers has them. */
final class ClusterTopology implements Topology {
    private final List<Endpoint> seeds;
    private final NodePools pools;
    private volatile List<RedisNode> latest = List.of();

    ClusterTopology(List<Endpoint> seeds, NodePools pools) {
        this.seeds = seeds;
        this.pools = pools;
    }

    @Override
    public List<RedisNode> masters(WaitCheck check) {
        Set<Endpoint> candidates = new LinkedHashSet<>();
        latest.forEach(node -> candidates.add(node.endpoint()));
        candidates.addAll(seeds);
        RedisSqlException first = null;
        for (Endpoint candidate : candidates) {
            try {
                Replies replies = pools.call(candidate, false, new Commands().add("CLUSTER", "SLOTS"), check);
                List<RedisNode> masters = parse(replies);
                latest = masters;
                return masters;
            } catch (RedisSqlException e) {
                boolean elsewhere = e.state() == SqlState.CANNOT_CONNECT
                        || e.state() == SqlState.CONNECTION_LOST
                        || e.state() == SqlState.TIMEOUT
                        || e.state() == SqlState.SERVER_ERROR;
                if (!elsewhere) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("a cluster without an endpoint");
        }
        throw first;
    }

    private static List<RedisNode> parse(Replies replies) {
        Cursor reply = replies.cursor();
        reply.next();
        if (reply.isError()) {
            throw reply.error("CLUSTER SLOTS");
        }
        record Shard(List<SlotRange> slots, Set<Endpoint> replicas) {}
        Map<Endpoint, Shard> shards = new LinkedHashMap<>();
        for (int ranges = reply.arrayLength(); ranges > 0; ranges--) {
            reply.next();
            int nodes = reply.arrayLength() - 2;
            reply.next();
            int from = (int) reply.longValue();
            reply.next();
            int to = (int) reply.longValue();
            Endpoint master = endpoint(reply, replies.from());
            Shard shard = shards.computeIfAbsent(master, m -> new Shard(new ArrayList<>(), new LinkedHashSet<>()));
            shard.slots().add(new SlotRange(from, to));
            for (int i = 1; i < nodes; i++) {
                shard.replicas().add(endpoint(reply, replies.from()));
            }
        }
        if (shards.isEmpty()) {
            throw new RedisSqlException(
                    SqlState.SERVER_ERROR,
                    "The cluster of " + replies.from()
                            + " has assigned no slots: redis-cli --cluster create does that.");
        }
        List<RedisNode> masters = new ArrayList<>();
        shards.forEach((endpoint, shard) ->
                masters.add(RedisNode.master(endpoint, ordered(shard.slots()), List.copyOf(shard.replicas()))));
        masters.sort((a, b) ->
                Integer.compare(a.slots().get(0).first(), b.slots().get(0).first()));
        return List.copyOf(masters);
    }

    private static List<SlotRange> ordered(List<SlotRange> slots) {
        return slots.stream()
                .sorted((a, b) -> Integer.compare(a.first(), b.first()))
                .toList();
    }

    /** A node without a name is on the host that was asked. */
    private static Endpoint endpoint(Cursor reply, Endpoint asked) {
        reply.next();
        int fields = reply.arrayLength();
        reply.next();
        String host = reply.isNull() ? "" : reply.text();
        reply.next();
        int port = (int) reply.longValue();
        for (int i = 2; i < fields; i++) {
            reply.next();
            reply.skip();
        }
        return new Endpoint(host.isEmpty() || host.equals("?") ? asked.host() : host, port);
    }
}
