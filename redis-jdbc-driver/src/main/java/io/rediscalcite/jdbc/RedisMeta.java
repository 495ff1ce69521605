package io.rediscalcite.jdbc;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * What Avatica's base classes need of a server: ids of statements, and the connection's properties.
 *
 * <p>Statements are planned and run by {@link RedisStatement}, with nothing between it and the plan, so the calls of Avatica's
 * protocol that prepare, execute and fetch are never made.
 */
final class RedisMeta extends MetaImpl {
    RedisMeta(AvaticaConnection connection) {
        super(connection);
    }

    @Override
    public void closeStatement(StatementHandle handle) {
        // A statement holds nothing but its result set, which it closes itself.
    }

    @Override
    public void commit(ConnectionHandle handle) {
        throw unused();
    }

    @Override
    public void rollback(ConnectionHandle handle) {
        throw unused();
    }

    @Override
    public StatementHandle prepare(ConnectionHandle handle, String sql, long maxRowCount) {
        throw unused();
    }

    @Deprecated
    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, PrepareCallback callback) {
        throw unused();
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle handle, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback) {
        throw unused();
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle handle, List<String> sqlCommands) {
        throw unused();
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle handle, List<List<TypedValue>> parameterValues) {
        throw unused();
    }

    @Override
    public Frame fetch(StatementHandle handle, long offset, int fetchMaxRowCount) {
        throw unused();
    }

    @Deprecated
    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameterValues, long maxRowCount) {
        throw unused();
    }

    @Override
    public ExecuteResult execute(StatementHandle handle, List<TypedValue> parameterValues, int maxRowsInFirstFrame) {
        throw unused();
    }

    @Override
    public boolean syncResults(StatementHandle handle, QueryState state, long offset) {
        throw unused();
    }

    private static UnsupportedOperationException unused() {
        return new UnsupportedOperationException("statements run in RedisStatement");
    }
}
