package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query sees of collections that another client changes between its pages. */
class ConcurrentChangeTest {
    private static final int SIZE = 200_000;
    private static final int CHUNK = 1000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeEach
    void empty() {
        redis.flush();
    }

    /** Sends {@code words} and the items from to to, a thousand a command. */
    private static void each(String words, int from, int to, String format) {
        List<Object[]> commands = new ArrayList<>();
        for (int start = from; start < to; start += CHUNK) {
            List<Object> command = new ArrayList<>(List.of((Object[]) words.split(" ")));
            for (int i = start; i < Math.min(to, start + CHUNK); i++) {
                command.addAll(List.of(
                        (Object[]) format.replace("#", Integer.toString(i)).split(" ")));
            }
            commands.add(command.toArray());
        }
        redis.pipeline(commands);
    }

    private static void single(String format, int from, int to) {
        List<Object[]> commands = new ArrayList<>();
        for (int i = from; i < to; i++) {
            commands.add(format.replace("#", Integer.toString(i)).split(" "));
        }
        redis.pipeline(commands);
    }

    /** How often each value of the first column came, with {@code change} called every 10,000 rows. */
    private static Map<String, Integer> read(LiveTables tables, String sql, IntConsumer change) throws SQLException {
        Map<String, Integer> found = new HashMap<>();
        try (ResultSet result = tables.connection().createStatement().executeQuery(sql)) {
            for (int row = 0; result.next(); row++) {
                if (row % 10_000 == 0) {
                    change.accept(row / 10_000);
                }
                found.merge(result.getString(1), 1, Integer::sum);
            }
        }
        return found;
    }

    private static void assertEachOnce(Map<String, Integer> found, String prefix, int from, int to) {
        for (int i = from; i < to; i++) {
            assertEquals(1, found.getOrDefault(prefix + i, 0), prefix + i);
        }
        assertTrue(found.values().stream().allMatch(times -> times == 1), "something came twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set", "zset"})
    void membersThatStayComeOnceWhileOthersComeAndGo(String type) throws Exception {
        boolean scores = type.equals("zset");
        String add = scores ? "ZADD c:1" : "SADD c:1";
        String remove = scores ? "ZREM c:1" : "SREM c:1";
        String member = scores ? "# " : "";
        each(add, 0, SIZE, member + "stay#");
        try (LiveTables tables = LiveTables.open(redis, "", "{name:'t', type:'" + type + "', key:'c:{id}'}")) {
            Map<String, Integer> found = read(tables, "SELECT member FROM t", step -> {
                // Grows and shrinks by more than half, so that the server's hash table is resized both ways.
                if (step % 4 < 2) {
                    each(add, step * 100_000, (step + 1) * 100_000, member + "guest#");
                } else {
                    each(remove, (step - 2) * 100_000, (step - 1) * 100_000, "guest#");
                }
            });
            assertEachOnce(found, "stay", 0, SIZE);
        }
    }

    @Test
    void entriesThatStayComeOnceWhileAStreamIsTrimmedAndGrows() throws Exception {
        single("XADD c:1 1-# n stay#", 1, 50_001);
        try (LiveTables tables =
                LiveTables.open(redis, "", "{name:'t', type:'stream', key:'c:{id}', columns:[{name:'n'}]}")) {
            Map<String, Integer> found = read(tables, "SELECT n FROM t", step -> {
                redis.exec("XTRIM", "c:1", "MINID", "1-" + (step * 5000 + 1));
                if (step < 3) {
                    single("XADD c:1 2-# n late#", step * 100 + 1, step * 100 + 101);
                }
            });
            assertEachOnce(found, "stay", 30_000, 50_001);
            assertEachOnce(found, "late", 1, 301);
        }
    }

    @Test
    void samplesThatStayComeOnceWhileASeriesGrowsAndLosesSome() throws Exception {
        single("TS.ADD c:1 # #", 1, 50_001);
        try (LiveTables tables = LiveTables.open(redis, "", "{name:'t', type:'timeseries', key:'c:{id}'}")) {
            Map<String, Integer> found = read(tables, "SELECT CAST(value AS INTEGER) FROM t", step -> {
                redis.exec("TS.DEL", "c:1", 1, step * 5000);
                single("TS.ADD c:1 # #", 60_000 + step, 60_001 + step);
            });
            assertEachOnce(found, "", 30_000, 50_001);
        }
    }

    @Test
    void elementsAreReadByPosition() throws Exception {
        each("RPUSH c:1", 0, 100_000, "stay#");
        try (LiveTables tables = LiveTables.open(redis, "", "{name:'t', type:'list', key:'c:{id}'}")) {
            Map<String, Integer> found =
                    read(tables, "SELECT element FROM t", step -> single("RPUSH c:1 late#", step * 10, step * 10 + 10));
            assertEachOnce(found, "stay", 0, 100_000);
            Map<String, Integer> positions =
                    read(tables, "SELECT position FROM t", step -> redis.exec("LPUSH", "c:1", "first" + step));
            assertTrue(positions.values().stream().allMatch(times -> times == 1), "a position came twice");
        }
    }

    @Test
    void aKeyThatGoesOrChangesItsTypeEndsThere() throws Exception {
        for (int key = 0; key < 3; key++) {
            each("RPUSH c:" + key, 0, 50_000, "x#");
        }
        try (LiveTables tables = LiveTables.open(redis, "", "{name:'t', type:'list', key:'c:{id}'}")) {
            Map<String, Integer> found = read(tables, "SELECT id || '/' || position FROM t", step -> {
                if (step == 0) {
                    redis.exec("DEL", "c:1");
                    redis.exec("SET", "c:2", "another type");
                }
            });
            assertEquals(
                    50_000,
                    found.keySet().stream().filter(row -> row.startsWith("0/")).count());
            assertTrue(found.size() < 150_000, "rows of keys that were gone: " + found.size());
        }
    }
}
