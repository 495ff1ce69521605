package io.rediscalcite.adapter.client;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one node, leased from the pool for one user alone until it is closed. Several sends may be under way;
 * their replies come in the order of the sends. For one thread at a time, but {@link #close} may be called from any.
 */
public final class RedisLink implements AutoCloseable {
    private final RedisNode node;
    private final RedisChannel channel;
    private final NodePool pool;
    private final WaitCheck leaser;
    private volatile boolean closed;

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
        return send(commands, null);
    }

    /**
     * As {@link #send(Commands)}.
     *
     * @param onArrival told of the replies on the connection's own thread, before anybody who waits for them, unless the link
     *     was closed; it may send what comes next, which the server has without waiting for a thread to wake up. Null for none.
     */
    public PendingReplies send(Commands commands, @Nullable Consumer<Replies> onArrival) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (leaser instanceof SendCounter counter) {
            counter.sent(commands.count());
        }
        return channel.send(commands, onArrival == null ? null : replies -> arrived(replies, onArrival));
    }

    /** Under the lock, so that a link that is closed meanwhile sends nothing afterwards. */
    private synchronized void arrived(Replies replies, Consumer<Replies> onArrival) {
        if (!closed) {
            onArrival.accept(replies);
        }
    }

    /**
     * Gives the connection back without waiting. What is still under way is thrown away as it comes; if it doesn't come
     * within the command timeout, the connection is closed.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        channel.drain(() -> pool.release(channel));
    }
}
