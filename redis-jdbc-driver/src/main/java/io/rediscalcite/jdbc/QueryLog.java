package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.exec.RunCounts;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log and {@link StatementsMXBean} learn of one run. The logger {@code io.rediscalcite.sql} has, at debug, the text
 * and the outcome of each; at info, without the text, which may hold values, those that were slow.
 */
final class QueryLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.rediscalcite.sql");
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id;
    private final long start = System.nanoTime();
    private final RunCounts counts = new RunCounts();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final int slowMillis;

    /** @param slowMillis from when on a run is slow; 0 for never */
    QueryLog(String sql, int slowMillis) {
        this(LAST_ID.incrementAndGet(), slowMillis);
        LOG.debug("query {}: {}", id, sql);
    }

    private QueryLog(long id, int slowMillis) {
        this.id = id;
        this.slowMillis = slowMillis;
    }

    /** For a run that nobody asked for: it is told to nobody. */
    static QueryLog ofNoStatement() {
        return new QueryLog(0, 0);
    }

    /** Counts what the run sends. */
    RunCounts counts() {
        return counts;
    }

    /** It was only planned, for runs that each have a log of their own. */
    void prepared() {
        if (LOG.isDebugEnabled()) {
            LOG.debug("query {}: prepared, {}", id, effort());
        }
    }

    /**
     * The run came to its end, or its reader wanted no more; all but the first call are without effect.
     *
     * @param rows that its result gave, or that it wrote
     */
    void ended(long rows) {
        if (!ended.getAndSet(true)) {
            Statements.INSTANCE.ended(rows, counts.commands());
            end(rows + " rows");
        }
    }

    /** The run failed; without effect after its end. */
    void failed(SQLException failure) {
        if (!ended.getAndSet(true)) {
            String state = failure.getSQLState();
            Statements.INSTANCE.failed(
                    counts.commands(),
                    SqlState.CANCELLED.code().equals(state)
                            || SqlState.TIMEOUT.code().equals(state));
            end("SQLState " + state);
        }
    }

    private void end(String outcome) {
        if (slowMillis > 0 && millis() >= slowMillis) {
            LOG.info("query {} was slow: {}, {}", id, outcome, effort());
        } else if (LOG.isDebugEnabled()) {
            LOG.debug("query {}: {}, {}", id, outcome, effort());
        }
    }

    private String effort() {
        return counts.commands() + " commands, " + counts.keys() + " keys, " + millis() + " ms";
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
