package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.rediscalcite.testing.RedisServerExtension;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many threads on a pool, with cancels and timeouts: right rows, and nothing left. {@code -Dsoak.seconds=60} for longer. */
@Timeout(300)
class SoakIT {
    private static final int THREADS = 64;
    private static final int CONNECTIONS = 16;
    private static final int ITEMS = 5000;
    /** Of each thread, however slow the machine: all threads together do each kind of work several times. */
    private static final int LEAST_RUNS = 5;

    private static final int KINDS = 20;
    /** Far less than if each statement of a minute left a kilobyte. */
    private static final long MOST_MORE_BYTES = 8 << 20;

    private static final String ENDLESS = "SELECT COUNT(*) FROM item a, item b, item c WHERE a.v + b.v + c.v < 0";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private final AtomicLong right = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong late = new AtomicLong();

    private static long clients() {
        return String.valueOf(redis.exec("CLIENT", "LIST")).lines().count();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("redis-sql"))
                .count();
    }

    /** Bytes that are used once there is no garbage. */
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private static void awaitClients(long expected) {
        for (int asked = 0; clients() != expected && asked < 1000; asked++) {
            Thread.onSpinWait();
        }
        assertEquals(expected, clients());
    }

    /** A short run first, so that what is made once in a program isn't taken for a leak. */
    @Test
    void sixtyFourThreadsOnSixteenConnections() throws Exception {
        Items.load(redis, ITEMS);
        long clients = clients();
        run(0);
        awaitClients(clients);
        long heap = heap();
        run(Long.getLong("soak.seconds", 5));
        awaitClients(clients);
        assertEquals(0, threads());
        assertTrue(
                right.get() > THREADS && cancelled.get() > 0 && late.get() > 0, right + " " + cancelled + " " + late);
        long more = heap() - heap;
        assertTrue(more < MOST_MORE_BYTES, more + " bytes more than after the first run, on top of " + heap);
    }

    private void run(long seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        ScheduledExecutorService canceller = Executors.newSingleThreadScheduledExecutor();
        try (HikariDataSource pool = HikariIT.pool(redis.url(), CONNECTIONS, 120_000)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                runs.add(threads.submit(() -> {
                    int first = random.nextInt(KINDS);
                    for (int run = 0; run < LEAST_RUNS || System.nanoTime() - end < 0; run++) {
                        try (Connection connection = pool.getConnection()) {
                            one(connection, (first + run) % KINDS, 1 + random.nextInt(ITEMS), canceller);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            assertEquals(0, pool.getHikariPoolMXBean().getActiveConnections());
        } finally {
            threads.shutdownNow();
            canceller.shutdownNow();
        }
    }

    private void one(Connection connection, int kind, int id, ScheduledExecutorService canceller) throws SQLException {
        switch (kind) {
            case 0 -> {
                try (Statement statement = connection.createStatement()) {
                    // Again and again: a cancel that comes before the statement runs is for nothing.
                    Future<?> cancels =
                            canceller.scheduleAtFixedRate(() -> cancel(statement), 50, 50, TimeUnit.MILLISECONDS);
                    assertEquals("57014", failure(statement));
                    cancels.cancel(false);
                    cancelled.incrementAndGet();
                }
            }
            case 1 -> {
                try (Statement statement = connection.createStatement()) {
                    statement.setQueryTimeout(1);
                    assertEquals("HYT00", failure(statement));
                    late.incrementAndGet();
                }
            }
            case 2, 3 ->
                assertRow(connection, "SELECT COUNT(*), SUM(v) FROM item WHERE v <= ?", id, id + "|" + sum(id));
            case 4 -> {
                try (Statement abandoned = connection.createStatement();
                        ResultSet rows = abandoned.executeQuery("SELECT v FROM item")) {
                    assertTrue(rows.next());
                }
            }
            default -> assertRow(connection, "SELECT v, name FROM item WHERE id = ?", id, id + "|n" + id);
        }
    }

    private static long sum(long n) {
        return n * (n + 1) / 2;
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException closed) {
            // It ended before.
            return;
        }
    }

    private static String failure(Statement statement) {
        try (ResultSet rows = statement.executeQuery(ENDLESS)) {
            return "none, " + rows.next();
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private void assertRow(Connection connection, String sql, int parameter, String expected) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                assertTrue(rows.next());
                assertEquals(expected, rows.getString(1) + "|" + rows.getString(2));
            }
        }
        right.incrementAndGet();
    }
}
