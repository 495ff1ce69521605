package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The replies to one send, while they are on their way. */
public final class PendingReplies {
    private static final int CHECK_MILLIS = 10;

    private final RedisChannel channel;
    private final boolean asking;
    private final @Nullable Consumer<Replies> onArrival;
    private final long sentAt = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Replies replies;
    private volatile @Nullable RedisSqlException failure;

    // Of the event loop alone.
    private @Nullable ReplyReader reader;
    private @Nullable Runnable continuation;

    /**
     * @param asking whether every command has an ASKING in front
     * @param onArrival told on the event loop of replies that came, before anybody who waits for them
     */
    PendingReplies(RedisChannel channel, boolean asking, @Nullable Consumer<Replies> onArrival) {
        this.channel = channel;
        this.asking = asking;
        this.onArrival = onArrival;
    }

    /** Whether {@link #await} would return, or throw, at once. */
    public boolean isDone() {
        return done.getCount() == 0;
    }

    /**
     * Blocks until all replies are there. An error reply is no exception but one of the replies.
     *
     * @param check asked before the wait and every few milliseconds in it; what it throws ends the wait, not the command
     * @throws RedisSqlException CONNECTION_LOST; TIMEOUT when the server sent nothing for the command timeout, after which
     *     the connection is closed; CANCELLED when the thread is interrupted
     */
    public Replies await(WaitCheck check) {
        return await(check, channel.timeoutMillis());
    }

    Replies await(WaitCheck check, int timeoutMillis) {
        check.check();
        try {
            while (!done.await(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                check.check();
                long since = Math.max(sentAt - channel.lastArrival(), 0) + channel.lastArrival();
                if (timeoutMillis > 0 && System.nanoTime() - since > timeoutMillis * 1_000_000L && !isDone()) {
                    channel.close();
                    throw new RedisSqlException(
                            SqlState.TIMEOUT,
                            channel.endpoint() + " sent nothing for " + timeoutMillis
                                    + " ms. It may be busy or unreachable; a larger commandTimeout waits longer.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisSqlException(
                    SqlState.CANCELLED,
                    "The thread was interrupted while it waited for " + channel.endpoint() + ".",
                    e);
        }
        Replies result = replies;
        if (result != null) {
            return result;
        }
        RedisSqlException cause = failure;
        if (cause == null) {
            throw new IllegalStateException("done without a result");
        }
        // A new one, since each thread that waits wants its own stack trace.
        throw new RedisSqlException(cause.state(), String.valueOf(cause.getMessage()), cause);
    }

    void expect(ReplyReader expected) {
        reader = expected;
    }

    ReplyReader reader() {
        if (reader == null) {
            throw new IllegalStateException("not sent");
        }
        return reader;
    }

    void discard() {
        if (reader != null) {
            reader.discard();
        }
    }

    void whenDone(Runnable then) {
        continuation = then;
    }

    void complete(Replies result) {
        Replies came = asking ? result.withoutAsking() : result;
        replies = came;
        try {
            if (onArrival != null) {
                onArrival.accept(came);
            }
        } finally {
            finish();
        }
    }

    void fail(RedisSqlException cause) {
        failure = cause;
        finish();
    }

    private void finish() {
        reader = null;
        channel.settled();
        Runnable then = continuation;
        continuation = null;
        if (then != null) {
            then.run();
        }
        done.countDown();
    }
}
