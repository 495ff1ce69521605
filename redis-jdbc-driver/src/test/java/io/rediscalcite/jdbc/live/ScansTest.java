package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans of many keys: every key once whatever the batches, few commands for few rows, and little memory for a million. */
class ScansTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static final int KEYS = 100_000;

    /** 1,000,000 hashes of 7 fields in database 1, 100,000 small ones in database 0. */
    @BeforeAll
    static void load() {
        redis.exec("SELECT", 1);
        // Made by the server itself, which is quicker than sending them.
        redis.exec(
                "EVAL",
                "for i = 1, 1000000 do redis.call('HSET', 'user:' .. i, 'name', 'n' .. i, 'email', 'n' .. i .. '@x.org',"
                        + " 'age', i % 90, 'score', i / 4, 'city', 'c' .. i % 100, 'active', i % 2, 'created', 1700000000 + i)"
                        + " end",
                0);
        redis.exec("SELECT", 0);
        redis.exec("EVAL", "for i = 1, " + KEYS + " do redis.call('HSET', 'k:' .. i, 'v', i) end", 0);
    }

    @ParameterizedTest(name = "batchSize={0} scanCount={1}")
    @CsvSource({"1000, 1000", "7, 1000", "1000, 37", "99, 101", "1, 2500", "100000, 100000"})
    void everyKeyComesOnce(int batchSize, int scanCount) throws Exception {
        try (Connection connection = Live.connect(redis.url() + "?batchSize=" + batchSize + "&scanCount=" + scanCount);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id, v FROM k")) {
            BitSet seen = new BitSet();
            int rows = 0;
            while (result.next()) {
                rows++;
                int id = result.getInt(1);
                seen.set(id);
                assertEquals(id, result.getInt(2));
            }
            assertEquals(KEYS, rows);
            assertEquals(KEYS, seen.cardinality());
        }
    }

    /** SCAN repeats keys while the server's table shrinks or grows. */
    @Test
    void everyKeyComesOnceWhileTheTableIsRehashed() throws Exception {
        List<Object[]> more = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            more.add(Live.command("SET", "other:" + i, i));
        }
        try (Connection connection = Live.connect(redis.url() + "?scanCount=500");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM k")) {
            BitSet seen = new BitSet();
            int rows = 0;
            while (result.next()) {
                if (rows++ == 5_000) {
                    redis.pipeline(more);
                } else if (rows == 50_000) {
                    redis.exec("EVAL", "for i = 0, 299999 do redis.call('DEL', 'other:' .. i) end", 0);
                }
                seen.set(result.getInt(1));
            }
            assertEquals(KEYS, rows);
            assertEquals(KEYS, seen.cardinality());
        }
    }

    /** MATCH costs the server more than it spares where nearly all keys fit; the names are looked at here in any case. */
    @ParameterizedTest
    @CsvSource({"20000, 1000, 19", "20000, 5000, 0"})
    void matchIsLeftOutWhereItLeavesOutNothing(int keys, int others, int without) throws Exception {
        redis.exec("SELECT", 2);
        redis.exec("FLUSHDB");
        redis.exec("EVAL", "for i = 1, " + keys + " do redis.call('HSET', 'a:' .. i, 'v', i) end", 0);
        redis.exec("EVAL", "for i = 1, " + others + " do redis.call('HSET', 'b:' .. i, 'v', i) end", 0);
        redis.exec("SELECT", 0);
        redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "0", "slowlog-max-len", "100000");
        try (Connection connection = Live.connect(redis.url() + "/2?scanCount=500")) {
            for (String sql : List.of("SELECT COUNT(*) FROM a", "SELECT COUNT(v) FROM a")) {
                List<String> rows = new ArrayList<>();
                List<String> pages = Live.sent(redis, () -> rows.addAll(Live.rows(connection, sql))).stream()
                        .filter(command -> command.startsWith("SCAN") && command.endsWith("TYPE hash"))
                        .toList();
                assertEquals(List.of("" + keys), rows);
                long few =
                        pages.stream().filter(page -> !page.contains("MATCH")).count();
                assertTrue(without == 0 ? few == 0 : few > without, pages.toString());
                assertTrue(
                        pages.stream()
                                        .filter(page -> page.contains("MATCH a:*"))
                                        .count()
                                >= 8,
                        pages.toString());
            }
        } finally {
            redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "10000", "slowlog-max-len", "128");
        }
    }

    /** Names are asked for ahead of whoever reads them, but a few pages only; and none once the result is closed. */
    @Test
    void aReaderThatRestsLetsTheServerRest() throws Exception {
        try (Connection connection = Live.connect(redis.url() + "?scanCount=500&prefetch=3");
                Statement statement = connection.createStatement()) {
            long most;
            try (ResultSet result = statement.executeQuery("SELECT id FROM k")) {
                long planned = scans();
                for (int row = 0; row < 10_000; row++) {
                    assertTrue(result.next());
                }
                // A page is a SCAN, and three probes behind the first eight pages; most of the 20 that have been read
                // were
                // asked for since.
                long read = 4 + 4 * 12;
                for (int i = 0; scans() < planned + read; i++) {
                    assertTrue(i < 100_000, "no more than " + (scans() - planned) + " were sent");
                }
                most = planned + 8 + 4 * (12 + 3 + 2);
                assertRests(most);
                assertTrue(result.next());
            }
            assertEquals(List.of("7"), Live.rows(connection, "SELECT id FROM k WHERE id = 7"));
            assertRests(most + 4);
        }
    }

    /** While the server does thousands of other things, it would do those that it was asked for, too. */
    private static void assertRests(long most) {
        for (int i = 0; i < 3_000; i++) {
            redis.exec("PING");
        }
        assertTrue(scans() <= most, scans() + " instead of " + most);
    }

    private static long scans() {
        return redis.commandStats().get("scan");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            SELECT * FROM "user" LIMIT 10 ~ 10
            SELECT name FROM "user" LIMIT 10 OFFSET 5 ~ 10
            SELECT _key FROM "user" LIMIT 1 ~ 1
            SELECT name, _ttl FROM "user" FETCH FIRST 3 ROWS ONLY ~ 3
            SELECT * FROM (SELECT * FROM "user" LIMIT 10) AS t WHERE id > 0 ~ 10
            """)
    void aLimitStopsReading(String sql, int rows) throws Exception {
        try (Connection connection = Live.connect(redis.url() + "/1")) {
            assertEquals(rows, Live.rows(connection, sql).size());
            Map<String, Long> commands = new CommandCounter(redis).during(() -> Live.rows(connection, sql));
            long sent = commands.values().stream().mapToLong(Long::longValue).sum();
            assertTrue(sent < 30, commands.toString());
        }
    }

    @Test
    void aMillionHashesStreamThroughASmallHeap() throws Exception {
        ChildJvm.Ended ended =
                ChildJvm.run(List.of("-Xmx256m"), ReadAll.class, redis.url() + "/1", "SELECT * FROM \"user\"");
        assertEquals("1000000 rows, 500000500000", ended.output().strip());
        assertEquals(0, ended.exitCode());
    }

    /** Prints how many rows a query has, and the sum of the key part {@code id}. */
    static final class ReadAll {
        private ReadAll() {}

        public static void main(String[] args) throws Exception {
            long rows = 0;
            long sum = 0;
            try (Connection connection = Live.connect(args[0]);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(args[1])) {
                while (result.next()) {
                    rows++;
                    sum += result.getLong("id");
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        result.getObject(i);
                    }
                }
            }
            System.out.println(rows + " rows, " + sum);
        }
    }
}
