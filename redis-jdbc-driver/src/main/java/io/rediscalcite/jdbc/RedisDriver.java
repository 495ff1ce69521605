package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.ConnectionProperty;
import io.rediscalcite.adapter.model.ConnectionSpec;
import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver for {@code jdbc:redis-sql://host:port/database}.
 *
 * <p>{@link java.util.ServiceLoader} finds it, so {@link java.sql.DriverManager} alone is enough.
 */
public final class RedisDriver extends UnregisteredDriver {
    static final String PREFIX = "jdbc:redis-sql:";

    static {
        Quiet.slf4j();
        new RedisDriver().register();
        Statements.register();
    }

    private final Function<ConnectionSpec, Database> opener;

    /** The driver that {@link java.sql.DriverManager} and {@link java.util.ServiceLoader} use. */
    public RedisDriver() {
        this(SharedDatabases.LIVE::open);
    }

    RedisDriver(Function<ConnectionSpec, Database> opener) {
        this.opener = opener;
    }

    @Override
    protected AvaticaFactory createFactory() {
        return new RedisFactory();
    }

    @Override
    protected DriverVersion createDriverVersion() {
        return Product.version();
    }

    @Override
    protected String getConnectStringPrefix() {
        return PREFIX;
    }

    @Override
    public Meta createMeta(AvaticaConnection connection) {
        return RedisMeta.create();
    }

    /** True for exactly the URLs that begin with {@code jdbc:redis-sql:}; false for null. */
    @Override
    public boolean acceptsURL(@Nullable String url) {
        return ConnectionSpec.accepts(url);
    }

    /**
     * Connects.
     *
     * @return null if the URL isn't one of ours
     * @throws SQLException 01S00 for a bad option, 08001 if the server can't be reached, 28000 for bad credentials
     */
    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            ConnectionSpec spec = ConnectionSpec.parse(url, asMap(info));
            Database database = opener.apply(spec);
            try {
                Connection connection = new RedisConnection(this, factory, spec, database);
                WarmUp.ONCE.begin();
                return connection;
            } catch (RuntimeException | Error e) {
                database.close();
                throw e;
            }
        } catch (RuntimeException e) {
            throw SqlErrors.of(e);
        }
    }

    private static Map<String, String> asMap(@Nullable Properties info) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (info != null) {
            for (String name : info.stringPropertyNames()) {
                properties.put(name, info.getProperty(name));
            }
        }
        return properties;
    }

    /** Every option, with the value that {@code url}, if it can be read, and {@code info} give it, unless that is a password. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) {
        Map<String, String> given = asMap(info);
        return Arrays.stream(ConnectionProperty.values())
                .map(property -> describe(property, property.isSecret() ? null : value(property, url, given)))
                .toArray(DriverPropertyInfo[]::new);
    }

    private static @Nullable String value(
            ConnectionProperty property, @Nullable String url, Map<String, String> given) {
        String named = given.get(property.propertyName());
        if (named != null || url == null || !ConnectionSpec.accepts(url)) {
            return named == null ? property.defaultValue() : named;
        }
        try {
            return ConnectionSpec.parse(url, Map.of()).value(property);
        } catch (RedisSqlException unreadable) {
            return property.defaultValue();
        }
    }

    private static DriverPropertyInfo describe(ConnectionProperty property, @Nullable String value) {
        DriverPropertyInfo described = new DriverPropertyInfo(property.propertyName(), value);
        described.description = property.description();
        if (!property.choices().isEmpty()) {
            described.choices = property.choices().toArray(String[]::new);
        }
        return described;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.rediscalcite");
    }
}
