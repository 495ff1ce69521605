package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.exec.RunCounts;
import io.rediscalcite.adapter.exec.Warnings;
import io.rediscalcite.jdbc.window.Windows;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.rel.type.TimeFrames;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One run of a statement, from the call to the last row: its cancel flag, its deadline, its parameters, and the variables that
 * generated code asks for.
 *
 * <p>Each run has a cancel flag of its own, so that a cancelled statement can be run again.
 */
final class Execution implements DataContext, Windows.Stoppable {
    private static final long NO_DEADLINE = 0;
    /** What Calcite puts before a parameter's number, counted from 0. */
    private static final String PARAMETER = "?";

    private final CalciteSchema rootSchema;
    private final JavaTypeFactory typeFactory;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Warnings warnings = new Warnings();
    private final QueryLog log;
    private final int timeoutSeconds;
    private final long startNanos = System.nanoTime();
    private final Map<String, @Nullable Object> variables = new HashMap<>();
    private Map<String, Object> stashed = Map.of();
    private @Nullable Object[] parameters = {};

    /**
     * Starts the clock.
     *
     * @param timeoutSeconds 0 for no deadline
     * @param zone zone of CURRENT_TIMESTAMP, LOCALTIME and their like
     */
    Execution(
            CalciteSchema rootSchema,
            JavaTypeFactory typeFactory,
            String user,
            ZoneId zone,
            int timeoutSeconds,
            QueryLog log) {
        this.rootSchema = rootSchema;
        this.typeFactory = typeFactory;
        this.timeoutSeconds = timeoutSeconds;
        this.log = log;
        long now = System.currentTimeMillis();
        TimeZone timeZone = TimeZone.getTimeZone(zone);
        long local = now + timeZone.getOffset(now);
        set(Variable.UTC_TIMESTAMP, now);
        set(Variable.CURRENT_TIMESTAMP, local);
        set(Variable.LOCAL_TIMESTAMP, local);
        set(Variable.SYS_TIMESTAMP, local);
        set(Variable.TIME_ZONE, timeZone);
        set(Variable.TIME_FRAME_SET, typeFactory.getTypeSystem().deriveTimeFrameSet(TimeFrames.CORE));
        set(Variable.LOCALE, Locale.ROOT);
        set(Variable.USER, user);
        set(Variable.SYSTEM_USER, user);
        set(Variable.CANCEL_FLAG, cancelled);
        variables.put(Warnings.CONTEXT_NAME, warnings);
        variables.put(RunCounts.CONTEXT_NAME, log.counts());
    }

    private void set(Variable variable, Object value) {
        variables.put(variable.camelName, value);
    }

    /**
     * Gives the run its parameters, in Calcite's inner form, and what the plan itself stashed, such as what a NULL stands for.
     * A batch gives it those of each entry in turn.
     */
    void bind(Map<String, Object> stashed, @Nullable Object[] parameters) {
        this.stashed = stashed;
        this.parameters = parameters;
    }

    /** Gives the run's plan an object of this side's, by the name that the plan asks for. */
    void put(String name, Object value) {
        variables.put(name, value);
    }

    private long elapsedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    }

    QueryLog log() {
        return log;
    }

    /** What the run has to tell beside its rows. */
    Warnings warnings() {
        return warnings;
    }

    AtomicBoolean cancelFlag() {
        return cancelled;
    }

    void cancel() {
        cancelled.set(true);
    }

    /**
     * Returns if the run may go on.
     *
     * @throws RedisSqlException with {@link SqlState#CANCELLED} or {@link SqlState#TIMEOUT}
     */
    @Override
    public void check() {
        if (timeoutSeconds > NO_DEADLINE && elapsedMillis() >= TimeUnit.SECONDS.toMillis(timeoutSeconds)) {
            throw new RedisSqlException(
                    SqlState.TIMEOUT,
                    "the statement took longer than its query timeout of " + timeoutSeconds + " s and was stopped");
        }
        if (cancelled.get()) {
            throw cancelledException();
        }
    }

    static RedisSqlException cancelledException() {
        return new RedisSqlException(SqlState.CANCELLED, "the statement was cancelled by the user");
    }

    @Override
    public SchemaPlus getRootSchema() {
        return rootSchema.plus();
    }

    @Override
    public JavaTypeFactory getTypeFactory() {
        return typeFactory;
    }

    @Override
    public QueryProvider getQueryProvider() {
        throw new UnsupportedOperationException("queryable tables can't be read through this driver");
    }

    @Override
    public @Nullable Object get(String name) {
        if (timeoutSeconds > NO_DEADLINE && name.equals(Variable.TIMEOUT.camelName)) {
            return Math.max(1, TimeUnit.SECONDS.toMillis(timeoutSeconds) - elapsedMillis());
        }
        Object value = name.startsWith(PARAMETER) ? parameter(name) : null;
        if (value == null) {
            value = stashed.get(name);
        }
        return value == null ? variables.get(name) : value;
    }

    private @Nullable Object parameter(String name) {
        int index = Integer.parseInt(name, PARAMETER.length(), name.length(), 10);
        return index < parameters.length ? parameters[index] : null;
    }
}
