package io.rediscalcite.adapter.client;

import java.util.List;

/** Which masters there are, by one way for each {@link Mode}. */
sealed interface Topology permits Topology.Fixed, ClusterTopology, SentinelTopology {
    /** Asks anew; in the order of their slots, never empty. */
    List<RedisNode> masters(WaitCheck check);

    /** One server, which is all there is. */
    record Fixed(RedisNode node) implements Topology {
        @Override
        public List<RedisNode> masters(WaitCheck check) {
            return List.of(node);
        }
    }
}
