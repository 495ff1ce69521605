package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.ClusterSlots;
import io.rediscalcite.testing.ClusterSlots.State;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Replicas are read while their masters hand a slot over: every key is there once, also where a replica lags behind. */
class MovingSlotsReplicasTest {
    private static final int ITEMS = 100;
    private static final int NAMED = 40;
    private static final int MEMBERS = 3000;
    private static final int PLANES = 500;

    /** Which replica doesn't take what its master writes. */
    private enum Lagging {
        NONE,
        OF_GIVER,
        OF_TAKER
    }

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().cluster();

    private static final ClusterSlots slots = new ClusterSlots(redis);
    private static Connection connection;

    /** All keys with {@code {x}} are in one slot. */
    @BeforeAll
    static void load() throws Exception {
        for (int i = 1; i <= PLANES; i++) {
            redis.exec("HSET", "plane:" + i, "v", i);
        }
        for (int i = 1; i <= ITEMS; i++) {
            redis.exec("HSET", "item:{x}" + i, "v", i);
            redis.exec("SET", "word:{x}" + i, i);
            redis.exec("ZADD", "board:{x}" + i, i, "m");
        }
        for (int i = 0; i < MEMBERS; i++) {
            redis.exec("SADD", "numbers:{x}", i);
        }
        slots.awaitReplicas();
        connection = connect("&readFrom=replica");
    }

    private static Connection connect(String options) throws Exception {
        return Live.withTables(
                redis,
                options,
                "{name:'plane', type:'hash', key:'plane:{id}', columns:[{name:'v', type:'BIGINT'}]}",
                "{name:'item', type:'hash', key:'item:{id}', columns:[{name:'v', type:'BIGINT'}, {name:'none'}]}",
                "{name:'word', type:'string', key:'word:{id}', valueType:'BIGINT'}",
                "{name:'board', type:'zset', key:'board:{id}'}",
                "{name:'numbers', type:'set', key:'numbers:{id}'}");
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @AfterEach
    void theClusterHasAllKeys() {
        assertEquals(PLANES + 3 * ITEMS + 1, slots.keys());
    }

    private static String keys(String table) {
        return IntStream.rangeClosed(-9, NAMED)
                .mapToObj(i -> "'" + table + ":{x}" + i + "'")
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void answersAreRightInEachStateOfASlot(State state) throws Exception {
        answersAreRight(state, Lagging.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "OF_GIVER, HALF_MOVED", "OF_GIVER, TAKEN", "OF_GIVER, CLOSED",
        "OF_TAKER, HALF_MOVED", "OF_TAKER, TAKEN", "OF_TAKER, CLOSED"
    })
    void answersAreRightWhereAReplicaLags(Lagging lagging, State state) throws Exception {
        answersAreRight(state, lagging);
    }

    private static void answersAreRight(State state, Lagging lagging) throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        int late = slots.replicaOf(lagging == Lagging.OF_GIVER ? from : to);
        // A connection that knows how things were.
        assertEquals(List.of("1"), Live.rows(connection, "SELECT v FROM item WHERE _key = 'item:{x}1'"));
        try {
            if (lagging != Lagging.NONE) {
                redis.node(late).exec("CLIENT", "PAUSE", 600_000, "WRITE");
            }
            slots.bring("{x}", from, to, state);
            if (lagging == Lagging.NONE) {
                slots.awaitReplicas();
            }
            lookUpsAreRight();
            scansAreRight();
        } finally {
            redis.node(late).exec("CLIENT", "UNPAUSE");
            slots.bring("{x}", from, to, State.CLOSED);
            slots.awaitReplicas();
        }
    }

    private static void lookUpsAreRight() throws Exception {
        String all = NAMED + "|" + NAMED * (NAMED + 1) / 2;
        for (int i : List.of(1, 50, ITEMS)) {
            assertNamed(i + "|null", "SELECT v, _ttl FROM item WHERE _key = 'item:{x}" + i + "'");
        }
        assertEquals(List.of(), Live.rows(connection, "SELECT v FROM item WHERE _key = 'item:{x}0'"));
        assertNamed(all, "SELECT COUNT(*), SUM(v) FROM item WHERE _key IN (" + keys("item") + ")");
        assertNamed("" + NAMED, "SELECT COUNT(*) FROM item WHERE _key IN (" + keys("item") + ")");
        assertNamed("" + NAMED, "SELECT COUNT(*) FROM item WHERE none IS NULL AND _key IN (" + keys("item") + ")");
        assertNamed(all, "SELECT COUNT(*), SUM(\"value\") FROM word WHERE _key IN (" + keys("word") + ")");
        assertNamed(
                all, "SELECT COUNT(*), CAST(SUM(score) AS BIGINT) FROM board WHERE _key IN (" + keys("board") + ")");
        assertNamed("10", "SELECT COUNT(*) FROM board WHERE score > 30 AND _key IN (" + keys("board") + ")");
        assertNamed(MEMBERS + "|" + MEMBERS, "SELECT COUNT(*), COUNT(DISTINCT member) FROM numbers WHERE id = '{x}'");
        assertNamed("2", "SELECT COUNT(*) FROM numbers WHERE id = '{x}' AND member IN ('7', '8', '-1')");
        assertNamed(
                all,
                "SELECT COUNT(*), SUM(i.v) FROM word w JOIN item i ON i._key = 'item:{x}' || w.\"value\" WHERE w._key IN ("
                        + keys("word") + ")");
    }

    private static void scansAreRight() throws Exception {
        String all = ITEMS + "|" + ITEMS * (ITEMS + 1) / 2;
        assertRows(ITEMS + "|" + ITEMS, "SELECT COUNT(*), COUNT(DISTINCT _key) FROM item");
        assertRows(all, "SELECT COUNT(*), SUM(v) FROM item WHERE v > 0");
        assertRows("" + ITEMS, "SELECT COUNT(*) FROM item WHERE none IS NULL");
        assertRows(all, "SELECT COUNT(*), SUM(\"value\") FROM word");
        assertRows("50", "SELECT COUNT(*) FROM board WHERE score > 50");
        assertRows(MEMBERS + "|" + MEMBERS, "SELECT COUNT(*), COUNT(DISTINCT member) FROM numbers");
        assertRows("" + PLANES, "SELECT COUNT(*) FROM plane");
    }

    private static void assertNamed(String row, String sql) throws Exception {
        assertFalse(Live.scans(connection, sql).contains("SCAN MATCH"), sql);
        assertRows(row, sql);
    }

    private static void assertRows(String row, String sql) throws Exception {
        assertEquals(List.of(row), Live.rows(connection, sql), sql);
    }

    /** What it costs: nothing where one reply tells of the key, an EXISTS behind a page of a collection. */
    @Test
    void mastersAreAskedForWhatTheirReplicasDoNotHave() throws Exception {
        redis.exec("SET", "word:{x}-", "not in the replica");
        redis.exec("DEL", "word:{x}-");
        slots.awaitReplicas();
        String sums = "SELECT COUNT(*), SUM(v) FROM plane WHERE v > 0";
        assertEquals(Map.of("hmget", (long) PLANES), reads(false, sums));
        assertEquals(Map.of(), reads(true, sums));
        String found = "SELECT v FROM item WHERE _key IN ('item:{x}1', 'item:{x}2')";
        assertEquals(Map.of("hmget", 2L), reads(false, found));
        assertEquals(Map.of(), reads(true, found));
        String lost = "SELECT v FROM item WHERE _key IN ('item:{x}1', 'item:{x}0')";
        assertEquals(Map.of("hmget", 2L, "type", 1L), reads(false, lost));
        assertEquals(Map.of("hmget", 1L, "type", 1L), reads(true, lost));
        String member = "SELECT member FROM numbers WHERE id = '{x}' AND member IN ('7', '-1')";
        assertEquals(Map.of("smismember", 1L, "exists", 1L), reads(false, member));
        assertEquals(Map.of(), reads(true, member));
    }

    /** The commands that read keys, at the masters or at their replicas, while the statement runs. */
    private static Map<String, Long> reads(boolean masters, String sql) throws Exception {
        Live.rows(connection, sql);
        redis.ports().forEach(port -> redis.node(port).exec("CONFIG", "RESETSTAT"));
        Live.rows(connection, sql);
        Map<String, Long> reads = new TreeMap<>();
        for (int port : masters ? redis.ports().subList(0, 3) : redis.ports().subList(3, 6)) {
            String.valueOf(redis.node(port).exec("INFO", "commandstats"))
                    .lines()
                    .filter(line -> line.matches("cmdstat_(hmget|get|type|exists|smismember|sscan):.*"))
                    .forEach(line -> reads.merge(
                            line.substring("cmdstat_".length(), line.indexOf(':')),
                            Long.valueOf(line.substring(line.indexOf("calls=") + 6, line.indexOf(','))),
                            Long::sum));
        }
        return reads;
    }

    /** Its keys are gone from the replica that is read, and the slot isn't: no member is missed, and none comes twice. */
    @Test
    void aSetThatMovesWhileItIsRead() throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT member FROM numbers WHERE id = '{x}'")) {
            List<String> found = new ArrayList<>();
            while (result.next()) {
                found.add(result.getString(1));
                if (found.size() == 150) {
                    slots.bring("{x}", from, to, State.ALL_MOVED);
                    slots.awaitReplicas();
                }
            }
            assertEquals(MEMBERS, found.size());
            assertEquals(MEMBERS, new HashSet<>(found).size());
        } finally {
            slots.bring("{x}", from, to, State.CLOSED);
            slots.awaitReplicas();
        }
    }

    /** The taker's replica gets nothing, and the giver's loses all: as a replica alone has it, the keys are nowhere. */
    @Test
    void aSlotThatMovesWhileItIsScanned() throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        int late = slots.replicaOf(to);
        try (Connection few = connect("&readFrom=replica&scanCount=10&batchSize=10");
                Statement statement = few.createStatement();
                ResultSet result = statement.executeQuery("SELECT _key FROM item")) {
            assertTrue(result.next());
            List<String> found = new ArrayList<>(List.of(result.getString(1)));
            redis.node(late).exec("CLIENT", "PAUSE", 600_000, "WRITE");
            slots.bring("{x}", from, to, State.ALL_MOVED);
            redis.node(from).exec("WAIT", 1, 30_000);
            while (result.next()) {
                found.add(result.getString(1));
            }
            assertEquals(ITEMS, found.size());
            assertEquals(ITEMS, new HashSet<>(found).size());
        } finally {
            redis.node(late).exec("CLIENT", "UNPAUSE");
            slots.bring("{x}", from, to, State.CLOSED);
            slots.awaitReplicas();
        }
    }
}
