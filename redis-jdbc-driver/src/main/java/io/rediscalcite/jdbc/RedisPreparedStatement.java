package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.write.WriteBatch;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.calcite.avatica.AvaticaUtils;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;
import org.apache.calcite.runtime.CalciteContextException;
import org.jspecify.annotations.Nullable;

/** A statement that is planned once and run with different parameters. */
final class RedisPreparedStatement extends ParameterSetters {
    private final String sql;
    private Plan plan;
    private final Parameters parameters;
    private final List<@Nullable Object[]> batch = new ArrayList<>();

    RedisPreparedStatement(
            RedisConnection connection,
            String sql,
            Plan plan,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability) {
        super(connection, resultSetType, resultSetConcurrency, resultSetHoldability);
        this.sql = sql;
        this.plan = plan;
        this.parameters =
                new Parameters(plan.signature().parameters, connection.spec().timeZone());
        setSignature(plan.signature());
    }

    private void runWith(@Nullable Object[] values) throws SQLException {
        Execution started = begin(sql);
        try {
            run(planFor(started), started, values);
            endUnlessOpen(started);
        } catch (SQLException | RuntimeException | StackOverflowError | LinkageError e) {
            throw redis().translate(e, started);
        }
    }

    /** The plan, or one that knows of a limit to the rows. */
    private Plan planFor(Execution started) {
        takeCurrentPlan(started);
        return maxRowCount == 0 || plan.isWrite() ? plan : redis().plan(sql, started, maxRowCount);
    }

    /**
     * Takes a new plan where tables were found anew or have grown. Where the statement would have other columns or parameters
     * by now, or fail, a plan of Redis tables goes on with those that it was made for.
     *
     * @throws RedisSqlException 0A000, as PostgreSQL does, where a changed table is another adapter's
     */
    private void takeCurrentPlan(Execution started) {
        if (redis().database().plans().isCurrent(plan)) {
            return;
        }
        boolean ownTables = plan.tables().stream()
                .allMatch(use -> redis().database().definition(use.table()).isPresent());
        try {
            Plan current = redis().plan(sql, started, 0);
            CalciteSignature<Object> before = plan.signature();
            CalciteSignature<Object> now = current.signature();
            if (Objects.equals(now.rowType, before.rowType) && now.parameters.equals(before.parameters)) {
                plan = current;
            } else if (!ownTables) {
                throw new RedisSqlException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "the tables have changed, so that the statement has columns or parameters of other types than"
                                + " when it was prepared; prepare it again");
            }
        } catch (CalciteContextException invalid) {
            if (!ownTables) {
                throw invalid;
            }
        }
    }

    @Override
    void checkTakesSql() throws SQLException {
        checkOpen();
        throw SqlErrors.exception(
                SqlState.INVALID_STATEMENT, "a prepared statement has its own SQL: call the method without text");
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        runWith(parameters.values());
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkOpen();
        runWith(parameters.values());
        return queryResult();
    }

    @Override
    public int executeUpdate() throws SQLException {
        return AvaticaUtils.toSaturatedInt(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkOpen();
        runWith(parameters.values());
        return updateResult();
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        batch.add(parameters.values());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<@Nullable Object[]> entries = new ArrayList<>(batch);
        batch.clear();
        return entries.isEmpty() ? new long[0] : runBatch(entries);
    }

    /**
     * All entries as one write, in pipelines; those that must read first run one by one, after what was written before them.
     *
     * @param entries their parameters, which are let go as they are sent: the more is kept, the longer garbage collection takes
     */
    private long[] runBatch(List<@Nullable Object[]> entries) throws SQLException {
        Execution started = begin(sql);
        try (WriteBatch batch = new WriteBatch(entries.size())) {
            try {
                takeCurrentPlan(started);
                started.put(WriteBatch.CONTEXT_NAME, batch);
                for (int i = 0; i < entries.size(); i++) {
                    batch.entry(i);
                    run(plan, started, entries.set(i, NO_PARAMETERS));
                    batch.wrote(updateResult());
                }
            } catch (RuntimeException | StackOverflowError | LinkageError e) {
                batch.stop(e);
                throw e;
            }
            long[] counts = batch.finish();
            started.log().ended(LongStream.of(counts).sum());
            return counts;
        } catch (SQLException | RuntimeException | StackOverflowError | LinkageError e) {
            throw redis().translate(e, started);
        }
    }

    /** The columns; null for a write. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return plan.isWrite() ? null : new RedisResultSetMetaData(this, plan.signature());
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return parameters;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        parameters.clear();
    }

    @Override
    void bind(int index, @Nullable Object value) throws SQLException {
        checkOpen();
        parameters.bind(index, value);
    }
}
