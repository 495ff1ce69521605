package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The connections to one node: opened when needed, kept for the next, never more than {@link #MOST}. */
final class NodePool {
    /**
     * Enough for a program's many JDBC connections, which share these, and their open results; one that leaks them is told
     * before the server's limit is met.
     */
    private static final int MOST = 256;

    private static final int MOST_IDLE = 16;
    private static final int CHECK_MILLIS = 10;

    private final Endpoint endpoint;
    private final boolean readOnly;
    private final Connector connector;
    private final int timeoutMillis;
    private final Semaphore permits = new Semaphore(MOST);
    private final BlockingDeque<RedisChannel> idle = new LinkedBlockingDeque<>(MOST_IDLE);
    private volatile boolean closed;
    private volatile long latencyNanos;

    NodePool(Endpoint endpoint, boolean readOnly, Connector connector, int timeoutMillis) {
        this.endpoint = endpoint;
        this.readOnly = readOnly;
        this.connector = connector;
        this.timeoutMillis = timeoutMillis;
    }

    /** A connection for one user alone, to be given back. */
    RedisChannel lease(WaitCheck check) {
        acquire(check);
        RedisChannel leased = null;
        try {
            leased = idle.pollFirst();
            while (leased != null && !leased.isOpen()) {
                leased = idle.pollFirst();
            }
            if (leased == null) {
                leased = connector.connect(endpoint, readOnly, check);
            }
            return leased;
        } finally {
            if (leased == null) {
                permits.release();
            }
        }
    }

    void release(RedisChannel channel) {
        if (closed || !channel.isOpen() || !idle.offerFirst(channel)) {
            channel.close();
        } else if (closed) {
            close();
        }
        permits.release();
    }

    /** Gives back a connection that was opened before there was this pool. */
    void adopt(RedisChannel channel) {
        if (!channel.isOpen() || !idle.offerFirst(channel)) {
            channel.close();
        }
    }

    /** Closes what is idle now, and what is given back later. */
    void close() {
        closed = true;
        for (RedisChannel channel = idle.poll(); channel != null; channel = idle.poll()) {
            channel.close();
        }
    }

    /** How long a PING takes, measured once. */
    long latencyNanos() {
        long known = latencyNanos;
        if (known == 0) {
            RedisChannel channel = lease(WaitCheck.NONE);
            try {
                long start = System.nanoTime();
                channel.send(new Commands().add("PING")).await(WaitCheck.NONE);
                known = System.nanoTime() - start;
                latencyNanos = known;
            } finally {
                channel.drain(() -> release(channel));
            }
        }
        return known;
    }

    private void acquire(WaitCheck check) {
        check.check();
        long start = System.nanoTime();
        try {
            while (!permits.tryAcquire(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                check.check();
                if (timeoutMillis > 0 && System.nanoTime() - start > timeoutMillis * 1_000_000L) {
                    throw new RedisSqlException(
                            SqlState.SERVER_LIMIT,
                            "All " + MOST + " connections to " + endpoint
                                    + " are in use: close results that are open.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisSqlException(
                    SqlState.CANCELLED, "The thread was interrupted while it waited for " + endpoint + ".", e);
        }
    }
}
