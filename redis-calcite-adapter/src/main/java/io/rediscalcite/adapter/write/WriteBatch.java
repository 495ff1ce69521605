package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.WriteException;
import java.sql.Statement;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a JDBC batch of one statement.
 *
 * <p>Whoever runs the batch puts this into the run's {@code DataContext} under {@link #CONTEXT_NAME}, tells it of each entry, and
 * finishes it. The rows of entries that read nothing from Redis go through one session, as one statement's would; other entries run
 * one by one, since they must see what those before them wrote.
 */
public final class WriteBatch implements AutoCloseable {
    /** The variable of a run's context that holds its batch. */
    public static final String CONTEXT_NAME = "$batch";

    private final long[] counts;
    private int entry;
    private @Nullable WriteSession session;

    public WriteBatch(int entries) {
        this.counts = new long[entries];
    }

    /** The entry whose rows come next, from 0. */
    public void entry(int index) {
        entry = index;
    }

    /** Rows that the entry wrote by itself. */
    public void wrote(long rows) {
        counts[entry] = rows;
    }

    int currentEntry() {
        return entry;
    }

    WriteSession session(IntFunction<WriteSession> opener) {
        WriteSession open = session;
        if (open == null) {
            open = opener.apply(counts.length);
            session = open;
        }
        return open;
    }

    /**
     * Waits for all rows.
     *
     * @return rows that each entry wrote
     * @throws WriteException if one wasn't written; {@link Statement#EXECUTE_FAILED} is the count of its entry
     */
    public long[] finish() {
        WriteSession open = session;
        if (open == null) {
            return counts.clone();
        }
        List<Long> written = WriteExecutor.finished(open, () -> {}).counts();
        return written.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Ends early, for that reason.
     *
     * @throws WriteException if some rows were written
     */
    public void stop(Throwable why) {
        WriteSession open = session;
        if (open != null) {
            open.stop().check(why);
        }
    }

    @Override
    public void close() {
        WriteSession open = session;
        if (open != null) {
            open.close();
        }
    }
}
