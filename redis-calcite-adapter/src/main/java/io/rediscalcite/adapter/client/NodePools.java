package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The pools of all nodes, each made when the node is first needed. */
final class NodePools implements AutoCloseable {
    private record Key(Endpoint endpoint, boolean readOnly) {}

    private final Connector connector;
    private final int timeoutMillis;
    private final Map<Key, NodePool> pools = new HashMap<>();
    private boolean closed;

    NodePools(Connector connector, int timeoutMillis) {
        this.connector = connector;
        this.timeoutMillis = timeoutMillis;
    }

    /** The pool of a node; read-only is for a cluster's replica, which redirects reads until told otherwise. */
    synchronized NodePool pool(Endpoint endpoint, boolean readOnly) {
        if (closed) {
            throw new RedisSqlException(SqlState.CONNECTION_LOST, "This connection is closed.");
        }
        return pools.computeIfAbsent(
                new Key(endpoint, readOnly), key -> new NodePool(endpoint, readOnly, connector, timeoutMillis));
    }

    /** Sends on a connection of its own, and waits for the replies. */
    Replies call(Endpoint endpoint, boolean readOnly, Commands commands, WaitCheck check) {
        NodePool pool = pool(endpoint, readOnly);
        RedisChannel channel = pool.lease(check);
        try {
            return channel.send(commands).await(check);
        } finally {
            channel.drain(() -> pool.release(channel));
        }
    }

    /** Closes the pools of all nodes but these, which are what the topology has left. */
    synchronized void keepOnly(Collection<Endpoint> endpoints) {
        pools.entrySet().removeIf(entry -> {
            boolean gone = !endpoints.contains(entry.getKey().endpoint());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    /** Closes all connections, leased ones too, and opens no more. */
    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(NodePool::close);
        connector.close();
    }
}
