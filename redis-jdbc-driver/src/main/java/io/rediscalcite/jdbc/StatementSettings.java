package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaStatement;

/** What a program sets on a statement before it runs. */
abstract class StatementSettings extends AvaticaStatement {
    /** As of the option batchSize, so that what a pipeline holds is bounded. */
    private static final int MOST_KEYS = 1_000_000;

    private int queryTimeoutSeconds;
    private int fetchSize;

    StatementSettings(
            RedisConnection connection, int resultSetType, int resultSetConcurrency, int resultSetHoldability) {
        super(connection, null, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    /** The fetch size, as far as it is heeded; 0 if it leaves that to the connection. */
    final int keysOfAPipeline() {
        return Math.min(fetchSize, MOST_KEYS);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        if (seconds < 0) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "the query timeout can't be negative: " + seconds);
        }
        queryTimeoutSeconds = seconds;
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return queryTimeoutSeconds;
    }

    /** Keys that are fetched in one pipeline at most; 0, as at first, for the connection's {@code batchSize}. */
    @Override
    public void setFetchSize(int keys) throws SQLException {
        checkOpen();
        if (keys < 0) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "the fetch size can't be negative: " + keys);
        }
        fetchSize = keys;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public void setLargeMaxRows(long maxRows) throws SQLException {
        checkOpen();
        if (maxRows < 0) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "maxRows can't be negative: " + maxRows);
        }
        maxRowCount = maxRows;
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        throw SqlErrors.notSupported("a cursor name");
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }
}
