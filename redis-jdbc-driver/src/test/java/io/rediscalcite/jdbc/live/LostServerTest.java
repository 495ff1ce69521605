package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that dies or hangs, and users who lose patience: the statement ends soon, with the right SQLState. */
@Timeout(60)
class LostServerTest {
    private static final String SCAN = "SELECT v FROM item WHERE v >= 0";
    private static final String LOOKUP = "SELECT v FROM item WHERE id = 5";
    private static final String JOIN =
            "SELECT COUNT(*) FROM (VALUES (1), (2)) AS t(i) JOIN item ON item.id = t.i AND item.v > 0";
    private static final String ENDLESS =
            "SELECT COUNT(*) FROM item a, item b, item c WHERE a.v + b.v + c.v < 0 AND a.v < b.v";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @BeforeEach
    void load() {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= 50_000; i++) {
            commands.add(Live.command("HSET", "item:" + i, "v", i));
        }
        redis.pipeline(commands);
    }

    private static Connection connect() throws SQLException {
        return Live.withTables(
                redis,
                "",
                "{name:'item', type:'hash', key:'item:{id}', columns:[{name:'id', type:'BIGINT'},"
                        + " {name:'v', type:'BIGINT'}]}");
    }

    @Test
    void aServerThatIsKilledInTheMiddleOfAScan() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SCAN)) {
            assertTrue(result.next());
            redis.kill();
            SQLException error = assertThrows(SQLException.class, () -> Live.rows(result));
            assertEquals("08006", error.getSQLState(), error.getMessage());
            assertTrue(error.getMessage().contains("127.0.0.1:" + redis.port()), error.getMessage());
            assertFalse(connection.isValid(1));
            SQLException again = assertThrows(SQLException.class, () -> Live.rows(connection, LOOKUP));
            assertTrue(List.of("08001", "08006").contains(again.getSQLState()), again.getMessage());
            redis.restart();
            load();
            assertTrue(connection.isValid(5));
            assertEquals(List.of("5"), Live.rows(connection, LOOKUP));
            assertEquals(50_000, Live.rows(connection, SCAN).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SCAN, LOOKUP, JOIN})
    void aServerThatHangsUntilTheQueryTimeout(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute(sql));
            statement.setQueryTimeout(1);
            Signal.STOP.send(redis);
            long start = System.nanoTime();
            try {
                SQLException error = assertThrows(SQLException.class, () -> Live.rows(statement.executeQuery(sql)));
                assertEquals("HYT00", error.getSQLState(), error.getMessage());
                assertTrue(error instanceof SQLTimeoutException);
                assertTrue(millisSince(start) < 2_500, "took " + millisSince(start) + " ms");
            } finally {
                Signal.CONT.send(redis);
            }
            statement.setQueryTimeout(0);
            assertFalse(Live.rows(statement.executeQuery(sql)).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SCAN, LOOKUP, JOIN})
    void aServerThatHangsUntilTheStatementIsCancelled(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute(sql));
            Signal.STOP.send(redis);
            try {
                cancelled(statement, sql);
            } finally {
                Signal.CONT.send(redis);
            }
            assertFalse(Live.rows(statement.executeQuery(sql)).isEmpty());
        }
    }

    /** The first look at the tables, at their sizes, and anew: what is asked before the plan is there. */
    @ParameterizedTest
    @ValueSource(strings = {"found", "declared", "CALL redis_refresh()", "SELECT COUNT(*) FROM system.tables"})
    void aServerThatHangsWhileTablesAreLookedFor(String how) throws Exception {
        String sql = how.contains(" ") ? how : SCAN;
        try (Connection connection = how.equals("declared") ? connect() : Live.connect(redis.url());
                Statement statement = connection.createStatement()) {
            Signal.STOP.send(redis);
            try {
                cancelled(statement, sql);
                statement.setQueryTimeout(1);
                long start = System.nanoTime();
                SQLException late = assertThrows(SQLException.class, () -> Live.rows(statement.executeQuery(sql)));
                assertEquals("HYT00", late.getSQLState(), late.getMessage());
                assertTrue(millisSince(start) < 2_500, "took " + millisSince(start) + " ms");
            } finally {
                Signal.CONT.send(redis);
            }
            statement.setQueryTimeout(0);
            assertFalse(Live.rows(statement.executeQuery(sql)).isEmpty());
        }
    }

    @Test
    void aJoinWithoutEndIsCancelled() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute(LOOKUP));
            cancelled(statement, ENDLESS);
            assertEquals(List.of("5"), Live.rows(statement.executeQuery(LOOKUP)));
            statement.setQueryTimeout(1);
            SQLException late = assertThrows(SQLException.class, () -> Live.rows(statement.executeQuery(ENDLESS)));
            assertEquals("HYT00", late.getSQLState(), late.getMessage());
        }
    }

    @Test
    void aServerThatHangsLongerThanTheCommandTimeout() throws Exception {
        String options = "?commandTimeout=700&model="
                + Live.percent(Live.model("{name:'item', type:'hash', key:'item:{id}', columns:[{name:'v'}]}"));
        try (Connection connection = Live.connect(redis.url() + options)) {
            assertEquals(List.of("5"), Live.rows(connection, "SELECT v FROM item WHERE id = '5'"));
            Signal.STOP.send(redis);
            try {
                SQLException error = assertThrows(
                        SQLException.class, () -> Live.rows(connection, "SELECT v FROM item WHERE id = '5'"));
                assertTrue(List.of("08006", "HYT00").contains(error.getSQLState()), error.getSQLState());
                assertTrue(error.getMessage().contains("700"), error.getMessage());
            } finally {
                Signal.CONT.send(redis);
            }
        }
    }

    /** Cancels the run, which must begin to wait first, and takes its time from the cancel to the error. */
    private static void cancelled(Statement statement, String sql) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
            running.countDown();
            return assertThrows(SQLException.class, () -> Live.rows(statement.executeQuery(sql)));
        });
        assertTrue(running.await(10, TimeUnit.SECONDS));
        // Long enough for the plan, so that the run itself is cancelled.
        assertThrows(java.util.concurrent.TimeoutException.class, () -> failure.get(1_500, TimeUnit.MILLISECONDS));
        long start = System.nanoTime();
        statement.cancel();
        SQLException error = failure.get(10, TimeUnit.SECONDS);
        assertEquals("57014", error.getSQLState(), error.getMessage());
        assertTrue(millisSince(start) < 500, "took " + millisSince(start) + " ms");
    }

    /** A stopped process keeps its sockets open and says nothing. */
    private enum Signal {
        STOP,
        CONT;

        private static String pid = "";

        void send(RedisServerExtension redis) throws Exception {
            if (this == STOP) {
                pid = String.valueOf(redis.exec("INFO", "server"))
                        .lines()
                        .filter(line -> line.startsWith("process_id:"))
                        .findFirst()
                        .orElseThrow()
                        .substring("process_id:".length());
            }
            Process kill = new ProcessBuilder("kill", "-" + name(), pid).start();
            assertEquals(0, kill.waitFor());
        }
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
