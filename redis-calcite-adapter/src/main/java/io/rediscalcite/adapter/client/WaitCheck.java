package io.rediscalcite.adapter.client;

/** Looks, every few milliseconds while a thread waits for the server, whether it should go on waiting. */
@FunctionalInterface
public interface WaitCheck {
    /** Waits as long as the timeouts allow. */
    WaitCheck NONE = () -> {};

    /** Throws if the wait is to end, as after a cancel or past a deadline; the exception reaches the waiting caller. */
    void check();
}
