package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HikariCP: evicts connections to a server that went away, and nothing else. */
class HikariIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @BeforeEach
    void load() {
        Items.load(redis, 2000);
    }

    static HikariDataSource pool(String url, int size, int timeoutMillis) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(timeoutMillis);
        return new HikariDataSource(config);
    }

    private static Connection physical(Connection pooled) throws SQLException {
        return pooled.unwrap(Connection.class);
    }

    @Test
    void evictsWhatTheServersRestartBroke() throws Exception {
        try (HikariDataSource pool = pool(redis.url(), 1, 10_000)) {
            Connection before;
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                before = physical(connection);
                redis.kill();
                SQLException lost =
                        assertThrows(SQLException.class, () -> statement.executeQuery("SELECT * FROM item"));
                assertTrue(lost.getSQLState().startsWith("08"), lost.getSQLState());
            }
            redis.restart();
            Items.load(redis, 10);
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT SUM(v) FROM item")) {
                assertNotSame(before, physical(connection));
                assertTrue(result.next());
                assertEquals(55, result.getLong(1));
            }
            assertTrue(before.isClosed());
        }
    }

    @Test
    void keepsTheConnectionAfterTimeoutsCancelsAndMistakes() throws Exception {
        try (HikariDataSource pool = pool(redis.url(), 1, 10_000);
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            Connection before = physical(connection);
            statement.setQueryTimeout(1);
            assertState("HYT00", statement, "SELECT COUNT(*) FROM item a, item b, item c WHERE a.v + b.v + c.v < 0");
            statement.setQueryTimeout(0);
            assertState("42S02", statement, "SELECT * FROM nowhere");
            assertState("42000", statement, "SELEKT 1");
            assertState("22P02", statement, "SELECT CAST(name AS INTEGER) FROM item");
            assertFalse(connection.isClosed());
            assertSame(before, physical(connection));
            assertFalse(before.isClosed());
            connection.setAutoCommit(false);
            connection.rollback();
        }
    }

    @Test
    void takesTheDataSourceByItsNameAndProperties() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("dataSourceClassName", "io.rediscalcite.jdbc.RedisDataSource");
        settings.setProperty("dataSource.url", redis.url());
        settings.setProperty("dataSource.batchSize", "500");
        settings.setProperty("dataSource.readOnly", "true");
        settings.setProperty("maximumPoolSize", "2");
        try (HikariDataSource pool = new HikariDataSource(new HikariConfig(settings));
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertState("42501", statement, "DELETE FROM item");
            try (ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM item")) {
                assertTrue(result.next());
                assertEquals(2000, result.getLong(1));
            }
            assertTrue(connection.getMetaData().getURL().contains("batchSize=500"));
        }
    }

    private static void assertState(String state, Statement statement, String sql) {
        SQLException thrown = assertThrows(SQLException.class, () -> {
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    result.getString(1);
                }
            }
        });
        assertEquals(state, thrown.getSQLState(), thrown.getMessage());
    }
}
