package io.rediscalcite.jdbc;

import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
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
    }

    /** Opens the database that a URL and properties name. */
    @FunctionalInterface
    interface Opener {
        Opened open(String url, Map<String, String> properties);
    }

    /** An open database, and how a connection to it shall behave. */
    record Opened(Database database, ConnectionSettings settings) {}

    private final Opener opener;

    /** The driver that {@link java.sql.DriverManager} and {@link java.util.ServiceLoader} use. */
    public RedisDriver() {
        this(LiveDatabase::open);
    }

    RedisDriver(Opener opener) {
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
        return new RedisMeta(connection);
    }

    /** True for exactly the URLs that begin with {@code jdbc:redis-sql:}; false for null. */
    @Override
    public boolean acceptsURL(@Nullable String url) {
        return url != null && url.startsWith(PREFIX);
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
            Opened opened = opener.open(url, asMap(info));
            return new RedisConnection(this, factory, opened.settings(), opened.database());
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

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) throws SQLException {
        return new DriverPropertyInfo[0];
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.rediscalcite");
    }
}
