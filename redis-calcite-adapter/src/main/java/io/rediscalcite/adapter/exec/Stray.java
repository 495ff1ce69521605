package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.error.RedisSqlException;

/**
 * A step that another node of the cluster is to go on with.
 *
 * @param target that node
 * @param refusal what the node that was asked said, as an exception
 */
record Stray(Step step, Endpoint target, Why why, RedisSqlException refusal) {
    /** Why the node that was asked left it. */
    enum Why {
        /** The slot has another owner. */
        MOVED,
        /** The key has gone ahead of its slot, whose owner is the same still. */
        GONE_AHEAD,
        /** The node is a replica, and doesn't have the key; its master may. */
        NOT_COPIED
    }
}
