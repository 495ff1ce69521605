package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schema {@code system} on a server with all modules, and what a user of few permissions sees of it. */
class SystemTablesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private Connection connection;

    @BeforeEach
    void fill() throws SQLException {
        redis.flush();
        redis.exec("HSET", "user:1", "name", "Ann", "age", "41");
        redis.exec("HSET", "user:2", "name", "Bob", "age", "7");
        redis.exec("SET", "greeting", "hello", "PX", "3600000");
        redis.exec("SADD", "tags", "1", "2");
        redis.exec("JSON.SET", "doc", "$", "{}");
        connection = DriverManager.getConnection(redis.url());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private List<String> rows(String sql) throws SQLException {
        return Sql.rows(connection, sql);
    }

    private String plan(String sql) throws SQLException {
        return rows("EXPLAIN PLAN FOR " + sql).get(0).strip();
    }

    private Map<String, Long> commands(String sql) throws Exception {
        // The planner's look at row counts is good for a while.
        rows(sql);
        return new CommandCounter(redis).during(() -> rows(sql));
    }

    @Test
    void keysAreRowsOfAnyType() throws Exception {
        assertEquals(
                List.of(
                        "doc|ReJSON-RL|null|raw",
                        "greeting|string|true|embstr",
                        "tags|set|null|intset",
                        "user:1|hash|null|listpack",
                        "user:2|hash|null|listpack"),
                rows("SELECT key, type, ttl BETWEEN 1 AND 3600000, encoding FROM system.keys ORDER BY key"));
        assertEquals(
                List.of("5|5|true|true"),
                rows("SELECT COUNT(*), COUNT(memory), MIN(memory) > 0, MAX(idle) < 60 FROM system.keys"));
        assertEquals(6, columnsOf("SELECT * FROM system.keys").size());
    }

    private List<String> columnsOf(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                names.add(result.getMetaData().getColumnName(i));
            }
            return names;
        }
    }

    @Test
    void conditionsOnKeyAndTypeReachTheServer() throws Exception {
        assertEquals(
                "RedisScan(table=[[system, keys]], commands=[SCAN MATCH user:* TYPE hash; MEMORY USAGE key; LIMIT 3])",
                plan("SELECT key, type, memory FROM system.keys WHERE type = 'hash' AND key LIKE 'user:%' LIMIT 3"));
        assertEquals(
                List.of("user:1|hash", "user:2|hash"),
                rows("SELECT key, type FROM system.keys WHERE type = 'hash' AND key LIKE 'user:%' ORDER BY 1"));
        assertEquals(Map.of("scan", 1L), commands("SELECT key, type FROM system.keys WHERE 'hash' = type"));
        assertEquals(List.of("1"), rows("SELECT COUNT(*) FROM system.keys WHERE type = 'ReJSON-RL'"));
        assertEquals(List.of("doc"), rows("SELECT key FROM system.keys WHERE type = 'ReJSON-RL'"));
    }

    @Test
    void typesAreComparedAsSqlDoes() throws Exception {
        assertEquals(List.of(), rows("SELECT key FROM system.keys WHERE type = 'HASH'"));
        assertEquals(List.of(), rows("SELECT key FROM system.keys WHERE type = 'rejson-rl'"));
        assertEquals(List.of(), rows("SELECT key FROM system.keys WHERE type = 'no such type'"));
        assertEquals(List.of(), rows("SELECT key FROM system.keys WHERE type = 'hash' AND type = 'set'"));
        assertEquals(
                List.of("greeting", "tags"),
                rows("SELECT key FROM system.keys WHERE type IN ('string', 'set') ORDER BY key"));
        assertEquals(
                List.of("doc", "greeting", "tags"),
                rows("SELECT key FROM system.keys WHERE type <> 'hash' ORDER BY 1"));
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT key FROM system.keys WHERE type = ? ORDER BY key")) {
            statement.setString(1, "hash");
            assertEquals(List.of("user:1", "user:2"), Sql.rows(statement.executeQuery()));
        }
    }

    @Test
    void namedKeysAreAskedForAlone() throws Exception {
        assertEquals(
                "RedisScan(table=[[system, keys]], commands=[TYPE nope, user:1])",
                plan("SELECT key FROM system.keys WHERE key IN ('user:1', 'nope')"));
        assertEquals(Map.of("type", 2L), commands("SELECT key, type FROM system.keys WHERE key IN ('user:1', 'nope')"));
        assertEquals(List.of("user:1|hash"), rows("SELECT key, type FROM system.keys WHERE key IN ('user:1', 'nope')"));
        for (String column : List.of("ttl", "memory", "encoding", "idle")) {
            assertEquals(
                    List.of("user:1"),
                    rows("SELECT key FROM (SELECT key, " + column + " FROM system.keys WHERE key IN ('user:1', 'nope'))"
                            + " WHERE " + column + " IS NULL OR " + column + " IS NOT NULL"),
                    column);
        }
        assertEquals(List.of(), rows("SELECT key FROM system.keys WHERE key = 'user:1' AND type = 'set'"));
        assertEquals(
                List.of("user:1|hash"),
                rows("SELECT key, type FROM system.keys WHERE key = 'user:1' AND type = 'hash'"));
    }

    @Test
    void keysJoinOtherTablesByLookup() throws Exception {
        String sql =
                "SELECT u.name, k.type FROM \"user\" u JOIN system.keys k ON k.key = u._key WHERE u._key = 'user:2'";
        assertTrue(plan(sql).contains("RedisScan(table=[[system, keys]], commands=[TYPE $left._key])"), plan(sql));
        assertEquals(List.of("Bob|hash"), rows(sql));
    }

    @Test
    void limitStopsTheScanOfManyKeys() throws Exception {
        List<Object[]> sets = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            sets.add(new Object[] {"SET", "many:" + i, i});
        }
        redis.pipeline(sets);
        assertEquals(Map.of("scan", 1L), commands("SELECT key FROM system.keys LIMIT 5"));
        Map<String, Long> all = commands("SELECT * FROM system.keys LIMIT 5");
        assertTrue(all.get("scan") <= 2, all.toString());
        assertEquals(5L, all.get("memory|usage"), all.toString());
        assertEquals(5L, all.get("type"), all.toString());
        try (Statement statement = connection.createStatement()) {
            Map<String, Long> firstRow = new CommandCounter(redis).during(() -> {
                ResultSet result = statement.executeQuery("SELECT key, memory FROM system.keys");
                assertTrue(result.next());
                result.close();
            });
            assertTrue(firstRow.get("scan") < 20, firstRow.toString());
            assertTrue(firstRow.get("memory|usage") < 5000, firstRow.toString());
        }
        assertEquals(List.of("100005"), rows("SELECT COUNT(*) FROM system.keys"));
    }

    @Test
    void idleIsUnknownWhereTheServerEvictsByFrequency() throws Exception {
        redis.exec("CONFIG", "SET", "maxmemory-policy", "allkeys-lfu");
        try {
            assertEquals(List.of("5|0"), rows("SELECT COUNT(*), COUNT(idle) FROM system.keys"));
            assertEquals(
                    List.of("user:1|null"),
                    rows("SELECT key, idle FROM system.keys WHERE key = 'user:1' AND type = 'hash'"));
        } finally {
            redis.exec("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
    }

    @Test
    void tablesAndColumnsAreThoseOfTheSchemas() throws Exception {
        assertEquals(
                List.of("redis|user|hash|user:{id}"),
                rows("SELECT schema, name, type, key_pattern FROM system.tables WHERE name = 'user'"));
        assertEquals(
                List.of(
                        "1|_key|VARCHAR|false|the key",
                        "2|id|BIGINT|true|the part {id} of the key",
                        "3|name|VARCHAR|true|field name",
                        "4|age|BIGINT|true|field age",
                        "5|_ttl|BIGINT|true|milliseconds until the key expires, NULL for never"),
                rows("SELECT position, name, type, nullable, source FROM system.columns"
                        + " WHERE schema = 'redis' AND table_name = 'user' ORDER BY position"));
        assertEquals(Map.of(), commands("SELECT * FROM system.columns"));
    }

    @Test
    void theServerTellsOfItself() throws Exception {
        String node = "127.0.0.1:" + redis.port();
        assertEquals(
                List.of(node + "|Server|tcp_port|" + redis.port()),
                rows("SELECT node, section, name, value FROM system.info WHERE name = 'tcp_port'"));
        String plan = plan("SELECT value FROM system.info");
        assertTrue(plan.endsWith("RedisScan(table=[[system, info]], commands=[INFO everything])"), plan);
        assertEquals(
                List.of("client list|0|default|true"),
                rows("SELECT REPLACE(cmd, '|', ' '), db, user_name, tot_mem > 0 FROM system.clients"
                        + " WHERE cmd LIKE 'client%'"));
        assertEquals(
                List.of("true|true"),
                rows("SELECT calls > 0, usec_per_call > 0 FROM system.commandstats WHERE command = 'hset'"));
        assertEquals(
                List.of(node + "|master|null|null|true"),
                rows("SELECT node, role, master, slots, version LIKE '%.%.%' FROM system.nodes"));
    }

    @Test
    void slowCommandsHaveTheirTime() throws Exception {
        redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "0");
        redis.exec("SET", "greeting", "good morning");
        redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "-1");
        assertEquals(
                List.of("SET greeting good morning|true|true|true"),
                rows("SELECT command, micros >= 0, ABS(TIMESTAMPDIFF(MINUTE, logged_at, CURRENT_TIMESTAMP)) < 5,"
                        + " client_addr LIKE '127.0.0.1:%' FROM system.slowlog WHERE command LIKE 'SET greeting%'"));
    }

    @Test
    void indexesAreDescribed() throws Exception {
        assertEquals(List.of(), rows("SELECT * FROM system.indexes"));
        redis.exec(
                "FT.CREATE",
                "idx",
                "PREFIX",
                "2",
                "user:",
                "u:",
                "FILTER",
                "@age>0",
                "SCHEMA",
                "name",
                "TEXT",
                "age",
                "NUMERIC");
        redis.exec("FT.CREATE", "docs", "ON", "JSON", "PREFIX", "1", "doc", "SCHEMA", "$.a", "AS", "a", "TAG");
        redis.exec("HSET", "user:3", "age", "x");
        assertEquals(
                List.of("docs|JSON|doc|null|a TAG", "idx|HASH|user:, u:|@age>0|name TEXT, age NUMERIC"),
                rows("SELECT name, key_type, prefixes, filter_expression, attributes FROM system.indexes ORDER BY 1"));
        assertEquals(
                List.of("true|true|true|true"),
                rows("SELECT documents >= 0, failures >= 0, size_mb >= 0, fraction_indexed BETWEEN 0 AND 1"
                        + " FROM system.indexes WHERE name = 'idx' AND indexing IS NOT NULL"));
    }

    @Test
    void metadataListsSystemTables() throws Exception {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, "system", "%", new String[] {"SYSTEM TABLE"})) {
            List<String> names = new ArrayList<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
            assertEquals(
                    List.of(
                            "clients",
                            "columns",
                            "commandstats",
                            "indexes",
                            "info",
                            "keys",
                            "nodes",
                            "slowlog",
                            "tables"),
                    names);
        }
        try (ResultSet key = connection.getMetaData().getPrimaryKeys(null, "system", "keys")) {
            assertTrue(key.next());
            assertEquals("key", key.getString("COLUMN_NAME"));
        }
    }

    @Test
    void aSchemaOfTheUsersWins() throws Exception {
        try (Connection other = DriverManager.getConnection(redis.url() + "?schema=system")) {
            assertEquals(List.of("2"), Sql.rows(other, "SELECT COUNT(*) FROM system.\"user\""));
        }
    }

    @Test
    void systemTablesAreBesideAModelsSchemas() throws Exception {
        String model =
                """
                inline:{"version":"1.0","defaultSchema":"m","schemas":[{"name":"m","type":"custom",
                "factory":"io.rediscalcite.adapter.RedisSchemaFactory","operand":{"url":"%s","tables":[
                {"name":"people","type":"hash","key":"user:{id}","columns":[{"name":"name"}]}]}}]}"""
                        .formatted(redis.url());
        Properties properties = new Properties();
        properties.setProperty("model", model);
        try (Connection other = DriverManager.getConnection(redis.url(), properties)) {
            assertEquals(
                    List.of("m|people|user:{id}"),
                    Sql.rows(other, "SELECT schema, name, key_pattern FROM system.tables"));
            assertEquals(List.of("5"), Sql.rows(other, "SELECT COUNT(*) FROM system.keys"));
        }
    }

    @Test
    void whatAUserMayNotAskIsEmptyWithAWarning() throws Exception {
        redis.exec(
                "ACL",
                "SETUSER",
                "guest",
                "reset",
                "on",
                ">guest",
                "~user:*",
                "+hello",
                "+ping",
                "+scan",
                "+type",
                "+pttl",
                "+hgetall",
                "+hmget",
                "+hlen");
        try (Connection guest = DriverManager.getConnection(redis.url().replace("://", "://guest:guest@"))) {
            for (String table : List.of("info", "clients", "slowlog", "commandstats", "indexes")) {
                String warning = warningOf(guest, "SELECT * FROM system." + table, 0);
                assertTrue(warning.contains("NOPERM"), table + ": " + warning);
            }
            warningOf(guest, "SELECT * FROM system.nodes WHERE version IS NULL", 1);
            assertTrue(warningOf(guest, "SELECT * FROM system.keys", 5).contains("MEMORY USAGE"));
            assertEquals(
                    List.of("doc|null|null", "greeting|null|null", "tags|null|null", "user:1|hash|null"),
                    Sql.rows(guest, "SELECT key, type, memory FROM system.keys WHERE key <> 'user:2' ORDER BY key"));
            assertEquals(List.of(), Sql.rows(guest, "SELECT key, memory FROM system.keys WHERE key = 'user:1'"));
            assertEquals(List.of(), Sql.rows(guest, "SELECT key FROM system.keys WHERE key = 'greeting'"));
            assertEquals(List.of("Ann"), Sql.rows(guest, "SELECT name FROM \"user\" WHERE _key = 'user:1'"));
        }
        redis.exec("ACL", "SETUSER", "guest", "-scan");
        try (Connection guest =
                DriverManager.getConnection(redis.url().replace("://", "://guest:guest@") + "?discover=false")) {
            assertTrue(warningOf(guest, "SELECT * FROM system.keys", 0).contains("SCAN"));
        }
    }

    private static String warningOf(Connection connection, String sql, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertEquals(rows, Sql.rows(statement.executeQuery(sql)).size(), sql);
            SQLWarning warning = statement.getWarnings();
            assertNotNull(warning, sql);
            assertEquals("01000", warning.getSQLState());
            List<String> messages = new ArrayList<>();
            for (SQLWarning next = warning; next != null; next = next.getNextWarning()) {
                messages.add(next.getMessage());
            }
            assertEquals(messages.size(), messages.stream().distinct().count(), "each once: " + messages);
            Sql.rows(statement.executeQuery("SELECT 1"));
            assertNull(statement.getWarnings(), "of the last run alone");
            return messages.stream().collect(Collectors.joining("\n"));
        }
    }
}
