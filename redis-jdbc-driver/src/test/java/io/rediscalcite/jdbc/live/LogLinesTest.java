package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.event.Level;

/** What is logged of each statement, and what is counted under JMX. */
@Timeout(120)
class LogLinesTest {
    private static final String LOGGER = " io.rediscalcite.sql ";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @BeforeEach
    void load() {
        redis.flush();
        for (int i = 1; i <= 20; i++) {
            redis.exec("HSET", "item:" + i, "v", i, "name", "n" + i);
        }
    }

    /** Lines of the driver's logger, without what differs from run to run: ids and milliseconds. */
    private static List<String> lines(Level level, String url) throws Exception {
        ChildJvm.Ended ended = ChildJvm.run(List.of(PrintedLogs.option(level)), Program.class, url);
        assertEquals(0, ended.exitCode(), ended.output());
        List<String> lines = new ArrayList<>();
        for (String line : ended.output().lines().toList()) {
            assertTrue(line.contains(" query ") || !line.contains(LOGGER), line);
            if (line.contains(LOGGER)) {
                lines.add(
                        line.replace(LOGGER, " ").replaceAll("\\d+ ms$", "? ms").replaceAll("query \\d+", "query"));
            }
        }
        return lines;
    }

    /** Statements of each kind; the first again, so that its second run only does its own work. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (Connection connection = Live.connect(args[0]);
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 2; i++) {
                    try (ResultSet result =
                            statement.executeQuery("SELECT v, name FROM item WHERE id IN (1, 2, 3, 777)")) {
                        Live.rows(result);
                    }
                }
                assertThrows(SQLException.class, () -> statement.executeQuery("SELECT 'hidden' FROM nowhere"));
                statement.executeUpdate(
                        "INSERT /*+ ON_CONFLICT('replace') */ INTO item (id, name) VALUES (101, 'hidden'), (102,"
                                + " 'hidden')");
                try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT /*+ ON_CONFLICT('replace') */ INTO item (id, name) VALUES (?, 'hidden')")) {
                    for (int id = 201; id <= 205; id++) {
                        insert.setInt(1, id);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                try (ResultSet abandoned = statement.executeQuery("SELECT id FROM item")) {
                    abandoned.next();
                }
            }
        }
    }

    @Test
    void atDebugEachStatementHasItsTextAndItsOutcome() throws Exception {
        List<String> lines = lines(Level.DEBUG, redis.url());
        String query = "DEBUG query: SELECT v, name FROM item WHERE id IN (1, 2, 3, 777)";
        String insert = "DEBUG query: INSERT /*+ ON_CONFLICT('replace') */ INTO item (id, name) VALUES (?, 'hidden')";
        assertEquals(query, lines.get(0));
        assertTrue(lines.get(1).matches("DEBUG query: 3 rows, \\d+ commands, 4 keys, \\? ms"), lines.get(1));
        assertEquals(
                List.of(
                        query,
                        "DEBUG query: 3 rows, 5 commands, 4 keys, ? ms",
                        "DEBUG query: SELECT 'hidden' FROM nowhere",
                        "DEBUG query: SQLState 42S02, 0 commands, 0 keys, ? ms",
                        "DEBUG query: INSERT /*+ ON_CONFLICT('replace') */ INTO item (id, name) VALUES (101,"
                                + " 'hidden'), (102, 'hidden')",
                        "DEBUG query: 2 rows, 3 commands, 2 keys, ? ms",
                        insert,
                        "DEBUG query: prepared, 0 commands, 0 keys, ? ms",
                        insert,
                        "DEBUG query: 5 rows, 6 commands, 5 keys, ? ms",
                        "DEBUG query: SELECT id FROM item",
                        // The first plan that depends on how many keys there are asks: DBSIZE, and a page of SCAN.
                        "DEBUG query: 1 rows, 3 commands, 27 keys, ? ms"),
                lines.subList(2, lines.size()));
    }

    @Test
    void atInfoThereIsNothing() throws Exception {
        assertEquals(List.of(), lines(Level.INFO, redis.url()));
    }

    /** The first statement takes far more than a millisecond: it looks for the tables. */
    @Test
    void atInfoSlowStatementsAreLoggedWithoutTheirText() throws Exception {
        List<String> lines = lines(Level.INFO, redis.url() + "?logSlowerThan=1");
        assertTrue(lines.get(0).matches("INFO query was slow: 3 rows, \\d+ commands, 4 keys, \\? ms"), lines.get(0));
        assertFalse(String.join("\n", lines).matches("(?s).*(SELECT|INSERT|hidden|777).*"), lines.toString());
        assertEquals(List.of(), lines(Level.INFO, redis.url() + "?logSlowerThan=3600000"));
    }

    @Test
    void numbersAreUnderJmx() throws Exception {
        // The bean is there from a program's first statement on.
        try (Connection first = Live.connect(redis.url())) {
            Live.rows(first, "SELECT 1");
        }
        int clients = openClients();
        try (Connection connection = Live.connect(redis.url());
                Connection same = Live.connect(redis.url());
                Statement statement = connection.createStatement()) {
            assertEquals(1, openClients() - clients);
            long[] before = numbers();
            Live.rows(same, "SELECT v FROM item WHERE id IN (1, 2, 3)");
            assertThrows(SQLException.class, () -> Live.rows(connection, "SELECT 1 / (v - v) FROM item WHERE id = 1"));
            statement.executeUpdate("INSERT INTO item (id, v) VALUES (101, 1), (102, 2)");
            ResultSet cancelled = statement.executeQuery("SELECT a.v FROM item a, item b, item c, item d, item e");
            statement.cancel();
            assertThrows(SQLException.class, () -> Live.rows(cancelled));
            long[] after = numbers();
            assertEquals(2, after[0] - before[0], "ended");
            assertEquals(2, after[1] - before[1], "failed");
            assertEquals(1, after[2] - before[2], "stopped");
            assertEquals(5, after[3] - before[3], "rows");
            assertTrue(after[4] - before[4] >= 4, "commands");
        }
        assertEquals(clients, openClients());
    }

    private static final List<String> COUNTERS = List.of("Ended", "Failed", "Stopped", "Rows", "Commands");

    private static Object attribute(String name) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("io.rediscalcite:type=Statements"), name);
    }

    private static long[] numbers() throws Exception {
        long[] numbers = new long[COUNTERS.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (long) attribute(COUNTERS.get(i));
        }
        return numbers;
    }

    private static int openClients() throws Exception {
        return (int) attribute("OpenClients");
    }
}
