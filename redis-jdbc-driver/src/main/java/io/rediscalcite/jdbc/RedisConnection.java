package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.RedisTypeSystem;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.error.WriteException;
import io.rediscalcite.adapter.model.ConnectionSpec;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.InternalProperty;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.runtime.CalciteContextException;
import org.jspecify.annotations.Nullable;

/** A connection to one Redis server, cluster or sentinel group. Several threads may use its statements at once. */
public final class RedisConnection extends PlainConnection {
    private final ConnectionSpec spec;
    private final Database database;
    private final long openedAt = System.nanoTime();
    private final Map<String, String> clientInfo = new ConcurrentHashMap<>();
    private volatile boolean autoCommit = true;
    private volatile boolean readOnly;
    private volatile String schema;
    private @Nullable SQLWarning warnings;

    RedisConnection(RedisDriver driver, AvaticaFactory factory, ConnectionSpec spec, Database database) {
        super(driver, factory, spec.redactedUrl(), PlannerConfig.withDefaults(spec.calcite()));
        this.spec = spec;
        this.database = database;
        this.readOnly = spec.readOnly();
        this.schema = database.defaultSchema();
        CalciteConnectionConfig config = config();
        properties.put(InternalProperty.CASE_SENSITIVE, config.caseSensitive());
        properties.put(InternalProperty.UNQUOTED_CASING, config.unquotedCasing());
        properties.put(InternalProperty.QUOTED_CASING, config.quotedCasing());
        properties.put(InternalProperty.QUOTING, config.quoting());
    }

    @Override
    public CalciteConnectionConfig config() {
        return PlannerConfig.of(info);
    }

    /** The ACL user; {@code default}, as Redis calls the one without a name. */
    String userName() {
        String user = spec.user();
        return user == null ? "default" : user;
    }

    Database database() {
        return database;
    }

    ConnectionSpec spec() {
        return spec;
    }

    /** The zone that {@link java.sql.Timestamp} and its like count in: Java's own, so that they show what Redis holds. */
    TimeZone calendarZone() {
        return TimeZone.getDefault();
    }

    @Override
    public TimeZone getTimeZone() {
        return calendarZone();
    }

    RedisTypeFactory newTypeFactory() {
        return new RedisTypeFactory(config().typeSystem(RelDataTypeSystem.class, RedisTypeSystem.INSTANCE));
    }

    /** @param sql for the log */
    Execution newExecution(String sql, int timeoutSeconds) {
        QueryLog log = new QueryLog(sql, spec.logSlowerThanMillis());
        return new Execution(database.rootSchema(), newTypeFactory(), userName(), spec.timeZone(), timeoutSeconds, log);
    }

    /**
     * Plans a statement; if it names a table that isn't there, once more with tables that are no older than the connection.
     *
     * @param maxRows rows of a query that will be read at most; 0 for all
     */
    Plan plan(String sql, Execution execution, long maxRows) {
        WarmUp.ONCE.end();
        try {
            return planOnce(sql, execution, maxRows);
        } catch (CalciteContextException invalid) {
            boolean noTable =
                    SqlState.NO_SUCH_TABLE.code().equals(SqlErrors.of(invalid).getSQLState());
            if (noTable && database.expireTables(openedAt)) {
                return planOnce(sql, execution, maxRows);
            }
            throw invalid;
        }
    }

    /** A plan made anew, unless the database knows one that still holds. */
    private Plan planOnce(String sql, Execution execution, long maxRows) {
        String defaultSchema = schema;
        PlanCache.Key key = new PlanCache.Key(sql, defaultSchema, spec.calcite(), spec.timeZone(), maxRows);
        return database.plans().get(key, () -> {
            PlanningContext context =
                    new PlanningContext(config(), database.rootSchema(), defaultSchema, execution, maxRows);
            return RedisPrepare.plan(context, execution.cancelFlag(), sql, database::knownRows);
        });
    }

    /** What {@code thrown} says to the user; why a stopped run stopped comes before what it stumbled over. */
    SQLException translate(Throwable thrown, Execution execution) {
        SQLException translated = translated(thrown, execution);
        execution.log().failed(translated);
        return translated;
    }

    private SQLException translated(Throwable thrown, Execution execution) {
        if (thrown instanceof WriteException partly) {
            return SqlErrors.of(partly);
        }
        try {
            execution.check();
        } catch (RedisSqlException stopped) {
            if (thrown != stopped) {
                stopped.addSuppressed(thrown);
            }
            return SqlErrors.of(stopped);
        }
        return SqlErrors.of(thrown, this::tableNames);
    }

    private Collection<String> tableNames() {
        CalciteSchema found = database.rootSchema().getSubSchema(schema, false);
        return found == null ? List.of() : found.getTableNames();
    }

    void checkWritable() {
        if (readOnly) {
            throw new RedisSqlException(SqlState.NOT_PERMITTED, "the connection is read-only, so nothing was written");
        }
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.exception(SqlState.CONNECTION_LOST, "the connection is closed");
        }
    }

    /** Closes the statements, and frees all threads and sockets that no other connection uses. */
    @Override
    public void close() throws SQLException {
        if (isClosed()) {
            return;
        }
        WarmUp.ONCE.end();
        try {
            for (AvaticaStatement statement : new ArrayList<>(statementMap.values())) {
                ((RedisStatement) statement).cancelRun();
                statement.close();
            }
            super.close();
        } finally {
            database.close();
        }
    }

    /** Cancels what runs and closes; from any thread. */
    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        if (executor == null) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "abort needs an executor");
        }
        for (AvaticaStatement statement : statementMap.values()) {
            ((RedisStatement) statement).cancelRun();
        }
        close();
    }

    @Override
    public boolean isValid(int timeoutSeconds) throws SQLException {
        if (timeoutSeconds < 0) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "the timeout can't be negative: " + timeoutSeconds);
        }
        int millis = timeoutSeconds == 0 ? 0 : Math.toIntExact(Math.min(timeoutSeconds * 1000L, Integer.MAX_VALUE));
        return !isClosed() && database.ping(millis);
    }

    /** A statement whose rows are read once, forwards, whatever is asked for. */
    @Override
    public AvaticaStatement createStatement(int resultSetType, int resultSetConcurrency, int resultSetHoldability)
            throws SQLException {
        checkOpen();
        return new RedisStatement(this, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, resultSetHoldability);
    }

    @Override
    public PreparedStatement prepareStatement(
            String sql, int resultSetType, int resultSetConcurrency, int resultSetHoldability) throws SQLException {
        checkOpen();
        Execution planning = newExecution(sql, 0);
        try {
            Plan plan = plan(sql, planning, 0);
            planning.log().prepared();
            return new RedisPreparedStatement(
                    this, sql, plan, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, resultSetHoldability);
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw translate(e, planning);
        }
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql, GeneratedKeysWish.of(autoGeneratedKeys));
    }

    private PreparedStatement prepareStatement(String sql, GeneratedKeysWish wish) throws SQLException {
        PreparedStatement prepared = prepareStatement(sql);
        ((RedisPreparedStatement) prepared).returnKeys(wish);
        return prepared;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepareStatement(sql, GeneratedKeysWish.of(columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepareStatement(sql, GeneratedKeysWish.of(columnNames));
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        checkOpen();
        return autoCommit;
    }

    /** Takes any value; every statement is committed as it runs, also after {@code false}. */
    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        checkOpen();
        this.autoCommit = autoCommit;
    }

    /** Does nothing but leave a warning. */
    @Override
    public void commit() throws SQLException {
        checkOpen();
        warn("commit does nothing: Redis has no transactions, each statement is final as it runs");
    }

    /** Does nothing but leave a warning. */
    @Override
    public void rollback() throws SQLException {
        checkOpen();
        warn("rollback does nothing: Redis has no transactions, each statement is final as it runs");
    }

    private synchronized void warn(String message) {
        SQLWarning warning = new SQLWarning(message, SqlState.WARNING.code());
        if (warnings == null) {
            warnings = warning;
        } else if (!Objects.equals(warnings.getMessage(), message)) {
            warnings.setNextWarning(warning);
        }
    }

    @Override
    public synchronized @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public synchronized void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        checkOpen();
        return readOnly;
    }

    /** A connection that was opened with {@code readOnly=true} stays so, with a warning: pools set their own wish on each. */
    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        checkOpen();
        if (spec.readOnly() && !readOnly) {
            warn("the connection was opened with readOnly=true and stays read-only");
        } else {
            this.readOnly = readOnly;
        }
    }

    @Override
    public String getSchema() throws SQLException {
        checkOpen();
        return schema;
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        checkOpen();
        CalciteSchema found = schema == null ? null : database.rootSchema().getSubSchema(schema, false);
        if (found == null) {
            throw SqlErrors.exception(
                    SqlState.INVALID_STATEMENT,
                    "schema '" + schema + "' not found; schemas that are there: "
                            + String.join(
                                    ", ",
                                    database.rootSchema().getSubSchemaMap().keySet()));
        }
        this.schema = found.getName();
    }

    /** What the server is, under names that begin with {@code redis.}, and what the application said of itself. */
    @Override
    public Properties getClientInfo() throws SQLException {
        checkOpen();
        Properties info = new Properties();
        info.putAll(clientInfo);
        info.putAll(database.serverInfo());
        return info;
    }

    @Override
    public @Nullable String getClientInfo(@Nullable String name) throws SQLException {
        Properties info = getClientInfo();
        return name == null ? null : info.getProperty(name);
    }

    /** Keeps the value for {@link #getClientInfo()}; it is not sent anywhere. A null forgets it. */
    @Override
    public void setClientInfo(@Nullable String name, @Nullable String value) throws SQLClientInfoException {
        checkTakesClientInfo();
        if (name != null && value != null) {
            clientInfo.put(name, value);
        } else if (name != null) {
            clientInfo.remove(name);
        }
    }

    @Override
    public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
        checkTakesClientInfo();
        clientInfo.clear();
        if (properties != null) {
            properties.stringPropertyNames().forEach(name -> clientInfo.put(name, properties.getProperty(name)));
        }
    }

    private void checkTakesClientInfo() throws SQLClientInfoException {
        try {
            checkOpen();
        } catch (SQLException closed) {
            throw new SQLClientInfoException(closed.getMessage(), closed.getSQLState(), Map.of(), closed);
        }
    }

    /** An empty result set of one column. */
    ResultSet noRows(String column) throws SQLException {
        return MetadataRows.of(this, List.of(column)).toResultSet();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }
}
