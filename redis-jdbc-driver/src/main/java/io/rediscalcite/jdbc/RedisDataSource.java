package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ConnectionProperty;
import io.rediscalcite.adapter.model.ConnectionSpec;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.sql.ShardingKeyBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections for programs that are configured by a bean: a URL, and a setter for each option of {@code docs/tools.md}. What a
 * setter says wins over the URL; null takes it back. A value is checked when a connection is asked for.
 *
 * <p>It is no pool, and needs none to be fast: its connections share one client.
 */
public final class RedisDataSource implements DataSource {
    private final RedisDriver driver = new RedisDriver();
    private final Map<String, String> options = new ConcurrentHashMap<>();
    private volatile String url = RedisDriver.PREFIX + "//localhost";
    private volatile int loginTimeoutSeconds;
    private volatile @Nullable PrintWriter logWriter;

    /** Where to connect, {@code jdbc:redis-sql://localhost} unless set. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** @throws SQLException 01S00 for a bad URL or option, 08001 if the server can't be reached, 28000 for bad credentials */
    @Override
    public Connection getConnection() throws SQLException {
        return connect(Map.of());
    }

    /** As {@link #getConnection()}, for another user; a null user or password is that of the URL or the option. */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Map<String, String> credentials = new HashMap<>();
        put(credentials, ConnectionProperty.USER, user);
        put(credentials, ConnectionProperty.PASSWORD, password);
        return connect(credentials);
    }

    private Connection connect(Map<String, String> credentials) throws SQLException {
        Map<String, String> given = new HashMap<>(options);
        given.putAll(credentials);
        Properties properties = new Properties();
        properties.putAll(given);
        if (loginTimeoutSeconds > 0) {
            properties.setProperty(
                    ConnectionProperty.CONNECT_TIMEOUT.propertyName(), String.valueOf(connectTimeoutMillis(given)));
        }
        Connection connection = driver.connect(url, properties);
        if (connection == null) {
            throw SqlErrors.exception(
                    SqlState.BAD_OPTION, "the URL of a RedisDataSource begins with " + RedisDriver.PREFIX + "//");
        }
        return connection;
    }

    /** The option, but no longer than the login timeout. */
    private long connectTimeoutMillis(Map<String, String> given) throws SQLException {
        try {
            return Math.min(
                    TimeUnit.SECONDS.toMillis(loginTimeoutSeconds),
                    ConnectionSpec.parse(url, given).connectTimeoutMillis());
        } catch (RedisSqlException mistake) {
            throw SqlErrors.of(mistake);
        }
    }

    private static void put(Map<String, String> options, ConnectionProperty property, @Nullable String value) {
        if (value == null) {
            options.remove(property.propertyName());
        } else {
            options.put(property.propertyName(), value);
        }
    }

    private void set(ConnectionProperty property, @Nullable String value) {
        put(options, property, value);
    }

    public void setUser(@Nullable String user) {
        set(ConnectionProperty.USER, user);
    }

    public void setPassword(@Nullable String password) {
        set(ConnectionProperty.PASSWORD, password);
    }

    public void setDatabase(int database) {
        set(ConnectionProperty.DATABASE, String.valueOf(database));
    }

    public void setMode(@Nullable String mode) {
        set(ConnectionProperty.MODE, mode);
    }

    public void setMasterName(@Nullable String masterName) {
        set(ConnectionProperty.MASTER_NAME, masterName);
    }

    public void setTls(boolean tls) {
        set(ConnectionProperty.TLS, String.valueOf(tls));
    }

    public void setTlsVerify(boolean tlsVerify) {
        set(ConnectionProperty.TLS_VERIFY, String.valueOf(tlsVerify));
    }

    public void setTrustStore(@Nullable String trustStore) {
        set(ConnectionProperty.TRUST_STORE, trustStore);
    }

    public void setTrustStorePassword(@Nullable String trustStorePassword) {
        set(ConnectionProperty.TRUST_STORE_PASSWORD, trustStorePassword);
    }

    public void setKeyStore(@Nullable String keyStore) {
        set(ConnectionProperty.KEY_STORE, keyStore);
    }

    public void setKeyStorePassword(@Nullable String keyStorePassword) {
        set(ConnectionProperty.KEY_STORE_PASSWORD, keyStorePassword);
    }

    public void setModel(@Nullable String model) {
        set(ConnectionProperty.MODEL, model);
    }

    public void setDiscover(boolean discover) {
        set(ConnectionProperty.DISCOVER, String.valueOf(discover));
    }

    public void setDiscoverSample(int discoverSample) {
        set(ConnectionProperty.DISCOVER_SAMPLE, String.valueOf(discoverSample));
    }

    public void setKeySeparator(@Nullable String keySeparator) {
        set(ConnectionProperty.KEY_SEPARATOR, keySeparator);
    }

    public void setSchema(@Nullable String schema) {
        set(ConnectionProperty.SCHEMA, schema);
    }

    public void setSearch(@Nullable String search) {
        set(ConnectionProperty.SEARCH, search);
    }

    public void setAggregatePushdown(@Nullable String aggregatePushdown) {
        set(ConnectionProperty.AGGREGATE_PUSHDOWN, aggregatePushdown);
    }

    public void setReadFrom(@Nullable String readFrom) {
        set(ConnectionProperty.READ_FROM, readFrom);
    }

    public void setReadOnly(boolean readOnly) {
        set(ConnectionProperty.READ_ONLY, String.valueOf(readOnly));
    }

    public void setConnectTimeout(int connectTimeout) {
        set(ConnectionProperty.CONNECT_TIMEOUT, String.valueOf(connectTimeout));
    }

    public void setCommandTimeout(int commandTimeout) {
        set(ConnectionProperty.COMMAND_TIMEOUT, String.valueOf(commandTimeout));
    }

    public void setBatchSize(int batchSize) {
        set(ConnectionProperty.BATCH_SIZE, String.valueOf(batchSize));
    }

    public void setScanCount(int scanCount) {
        set(ConnectionProperty.SCAN_COUNT, String.valueOf(scanCount));
    }

    public void setPrefetch(int prefetch) {
        set(ConnectionProperty.PREFETCH, String.valueOf(prefetch));
    }

    public void setParallelism(@Nullable String parallelism) {
        set(ConnectionProperty.PARALLELISM, parallelism);
    }

    public void setOnBadValue(@Nullable String onBadValue) {
        set(ConnectionProperty.ON_BAD_VALUE, onBadValue);
    }

    public void setOnConflict(@Nullable String onConflict) {
        set(ConnectionProperty.ON_CONFLICT, onConflict);
    }

    public void setWriteRetries(int writeRetries) {
        set(ConnectionProperty.WRITE_RETRIES, String.valueOf(writeRetries));
    }

    public void setTimeZone(@Nullable String timeZone) {
        set(ConnectionProperty.TIME_ZONE, timeZone);
    }

    public void setLogSlowerThan(int logSlowerThan) {
        set(ConnectionProperty.LOG_SLOWER_THAN, String.valueOf(logSlowerThan));
    }

    /** Seconds that a connection may take at most to be made, beside the option {@code connectTimeout}; 0 for that alone. */
    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        if (seconds < 0) {
            throw SqlErrors.exception(SqlState.BAD_VALUE, "the login timeout can't be negative: " + seconds);
        }
        loginTimeoutSeconds = seconds;
    }

    @Override
    public int getLoginTimeout() {
        return loginTimeoutSeconds;
    }

    @Override
    public ConnectionBuilder createConnectionBuilder() throws SQLException {
        throw SqlErrors.notSupported("a builder of connections");
    }

    @Override
    public ShardingKeyBuilder createShardingKeyBuilder() throws SQLException {
        throw SqlErrors.notSupported("a sharding key");
    }

    /** Kept and not written to: the driver logs through slf4j. */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        logWriter = out;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return logWriter;
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    /** The URL with the options, without a password. */
    @Override
    public String toString() {
        try {
            return "RedisDataSource " + ConnectionSpec.parse(url, options);
        } catch (RedisSqlException mistake) {
            return "RedisDataSource with a mistake in its URL or an option";
        }
    }
}
