package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.WriteException;
import io.rediscalcite.adapter.error.WriteReport;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A write that didn't write all of its rows, and the truth about each: a key is among the succeeded if and only if its row is
 * written.
 *
 * <p>{@link #getLargeUpdateCounts} has one number for each entry of a batch, {@link java.sql.Statement#EXECUTE_FAILED} where one of
 * its rows failed; for a single statement, the number of rows that are written.
 */
public final class RedisWriteException extends BatchUpdateException {
    private final transient WriteReport report;

    /** @param why what went wrong first, for the user */
    RedisWriteException(WriteException thrown, SQLException why) {
        super(thrown.summary() + why.getMessage(), why.getSQLState(), 0, counts(thrown.report()), thrown);
        this.report = thrown.report();
    }

    private static long[] counts(WriteReport report) {
        return report.counts().isEmpty()
                ? new long[] {report.written()}
                : report.counts().stream().mapToLong(Long::longValue).toArray();
    }

    /** How many rows are written. */
    public long succeededCount() {
        return report.written();
    }

    /**
     * The keys of the rows that are written, in their order; of more than a million, the first million. A key of many rows comes
     * once for each.
     */
    public List<String> succeededKeys() {
        return report.succeededKeys();
    }

    /** The keys of the rows that aren't written, in their order; {@code row 17} for a row without a key. */
    public List<String> failedKeys() {
        return report.failedKeys();
    }

    /**
     * The keys of the rows of which nobody knows: they were sent, and the connection was lost before the reply came. They were not
     * sent again.
     */
    public List<String> unknownKeys() {
        return report.unknownKeys();
    }

    /** For each failed entry of a batch, counted from 0, why. */
    public Map<Integer, String> entryErrors() {
        return report.entryErrors();
    }

    /** For each failed or unknown key, why: mostly the server's own words. */
    public Map<String, String> errors() {
        return report.errors();
    }
}
