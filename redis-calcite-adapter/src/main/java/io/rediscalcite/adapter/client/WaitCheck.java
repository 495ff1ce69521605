package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.concurrent.TimeUnit;

/** Looks, every few milliseconds while a thread waits for the server, whether it should go on waiting. */
@FunctionalInterface
public interface WaitCheck {
    /** So long may a wait go on that is to end. */
    long LONGEST_UNCHECKED_MILLIS = 5;

    /** Waits as long as the timeouts allow. */
    WaitCheck NONE = () -> {};

    /** Throws if the wait is to end, as after a cancel or past a deadline; the exception reaches the waiting caller. */
    void check();

    /** Waits that long for something that the server tells only when it is asked again, unless this ends the wait before. */
    default void pause(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            check();
            try {
                TimeUnit.MILLISECONDS.sleep(Math.min(millis, LONGEST_UNCHECKED_MILLIS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RedisSqlException(
                        SqlState.CANCELLED, "the thread was interrupted while it waited for the server", e);
            }
        }
    }
}
