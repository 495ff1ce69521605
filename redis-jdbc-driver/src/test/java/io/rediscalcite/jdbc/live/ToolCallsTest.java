package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What tools, pools and frameworks call, on a real server with a thousand tables. */
@Timeout(120)
class ToolCallsTest {
    private static final int TABLES = 1000;
    private static final int ITEMS = 20_000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        commands.add(Live.command("FT.CREATE idx:person ON HASH PREFIX 1 person: SCHEMA name TAG age NUMERIC"));
        for (int i = 0; i < TABLES; i++) {
            String table =
                    "t" + Integer.toString(i + 36 * 36, 36).replaceAll("[0-9]", "z") + (char) ('a' + i % 26) + i + "x";
            commands.add(Live.command("HSET", table + ":1", "v", i));
            commands.add(Live.command("HSET", table + ":2", "v", i));
        }
        for (int i = 1; i <= ITEMS; i++) {
            commands.add(Live.command("HSET", "item:" + i, "v", i));
        }
        for (int i = 1; i <= 50; i++) {
            commands.add(Live.command("HSET", "person:" + i, "name", "n" + i, "age", i));
        }
        redis.pipeline(commands);
        connection = Live.connect(redis.url());
        Live.rows(connection, "SELECT 1 FROM item LIMIT 1");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void browsingAThousandTablesSendsNothing() throws Exception {
        DatabaseMetaData metadata = connection.getMetaData();
        Map<String, Long> sent = new CommandCounter(redis).during(() -> {
            List<String> tables = new ArrayList<>();
            try (ResultSet result = metadata.getTables(null, "redis", "%", new String[] {"TABLE"})) {
                while (result.next()) {
                    assertNotNull(result.getString("REMARKS"));
                    tables.add(result.getString("TABLE_NAME"));
                }
            }
            assertTrue(tables.size() > TABLES, tables.size() + " tables");
            try (ResultSet columns = metadata.getColumns(null, "redis", "%", "%")) {
                int found = 0;
                while (columns.next()) {
                    found++;
                    assertTrue(columns.getInt("COLUMN_SIZE") >= 0);
                }
                assertTrue(found > 4 * TABLES, found + " columns");
            }
            for (String table : tables.subList(0, 50)) {
                assertEquals(List.of("_key"), names(metadata.getPrimaryKeys(null, "redis", table), "COLUMN_NAME"));
                assertEquals(
                        List.of("_key"),
                        names(metadata.getBestRowIdentifier(null, "redis", table, 0, true), "COLUMN_NAME"));
                names(metadata.getImportedKeys(null, "redis", table), "PKTABLE_NAME");
            }
        });
        assertEquals(Map.of(), sent);
    }

    private static List<String> names(ResultSet result, String column) throws SQLException {
        List<String> names = new ArrayList<>();
        try (result) {
            while (result.next()) {
                names.add(result.getString(column));
            }
        }
        return names;
    }

    @Test
    void indexesAreTheKeyAndTheSearchIndexes() throws Exception {
        DatabaseMetaData metadata = connection.getMetaData();
        assertEquals(
                List.of("person_pkey", "idx:person", "idx:person"),
                names(metadata.getIndexInfo(null, "redis", "person", false, true), "INDEX_NAME"));
        assertEquals(
                List.of("person_pkey"),
                names(metadata.getIndexInfo(null, "redis", "person", true, true), "INDEX_NAME"));
        try (ResultSet index = metadata.getIndexInfo(null, "redis", "item", false, true)) {
            assertTrue(index.next());
            assertTrue(index.getLong("CARDINALITY") > ITEMS / 2, index.getString("CARDINALITY"));
        }
    }

    @Test
    void clientInfoTellsTheServer() throws Exception {
        assertEquals("standalone", connection.getClientInfo("redis.mode"));
        assertTrue(connection.getClientInfo("redis.version").startsWith("7."));
        assertTrue(connection.getClientInfo("redis.modules").contains("search"));
        connection.setClientInfo("ApplicationName", "a tool");
        assertEquals("a tool", connection.getClientInfo().getProperty("ApplicationName"));
        connection.setClientInfo("ApplicationName", null);
        assertNull(connection.getClientInfo("ApplicationName"));
        List<String> known = names(connection.getMetaData().getClientInfoProperties(), "NAME");
        assertTrue(known.containsAll(connection.getClientInfo().stringPropertyNames()), known.toString());
        List<String> functions = names(connection.getMetaData().getFunctions(null, null, "s%"), "FUNCTION_NAME");
        assertTrue(functions.containsAll(List.of("substring", "string_agg", "split_part")), functions.toString());
    }

    @Test
    void probesReadNothing() throws Exception {
        List<String> probes = List.of(
                "SELECT 1",
                "SELECT * FROM item WHERE 1=0",
                "SELECT * FROM item WHERE 1<>1",
                "SELECT * FROM (SELECT * FROM item) t WHERE 1=0",
                "SELECT * FROM item LIMIT 0",
                "SELECT v, id FROM redis.item WHERE FALSE");
        for (String probe : probes) {
            Live.rows(connection, probe);
            Map<String, Long> sent = new CommandCounter(redis).during(() -> {
                try (Statement statement = connection.createStatement();
                        ResultSet result = statement.executeQuery(probe)) {
                    assertEquals(probe.equals("SELECT 1"), result.next());
                }
                try (PreparedStatement prepared = connection.prepareStatement(probe)) {
                    assertTrue(prepared.getMetaData().getColumnCount() > 0);
                }
            });
            assertEquals(Map.of(), sent, probe);
        }
        Map<String, Long> sent = new CommandCounter(redis).during(() -> {
            try (PreparedStatement prepared = connection.prepareStatement("SELECT * FROM item WHERE v > ?")) {
                assertEquals("v", prepared.getMetaData().getColumnName(3));
                assertEquals(1, prepared.getParameterMetaData().getParameterCount());
            }
        });
        assertEquals(Map.of(), sent);
    }

    @Test
    void maxRowsIsALimitOfThePlan() throws Exception {
        Map<String, Long> limit = during("SELECT v FROM item LIMIT 5", 0);
        Map<String, Long> maxRows = during("SELECT v FROM item", 5);
        assertEquals(limit, maxRows);
        assertTrue(maxRows.get("hmget") <= 1000, maxRows.toString());
        try (Statement statement = connection.createStatement()) {
            statement.setLargeMaxRows(3);
            assertEquals(3, statement.getLargeMaxRows());
            assertEquals(
                    List.of("20000", "19999", "19998"),
                    Live.rows(statement.executeQuery("SELECT v FROM item ORDER BY v DESC")));
            assertEquals(
                    List.of("19999", "19998"),
                    Live.rows(statement.executeQuery("SELECT v FROM item ORDER BY v DESC LIMIT 2 OFFSET 1")));
            assertEquals(
                    List.of("19900", "19899", "19898"),
                    Live.rows(statement.executeQuery("SELECT v FROM item ORDER BY v DESC LIMIT 9 OFFSET 100")));
            assertEquals(
                    List.of("1", "2", "3"),
                    Live.rows(statement.executeQuery("SELECT x FROM (VALUES (1), (2), (3), (4)) AS t(x)")));
            assertEquals(
                    List.of("4", "3", "2"),
                    Live.rows(statement.executeQuery(
                            "SELECT x FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 4)) AS t(x, y)" + " ORDER BY y DESC")));
            statement.setMaxRows(0);
            assertEquals(
                    ITEMS,
                    Live.rows(statement.executeQuery("SELECT v FROM item")).size());
        }
        try (PreparedStatement prepared = connection.prepareStatement("SELECT v FROM item WHERE v > ? ORDER BY v")) {
            prepared.setInt(1, 10);
            prepared.setMaxRows(2);
            assertEquals(List.of("11", "12"), Live.rows(prepared.executeQuery()));
            prepared.setMaxRows(1);
            prepared.setInt(1, 20);
            assertEquals(List.of("21"), Live.rows(prepared.executeQuery()));
            prepared.setMaxRows(0);
            assertEquals(ITEMS - 20, Live.rows(prepared.executeQuery()).size());
        }
    }

    private static Map<String, Long> during(String sql, int maxRows) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(maxRows);
            Live.rows(statement.executeQuery(sql));
            return new CommandCounter(redis)
                    .during(() -> assertEquals(
                            5, Live.rows(statement.executeQuery(sql)).size()));
        }
    }

    /** A join whose orders the planner can't get through in a second. */
    @Test
    void theTimeoutEndsPlanningToo() throws Exception {
        String joins = IntStream.range(0, 14)
                        .mapToObj(i -> "item i" + i)
                        .collect(Collectors.joining(", ", "SELECT COUNT(*) FROM ", " WHERE "))
                + IntStream.range(1, 14)
                        .mapToObj(i -> "i" + (i - 1) + ".v = i" + i + ".v AND i" + i + ".v > " + i)
                        .collect(Collectors.joining(" AND "));
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            SQLException late = assertThrows(SQLException.class, () -> statement.executeQuery(joins));
            assertEquals("HYT00", late.getSQLState(), late.getMessage());
            assertInstanceOf(SQLTimeoutException.class, late);
            assertEquals(List.of("1"), Live.rows(statement.executeQuery("SELECT v FROM item WHERE id = 1")));
        }
    }

    /** The median of several, so that what else the machine does at the moment counts for little. */
    @Test
    void cancelEndsAnyQueryWithinATenthOfASecond() throws Exception {
        List<String> queries = List.of(
                "SELECT COUNT(*) FROM item a, item b, item c WHERE a.v + b.v + c.v < 0",
                "SELECT a.v FROM item a JOIN item b ON a.v < b.v ORDER BY a.v + b.v LIMIT 3 OFFSET 100000000",
                "SELECT MAX(a.v + b.v) FROM item a, item b GROUP BY a.v + b.v",
                "SELECT a.v FROM item a, item b, item c WHERE a.v + b.v + c.v < 0");
        for (String sql : queries) {
            long[] nanos = new long[5];
            try (Statement statement = connection.createStatement()) {
                for (int i = 0; i < nanos.length; i++) {
                    nanos[i] = cancel(statement, sql);
                }
                assertEquals(List.of("1"), Live.rows(statement.executeQuery("SELECT v FROM item WHERE id = 1")));
            }
            Arrays.sort(nanos);
            assertTrue(nanos[2] < 100_000_000, Arrays.toString(nanos) + " " + sql);
        }
    }

    private static long cancel(Statement statement, String sql) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
            running.countDown();
            return assertThrows(SQLException.class, () -> Live.rows(statement.executeQuery(sql)));
        });
        assertTrue(running.await(10, TimeUnit.SECONDS));
        assertThrows(java.util.concurrent.TimeoutException.class, () -> failure.get(500, TimeUnit.MILLISECONDS));
        long start = System.nanoTime();
        statement.cancel();
        SQLException error = failure.get(10, TimeUnit.SECONDS);
        long took = System.nanoTime() - start;
        assertEquals("57014", error.getSQLState(), error.getMessage());
        return took;
    }

    @Test
    void everyUpdateThroughAResultIsRefusedWithItsState() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT v FROM item WHERE id = 1")) {
            assertTrue(result.next());
            int refused = 0;
            for (Method method : ResultSet.class.getMethods()) {
                if (method.getName().matches("(update|insert|delete|refresh|cancelRow|moveTo).*")
                        && !method.isDefault()) {
                    Object[] arguments = Arrays.stream(method.getParameterTypes())
                            .map(ToolCallsTest::blank)
                            .toArray();
                    InvocationTargetException thrown =
                            assertThrows(InvocationTargetException.class, () -> method.invoke(result, arguments));
                    SQLFeatureNotSupportedException cause =
                            assertInstanceOf(SQLFeatureNotSupportedException.class, thrown.getCause());
                    assertEquals("0A000", cause.getSQLState(), method.toString());
                    refused++;
                }
            }
            assertTrue(refused > 80, refused + " methods");
        }
    }

    private static Object blank(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        return type == boolean.class
                ? (Object) false
                : type == byte.class
                        ? Byte.valueOf((byte) 1)
                        : type == short.class
                                ? Short.valueOf((short) 1)
                                : type == long.class
                                        ? Long.valueOf(1)
                                        : type == float.class
                                                ? Float.valueOf(1)
                                                : type == double.class
                                                        ? Double.valueOf(1)
                                                        : (Object) Integer.valueOf(1);
    }

    @Test
    void whatPoolsCallIsHarmless() throws Exception {
        try (Connection pooled = Live.connect(redis.url())) {
            pooled.setNetworkTimeout(Runnable::run, 5000);
            assertEquals(5000, pooled.getNetworkTimeout());
            pooled.setNetworkTimeout(Runnable::run, 0);
            pooled.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, pooled.getHoldability());
            pooled.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            pooled.setCatalog("any");
            assertNull(pooled.getCatalog());
            assertEquals("SELECT 1", pooled.nativeSQL("SELECT 1"));
            pooled.setReadOnly(true);
            pooled.setReadOnly(false);
            pooled.clearWarnings();
            assertTrue(pooled.isWrapperFor(Connection.class));
            assertFalse(pooled.getMetaData().supportsTransactions());
            assertThrows(SQLFeatureNotSupportedException.class, () -> pooled.setSavepoint("s"));
            try (Statement statement = pooled.createStatement()) {
                statement.setFetchSize(200);
                assertEquals(200, statement.getFetchSize());
                assertEquals(
                        "0A000",
                        assertThrows(SQLException.class, () -> statement.setCursorName("c"))
                                .getSQLState());
                assertFalse(statement.getGeneratedKeys().next());
            }
        }
    }
}
