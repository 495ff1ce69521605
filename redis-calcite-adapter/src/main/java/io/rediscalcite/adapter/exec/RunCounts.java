package io.rediscalcite.adapter.exec;

import java.util.concurrent.atomic.LongAdder;

/** What a run sent to Redis, counted for the log: a variable of its context. Any thread may add. */
public final class RunCounts {
    /** The variable's name. */
    public static final String CONTEXT_NAME = "$counts";

    private final LongAdder commands = new LongAdder();
    private final LongAdder keys = new LongAdder();

    void addCommands(long sent) {
        commands.add(sent);
    }

    /** Counts keys as they are fetched, named to the reader of rows, or written. */
    void addKeys(long read) {
        keys.add(read);
    }

    public long commands() {
        return commands.sum();
    }

    /** Keys that were read or written, each as often as it was. */
    public long keys() {
        return keys.sum();
    }
}
