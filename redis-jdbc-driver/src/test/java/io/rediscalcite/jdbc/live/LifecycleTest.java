package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From connect to close: what a connection holds, and that nothing of it stays. */
class LifecycleTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @BeforeAll
    static void load() {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= 20_000; i++) {
            commands.add(Live.command("HSET", "item:" + i, "v", i));
        }
        redis.pipeline(commands);
    }

    /** Ours is one of them. */
    private static int clients() {
        return (int) String.valueOf(redis.exec("CLIENT", "LIST")).lines().count();
    }

    /** The server learns of a closed socket a moment after it is closed. */
    private static void awaitClients(int expected) {
        for (int asked = 0; clients() != expected && asked < 1000; asked++) {
            Thread.onSpinWait();
        }
        assertEquals(expected, clients());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    @Test
    void closeFreesEverySocketAndThread() throws Exception {
        // What starts once a JVM, and is no connection's.
        try (Connection first = Live.connect(redis.url())) {
            assertEquals(1, Live.rows(first, "SELECT v FROM item LIMIT 1").size());
        }
        int clients = clients();
        Set<Thread> before = threads();
        List<Thread> ours = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Connection connection = Live.connect(redis.url());
            Statement statement = connection.createStatement();
            ResultSet open = statement.executeQuery("SELECT a.v FROM item a");
            assertTrue(open.next());
            assertEquals(
                    1, Live.rows(connection, "SELECT v FROM item WHERE id = 7").size());
            assertTrue(clients() > clients);
            threads().stream().filter(thread -> !before.contains(thread)).forEach(ours::add);
            connection.close();
            assertTrue(connection.isClosed());
            assertTrue(statement.isClosed());
            assertFalse(connection.isValid(1));
            assertThrows(SQLException.class, open::next);
            assertThrows(SQLException.class, connection::createStatement);
            connection.close();
        }
        for (Thread thread : ours) {
            thread.join(5_000);
            assertFalse(thread.isAlive(), thread.getName());
        }
        awaitClients(clients);
    }

    @Test
    void aFailedConnectLeavesNothing() {
        int clients = clients();
        Set<Thread> before = threads();
        for (String wrong : List.of("?model=/nowhere.json", "?mode=cluster", "/99")) {
            assertThrows(
                    SQLException.class, () -> Live.connect(redis.url() + wrong).close());
        }
        awaitClients(clients);
        List<String> left = threads().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.contains("redis"))
                .toList();
        assertEquals(List.of(), left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "open"})
    void aProgramEndsByItself(String way) throws Exception {
        ChildJvm.Ended ended = ChildJvm.run(List.of("-Xmx128m"), Program.class, redis.url(), way);
        assertEquals("20000", ended.output().strip());
        assertEquals(0, ended.exitCode());
    }

    /** Counts rows, and then ends in one of several ways. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            Connection connection = Live.connect(args[0]);
            String rows = Live.rows(connection, "SELECT COUNT(*) FROM item").get(0);
            if (args[1].equals("close")) {
                connection.close();
            } else {
                ResultSet open = connection.createStatement().executeQuery("SELECT v FROM item");
                open.next();
            }
            System.out.println(rows);
        }
    }

    @Test
    void transactionsAreHarmless() throws Exception {
        try (Connection connection = Live.connect(redis.url())) {
            assertTrue(connection.getAutoCommit());
            connection.commit();
            connection.rollback();
            connection.setAutoCommit(false);
            assertEquals(List.of("7"), Live.rows(connection, "SELECT v FROM item WHERE id = 7"));
            connection.commit();
            connection.rollback();
            connection.setAutoCommit(true);
            assertEquals(List.of("8"), Live.rows(connection, "SELECT v FROM item WHERE id = 8"));
            assertTrue(connection.isValid(0));
        }
    }

    @Test
    void oneConnectionServesManyThreads() throws Exception {
        try (Connection connection = Live.connect(redis.url())) {
            List<CompletableFuture<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String sql = i % 4 == 0
                        ? "SELECT COUNT(*), SUM(v) FROM item"
                        : "SELECT 1, v FROM item WHERE id = " + (i + 1);
                answers.add(CompletableFuture.supplyAsync(() -> {
                    try {
                        return Live.rows(connection, sql);
                    } catch (SQLException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (int i = 0; i < 16; i++) {
                assertEquals(
                        List.of(i % 4 == 0 ? "20000|200010000" : "1|" + (i + 1)),
                        answers.get(i).get());
            }
        }
    }

    /** Each result set is left open in the middle: the next statements must find connections and right answers. */
    @Test
    void abandonedResultSetsDontBlockTheNext() throws Exception {
        int clients = clients();
        try (Connection connection = Live.connect(redis.url());
                Statement statement = connection.createStatement()) {
            for (int i = 1; i <= 60; i++) {
                ResultSet abandoned = statement.executeQuery("SELECT v FROM item");
                assertTrue(abandoned.next());
                assertEquals(List.of("" + i), Live.rows(connection, "SELECT v FROM item WHERE id = " + i));
            }
            assertTrue(clients() < clients + 20, clients() + " clients");
        }
    }
}
