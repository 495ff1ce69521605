package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the log and {@link StatementsMXBean} learn of one run. The logger {@code io.rediscalcite.sql} has, at debug, the text
 * and the outcome of each; at info, without the text, which may hold values, those that were slow.
 */
final class QueryLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.rediscalcite.sql");
    private static final AtomicLong LAST_ID = new AtomicLong();

    private final long id = LAST_ID.incrementAndGet();
    private final long start = System.nanoTime();
    private final LongAdder commands = new LongAdder();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final int slowMillis;

    /** @param slowMillis from when on a run is slow; 0 for never */
    QueryLog(String sql, int slowMillis) {
        this.slowMillis = slowMillis;
        LOG.debug("query {}: {}", id, sql);
    }

    /** Counts the commands that the run sends. */
    LongAdder commands() {
        return commands;
    }

    /** The run came to its end, or its reader wanted no more; all but the first call are without effect. */
    void ended(long rows) {
        if (!ended.getAndSet(true)) {
            long millis = millis();
            Statements.INSTANCE.ended(rows, commands.sum());
            if (slowMillis > 0 && millis >= slowMillis) {
                LOG.info("query {} was slow: {} rows, {} commands, {} ms", id, rows, commands, millis);
            } else {
                LOG.debug("query {}: {} rows, {} commands, {} ms", id, rows, commands, millis);
            }
        }
    }

    /** The run failed; without effect after its end. */
    void failed(SQLException failure) {
        if (!ended.getAndSet(true)) {
            @Nullable String state = failure.getSQLState();
            Statements.INSTANCE.failed(
                    commands.sum(),
                    SqlState.CANCELLED.code().equals(state)
                            || SqlState.TIMEOUT.code().equals(state));
            LOG.debug("query {}: SQLState {} after {} commands, {} ms", id, state, commands, millis());
        }
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
