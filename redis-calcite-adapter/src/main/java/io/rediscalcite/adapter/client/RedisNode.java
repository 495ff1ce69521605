package io.rediscalcite.adapter.client;

import java.util.List;

/**
 * A server as the topology had it when asked.
 *
 * @param slots what a master owns, in order; all slots where there is no cluster, none for a replica
 * @param replicas of a master, in the topology's order
 */
public record RedisNode(Endpoint endpoint, boolean replica, List<SlotRange> slots, List<Endpoint> replicas) {
    public RedisNode {
        slots = List.copyOf(slots);
        replicas = List.copyOf(replicas);
    }

    static RedisNode master(Endpoint endpoint, List<SlotRange> slots, List<Endpoint> replicas) {
        return new RedisNode(endpoint, false, slots, replicas);
    }

    static RedisNode replica(Endpoint endpoint) {
        return new RedisNode(endpoint, true, List.of(), List.of());
    }

    /** The endpoint. */
    @Override
    public String toString() {
        return endpoint.toString();
    }
}
