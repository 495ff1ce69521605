package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock for work that waits for the server: who waits for another's work gives up by a {@link WaitCheck}, too. */
public final class CheckedLock {
    private static final int CHECK_MILLIS = 10;

    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Runs {@code work}, alone.
     *
     * @param check asked every few milliseconds while another thread is at work
     * @throws RedisSqlException CANCELLED when the thread is interrupted; what the check throws, and the work
     */
    public <T> T alone(WaitCheck check, Supplier<T> work) {
        acquire(check);
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private void acquire(WaitCheck check) {
        try {
            while (!lock.tryLock(CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                check.check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisSqlException(
                    SqlState.CANCELLED, "The thread was interrupted while it waited for another statement.", e);
        }
    }
}
