package io.rediscalcite.adapter.client;

/** A {@link WaitCheck} that is told how many commands are sent on the connections that were leased with it. Any thread may call it. */
public interface SendCounter extends WaitCheck {
    /** Counts commands of one pipeline, as they are sent. */
    void sent(int commands);
}
