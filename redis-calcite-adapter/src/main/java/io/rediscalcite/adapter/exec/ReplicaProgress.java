package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;

/**
 * How far a replica of a cluster has come, by ROLE's offsets in the stream of its master's writes.
 *
 * <p>A slot's keys come to a master's replica behind the slot itself. Only one that has come to where its master was, when that had
 * the slot, lists all of them.
 */
final class ReplicaProgress {
    private static final String CONNECTED = "connected";
    /** After pauses of 1, 2, 4, 8 and 16 ms a replica lags so much that its master is the sooner read. */
    private static final int LOOKS = 6;

    private final RedisClient client;
    private final Execution execution;

    ReplicaProgress(RedisClient client, Execution execution) {
        this.client = client;
        this.execution = execution;
    }

    /** A connection to read a master's keys on, of which none is missing that it has now; to be closed. */
    RedisLink lease(RedisNode master) {
        RedisLink link = client.leaseForReading(master, execution);
        boolean whole = false;
        try {
            whole = !link.node().replica() || hasAllOf(master, link);
        } finally {
            if (!whole) {
                link.close();
            }
        }
        return whole ? link : client.lease(master, execution);
    }

    private boolean hasAllOf(RedisNode master, RedisLink replica) {
        Replies.Cursor role = client.call(master, role(), execution).cursor();
        role.next();
        if (execution.isRefused(role, "ROLE")) {
            return false;
        }
        if (role.isError()) {
            throw role.error("ROLE");
        }
        role.next();
        if (!role.text().equals("master")) {
            return false;
        }
        role.next();
        long wanted = role.longValue();
        for (int look = 0; look < LOOKS; look++) {
            if (look > 0) {
                execution.pause(1L << (look - 1));
            }
            if (offset(replica) >= wanted) {
                return true;
            }
        }
        return false;
    }

    /** Where the replica is: -1 while it isn't connected to its master. */
    private long offset(RedisLink replica) {
        Replies.Cursor role = replica.send(role()).await(execution).cursor();
        role.next();
        if (role.isError()) {
            return -1;
        }
        role.next();
        if (!role.text().equals("slave")) {
            return -1;
        }
        role.next();
        role.next();
        role.next();
        if (!role.text().equals(CONNECTED)) {
            return -1;
        }
        role.next();
        return role.longValue();
    }

    private static Commands role() {
        return new Commands().add("ROLE");
    }
}
