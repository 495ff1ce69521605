package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.write.GeneratedKeys;
import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaUtils;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** A statement: plans SQL text and runs the plan. */
class RedisStatement extends StatementSettings {
    static final @Nullable Object[] NO_PARAMETERS = {};

    private final List<String> batch = new ArrayList<>();
    private GeneratedKeysWish keysWish = GeneratedKeysWish.NONE;
    private GeneratedKeysWish lastWish = GeneratedKeysWish.NONE;
    private GeneratedKeys generatedKeys = new GeneratedKeys();
    private volatile @Nullable Execution execution;
    private @Nullable SQLWarning warnings;

    RedisStatement(RedisConnection connection, int resultSetType, int resultSetConcurrency, int resultSetHoldability) {
        super(connection, resultSetType, resultSetConcurrency, resultSetHoldability);
    }

    final RedisConnection redis() {
        return (RedisConnection) connection;
    }

    /**
     * Starts the clock of a run, after closing what the last one left open.
     *
     * @param sql for the log
     */
    final Execution begin(String sql) throws SQLException {
        checkOpen();
        closeResultSet();
        updateCount = -1;
        warnings = null;
        lastWish = keysWish;
        generatedKeys = new GeneratedKeys();
        Execution started = redis().newExecution(sql, getQueryTimeout());
        started.put(io.rediscalcite.adapter.exec.Execution.FETCH_SIZE, keysOfAPipeline());
        execution = started;
        return started;
    }

    /** Runs a plan: a query leaves its result set open, which ends the run; a write its update count, and the run isn't ended yet. */
    final void run(Plan plan, Execution started, @Nullable Object[] parameters) throws SQLException {
        CalciteSignature<Object> signature = plan.signature();
        setSignature(signature);
        if (signature.statementType == Meta.StatementType.OTHER_DDL) {
            updateCount = 0;
            return;
        }
        boolean write = plan.isWrite();
        if (write) {
            redis().checkWritable();
        }
        if (write && keysWish.wanted()) {
            started.put(GeneratedKeys.CONTEXT_NAME, generatedKeys);
        }
        started.bind(plan.variables(), parameters);
        started.check();
        Enumerator<Object> rows = signature.enumerable(started).enumerator();
        if (write) {
            try (rows) {
                updateCount = updateCount(rows);
            }
            return;
        }
        openResultSet = RedisResultSet.open(this, started, signature, maxRowCount, rows);
    }

    /** The run of a write is at its end; that of a query once its rows are. */
    final void endUnlessOpen(Execution started) {
        if (openResultSet == null) {
            started.log().ended(updateCount);
        }
    }

    /** Shows rows that no plan made. */
    final ResultSet show(Meta.Signature signature, Enumerator<Object> rows) throws SQLException {
        Execution started = begin(signature.sql);
        RedisResultSet shown = RedisResultSet.open(this, started, signature, 0, rows);
        openResultSet = shown;
        return shown;
    }

    private static long updateCount(Enumerator<Object> rows) {
        if (!rows.moveNext()) {
            return 0;
        }
        Object row = rows.current();
        return ((Number) (row instanceof Object[] columns ? columns[0] : row)).longValue();
    }

    private void runSql(String sql) throws SQLException {
        Execution started = begin(sql);
        try {
            run(redis().plan(sql, started, maxRowCount), started, NO_PARAMETERS);
            endUnlessOpen(started);
        } catch (SQLException | RuntimeException | StackOverflowError | LinkageError e) {
            throw redis().translate(e, started);
        }
    }

    private void closeResultSet() {
        AvaticaResultSet open = openResultSet;
        openResultSet = null;
        if (open != null) {
            open.close();
        }
    }

    /** Refuses calls with SQL text on a statement that has its own. */
    void checkTakesSql() throws SQLException {
        checkOpen();
    }

    @Override
    protected final void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.exception(SqlState.INVALID_STATEMENT, "the statement is closed");
        }
        redis().checkOpen();
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        checkTakesSql();
        runSql(sql);
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        checkTakesSql();
        runSql(sql);
        return queryResult();
    }

    final ResultSet queryResult() throws SQLException {
        ResultSet open = openResultSet;
        if (open == null) {
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT, "the statement returns no rows: use executeUpdate() or execute()");
        }
        return open;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        checkTakesSql();
        runSql(sql);
        return updateResult();
    }

    final long updateResult() throws SQLException {
        if (openResultSet != null) {
            closeResultSet();
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT, "the statement returns rows: use executeQuery() or execute()");
        }
        return Math.max(0, updateCount);
    }

    /** Which generated keys the runs from now on are to keep. */
    final void returnKeys(GeneratedKeysWish wish) {
        keysWish = wish;
    }

    /** A run by one of JDBC's methods. */
    private interface Run<T> {
        T run() throws SQLException;
    }

    private <T> T keeping(GeneratedKeysWish wish, Run<T> run) throws SQLException {
        returnKeys(wish);
        try {
            return run.run();
        } finally {
            returnKeys(GeneratedKeysWish.NONE);
        }
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return keeping(GeneratedKeysWish.of(autoGeneratedKeys), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnIndexes), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnNames), () -> execute(sql));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return keeping(GeneratedKeysWish.of(autoGeneratedKeys), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnIndexes), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnNames), () -> executeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return keeping(GeneratedKeysWish.of(autoGeneratedKeys), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnIndexes), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return keeping(GeneratedKeysWish.of(columnNames), () -> executeLargeUpdate(sql));
    }

    /** What the last INSERT made of its rows' names, if it was asked to keep it: ids of entries, and generated parts of keys. */
    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return lastWish.rows(redis(), generatedKeys);
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkTakesSql();
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return AvaticaUtils.toSaturatedInts(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = List.copyOf(batch);
        batch.clear();
        return runBatch(statements.size(), i -> executeLargeUpdate(statements.get(i)));
    }

    /** One entry of a batch. */
    @FunctionalInterface
    interface BatchEntry {
        long run(int index) throws SQLException;
    }

    /** Runs the entries in order, and stops at the first that fails. */
    static long[] runBatch(int size, BatchEntry entry) throws SQLException {
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            try {
                counts[i] = entry.run(i);
            } catch (BatchUpdateException e) {
                throw e;
            } catch (SQLException e) {
                BatchUpdateException stopped = new BatchUpdateException(
                        "entry " + (i + 1) + " of " + size + " of the batch: " + e.getMessage(),
                        e.getSQLState(),
                        e.getErrorCode(),
                        Arrays.copyOf(counts, i),
                        e);
                throw stopped;
            }
        }
        return counts;
    }

    /** Stops what runs, from any thread; without effect if nothing runs. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It must not wait for the run that it stops.
    public void cancel() throws SQLException {
        checkOpen();
        cancelRun();
    }

    final void cancelRun() {
        Execution running = execution;
        if (running != null) {
            running.cancel();
        }
    }

    /** Those of the last run, as far as its rows are read: all of them once its result set is at its end or closed. */
    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        Execution last = execution;
        for (String message : last == null ? List.<String>of() : last.warnings().take()) {
            SQLWarning warning = new SQLWarning(message, SqlState.WARNING.code());
            if (warnings == null) {
                warnings = warning;
            } else {
                warnings.setNextWarning(warning);
            }
        }
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        Execution last = execution;
        if (last != null) {
            last.warnings().take();
        }
        warnings = null;
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current != Statement.KEEP_CURRENT_RESULT) {
            closeResultSet();
        }
        openResultSet = null;
        updateCount = -1;
        return false;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }

    /** The connection of this statement. */
    @Override
    public RedisConnection getConnection() throws SQLException {
        checkOpen();
        return redis();
    }
}
