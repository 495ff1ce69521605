package io.rediscalcite.adapter.client;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection to one node, leased from the pool for one user alone until it is closed. Several sends may be under way;
 * their replies come in the order of the sends. For one thread at a time, but {@link #close} may be called from any.
 */
public final class RedisLink implements AutoCloseable {
    private final RedisNode node;
    private final RedisChannel channel;
    private final NodePool pool;
    private final WaitCheck leaser;
    private final AtomicBoolean closed = new AtomicBoolean();

    RedisLink(RedisNode node, RedisChannel channel, NodePool pool, WaitCheck leaser) {
        this.node = node;
        this.channel = channel;
        this.pool = pool;
        this.leaser = leaser;
    }

    public RedisNode node() {
        return node;
    }

    /** Sends all commands in one write, without waiting; the commands must not be changed any more. */
    public PendingReplies send(Commands commands) {
        if (closed.get()) {
            throw new IllegalStateException("closed");
        }
        if (leaser instanceof SendCounter counter) {
            counter.sent(commands.count());
        }
        return channel.send(commands);
    }

    /**
     * Gives the connection back without waiting. What is still under way is thrown away as it comes; if it doesn't come
     * within the command timeout, the connection is closed.
     */
    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            channel.drain(() -> pool.release(channel));
        }
    }
}
