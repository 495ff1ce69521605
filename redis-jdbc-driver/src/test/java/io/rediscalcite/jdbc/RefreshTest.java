package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefreshTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        redis.flush();
        redis.exec("HSET", "user:1", "name", "Ada", "born", "1815-12-10", "score", "1.5");
        redis.exec("HSET", "user:2", "name", "Bob", "born", "1990-01-01");
        connection = DriverManager.getConnection(redis.url());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void tablesStayAsTheyAreUntilARefresh() throws SQLException {
        assertEquals(List.of("Ada"), Sql.rows(connection, "SELECT name FROM \"user\" WHERE id = 1"));
        redis.exec("HSET", "user:1", "email", "ada@example.com");
        redis.exec("SET", "page:1", "x");
        assertThrows(SQLException.class, () -> Sql.rows(connection, "SELECT * FROM page"));
        assertEquals(List.of("2"), Sql.rows(connection, "CALL redis_refresh()"));
        assertEquals(List.of("x"), Sql.rows(connection, "SELECT \"value\" FROM page"));
        assertEquals(List.of("ada@example.com"), Sql.rows(connection, "SELECT email FROM \"user\" WHERE id = 1"));
    }

    @Test
    void aReconnectSeesNewTables() throws SQLException {
        assertEquals(List.of("1"), Sql.rows(connection, "CALL redis_refresh()"));
        redis.exec("SET", "page:1", "x");
        try (Connection second = DriverManager.getConnection(redis.url())) {
            assertEquals(List.of("page:1"), Sql.rows(second, "SELECT _key FROM page"));
        }
    }

    @Test
    void aPreparedRefreshRunsEachTime() throws SQLException {
        try (PreparedStatement refresh = connection.prepareStatement("SELECT REDIS_REFRESH()")) {
            for (int tables = 2; tables < 5; tables++) {
                redis.exec("SET", "page" + tables + ":1", "x");
                try (ResultSet result = refresh.executeQuery()) {
                    assertEquals(List.of(String.valueOf(tables)), Sql.rows(result));
                }
                assertEquals(
                        List.of("x"), Sql.rows(connection, "SELECT \"value\" FROM page" + tables + " WHERE id = 1"));
            }
        }
    }

    @Test
    void explainRefreshesNothing() throws SQLException {
        Sql.rows(connection, "SELECT name FROM \"user\"");
        redis.exec("SET", "page:1", "x");
        Sql.rows(connection, "EXPLAIN PLAN FOR SELECT redis_refresh()");
        assertThrows(SQLException.class, () -> Sql.rows(connection, "SELECT * FROM page"));
    }

    @Test
    void redisColumnsTellsWhatTypesWereChosenBy() throws SQLException {
        assertEquals(
                List.of(
                        "user|_key|VARCHAR|type|1.0|null|null|null|null",
                        "user|id|BIGINT|sample|0.75|2|2|0|{\"BIGINT\":2,\"DECIMAL\":2,\"DOUBLE\":2,\"VARCHAR\":2}",
                        "user|name|VARCHAR|sample|1.0|2|2|0|{\"VARCHAR\":2}",
                        "user|born|DATE|sample|0.75|2|2|0|{\"DATE\":2,\"TIMESTAMP\":2,\"VARCHAR\":2}",
                        "user|score|DOUBLE|sample|0.6666666666666666|2|1|1|{\"DECIMAL\":1,\"DOUBLE\":1,\"VARCHAR\":1}",
                        "user|_ttl|BIGINT|type|1.0|null|null|null|null"),
                Sql.rows(connection, "SELECT * FROM redis_columns"));
        assertEquals(
                List.of("born"),
                Sql.rows(
                        connection,
                        "SELECT column_name FROM redis_columns WHERE table_name = 'user' AND data_type = 'DATE'"));
    }

    @Test
    void redisColumnsIsASystemTable() throws SQLException {
        try (ResultSet tables = connection.getMetaData().getTables(null, "redis", null, new String[] {"TABLE"})) {
            assertEquals(
                    List.of("user"),
                    Sql.rows(tables).stream().map(row -> row.split("\\|")[2]).toList());
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, "redis", "redis_columns", null)) {
            assertEquals(
                    List.of("SYSTEM TABLE"),
                    Sql.rows(tables).stream().map(row -> row.split("\\|")[3]).toList());
        }
    }
}
