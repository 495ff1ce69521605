package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Connections that were told the same share one client; whatever differs keeps them apart. */
@Timeout(60)
class SharedClientTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @TempDir
    Path folder;

    @BeforeEach
    void load() {
        redis.flush();
        for (int i = 1; i <= 20; i++) {
            redis.exec("HSET", "item:" + i, "v", i);
        }
    }

    private static long clients() {
        return String.valueOf(redis.exec("CLIENT", "LIST")).lines().count();
    }

    private static void awaitClients(long expected) {
        for (int asked = 0; clients() != expected && asked < 1000; asked++) {
            Thread.onSpinWait();
        }
        assertEquals(expected, clients());
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("redis-sql"))
                .count();
    }

    @Test
    void theSecondConnectionSendsOnePingAndFindsTheTablesThere() throws Exception {
        try (Connection first = Live.connect(redis.url())) {
            assertEquals(List.of("20"), Live.rows(first, "SELECT COUNT(*) FROM item"));
            long clients = clients();
            long threads = threads();
            Map<String, Long> sent = new CommandCounter(redis).during(() -> {
                for (int i = 0; i < 10; i++) {
                    try (Connection next = Live.connect(redis.url())) {
                        assertTrue(next.getMetaData()
                                .getTables(null, "redis", "item", null)
                                .next());
                    }
                }
            });
            assertEquals(Map.of("ping", 10L), sent);
            assertEquals(clients, clients());
            assertEquals(threads, threads());
        }
    }

    /** The median of many, so that what else the machine does at the moment counts for little. */
    @Test
    void theSecondConnectionTakesUnderFiveMilliseconds() throws Exception {
        try (Connection first = Live.connect(redis.url())) {
            long[] nanos = new long[51];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                try (Connection next = Live.connect(redis.url())) {
                    nanos[i] = System.nanoTime() - start;
                    assertFalse(next.isClosed());
                }
            }
            Arrays.sort(nanos);
            assertTrue(nanos[25] < 5_000_000, "took " + nanos[25] / 1000 + " µs");
            assertTrue(first.isValid(1));
        }
    }

    @Test
    void theLastToCloseClosesTheClient() throws Exception {
        long clients = clients();
        Connection first = Live.connect(redis.url());
        Connection second = Live.connect(redis.url());
        first.close();
        first.close();
        assertEquals(List.of("7"), Live.rows(second, "SELECT v FROM item WHERE id = 7"));
        assertTrue(threads() > 0);
        second.abort(Runnable::run);
        awaitClients(clients);
        assertEquals(0, threads());
    }

    @Test
    void aHundredAtOnceShareOne() throws Exception {
        long clients = clients();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            List<Callable<Connection>> opening = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                opening.add(() -> Live.connect(redis.url()));
            }
            List<Future<Connection>> opened = threads.invokeAll(opening);
            assertEquals(1, threads());
            for (Future<Connection> connection : opened) {
                connection.get().close();
            }
        } finally {
            threads.shutdownNow();
        }
        awaitClients(clients);
        assertEquals(0, threads());
    }

    @Test
    void whatDiffersIsKeptApart() throws Exception {
        redis.exec("ACL", "SETUSER", "reader", "on", ">right", "~*", "+@all");
        Path model = folder.resolve("model.json");
        Files.writeString(
                model, Live.model("{name:'a', type:'hash', key:'item:{id}'}").substring("inline:".length()));
        String withModel = redis.url() + "?model=" + model;
        try (Connection plain = Live.connect(redis.url());
                Connection reader = Live.connect(redis.url().replace("//", "//reader:right@"));
                Connection before = Live.connect(withModel)) {
            assertEquals("reader", reader.getMetaData().getUserName());
            assertEquals("default", plain.getMetaData().getUserName());
            SQLException refused = assertThrows(
                    SQLException.class, () -> Live.connect(redis.url().replace("//", "//reader:wrong@")));
            assertEquals("28000", refused.getSQLState());
            Files.writeString(
                    model,
                    Live.model("{name:'b', type:'hash', key:'item:{id}'}").substring("inline:".length()));
            try (Connection after = Live.connect(withModel)) {
                assertEquals(List.of("20"), Live.rows(after, "SELECT COUNT(*) FROM b"));
            }
            assertEquals(List.of("20"), Live.rows(before, "SELECT COUNT(*) FROM a"));
            assertEquals(List.of("default", "reader"), users());
        }
    }

    private static List<String> users() {
        return String.valueOf(redis.exec("CLIENT", "LIST"))
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .filter(word -> word.startsWith("user="))
                .map(word -> word.substring("user=".length()))
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void refreshServesAll() throws Exception {
        try (Connection first = Live.connect(redis.url());
                Connection second = Live.connect(redis.url())) {
            assertEquals(List.of("20"), Live.rows(first, "SELECT COUNT(*) FROM item"));
            redis.exec("SET", "late:1", "x");
            assertEquals(
                    "42S02",
                    assertThrows(SQLException.class, () -> Live.rows(second, "SELECT * FROM late"))
                            .getSQLState());
            assertEquals(List.of("x"), lateForANewConnection());
            redis.exec("HSET", "item:1", "w", "new");
            Live.rows(first, "CALL redis_refresh()");
            assertEquals(List.of("new"), Live.rows(second, "SELECT w FROM item WHERE id = 1"));
            assertEquals(List.of("x"), Live.rows(second, "SELECT value FROM late"));
        }
    }

    private static List<String> lateForANewConnection() throws SQLException {
        try (Connection third = Live.connect(redis.url())) {
            return Live.rows(third, "SELECT value FROM late");
        }
    }

    @Test
    void aServerThatIsGoneIsNoticedByWhoeverJoins() throws Exception {
        try (Connection first = Live.connect(redis.url())) {
            redis.kill();
            SQLException gone = assertThrows(SQLException.class, () -> Live.connect(redis.url()));
            assertEquals("08001", gone.getSQLState(), gone.getMessage());
            redis.restart();
            redis.exec("HSET", "item:1", "v", "1");
            try (Connection second = Live.connect(redis.url())) {
                assertEquals(List.of("1"), Live.rows(second, "SELECT v FROM item"));
            }
            assertTrue(first.isValid(1));
        }
        assertEquals(0, threads());
    }
}
