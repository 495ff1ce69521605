package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.ClusterSlots;
import io.rediscalcite.testing.ClusterSlots.State;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster hands slots from master to master while it is read: every key is there once, wherever it is. */
class MovingSlotsTest {
    private static final int PLANES = 2000;
    private static final int MEMBERS = 5000;
    private static final int KEYS = PLANES + 101;
    private static final int SLOT_OF_X = 16287;

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().cluster();

    private static final ClusterSlots slots = new ClusterSlots(redis);
    private static Connection connection;

    /** Keys {@code item:{x}1} and so on are all in one slot, as are the numbers. */
    @BeforeAll
    static void load() throws Exception {
        for (int i = 1; i <= PLANES; i++) {
            redis.exec("HSET", "plane:" + i, "engines", i % 4, "owner", i % 7);
        }
        for (int i = 1; i <= 100; i++) {
            redis.exec("HSET", "item:{x}" + i, "v", i, "w", i * i);
        }
        for (int i = 0; i < MEMBERS; i += 100) {
            Object[] words = new Object[102];
            words[0] = "SADD";
            words[1] = "numbers:{x}";
            for (int j = 0; j < 100; j++) {
                words[j + 2] = i + j;
            }
            redis.exec(words);
        }
        connection = connect("");
    }

    private static Connection connect(String options) throws Exception {
        return Live.withTables(
                redis,
                options,
                "{name:'plane', type:'hash', key:'plane:{id}', columns:[{name:'id', type:'BIGINT'},"
                        + " {name:'engines', type:'BIGINT'}]}",
                "{name:'item', type:'hash', key:'item:{id}', columns:[{name:'v', type:'BIGINT'},"
                        + " {name:'w', type:'BIGINT'}], systemColumns:['_slot']}",
                "{name:'numbers', type:'set', key:'numbers:{id}'}");
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    /** Or what is missing in a table is no fault of the reader's. */
    @AfterEach
    void theClusterHasAllKeys() {
        assertEquals(KEYS, slots.keys());
    }

    /** Each row as {@code a|b}, and that none comes twice. */
    private static Set<String> distinct(List<String> rows) {
        Set<String> distinct = new HashSet<>(rows);
        assertEquals(rows.size(), distinct.size());
        return distinct;
    }

    private static Set<String> items(IntStream numbers) {
        return numbers.mapToObj(i -> i + "|" + i * i).collect(Collectors.toSet());
    }

    private static String keys(IntStream numbers) {
        return numbers.mapToObj(i -> "'item:{x}" + i + "'").collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void answersAreRightInEachStateOfASlot(State state) throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        Live.rows(connection, "SELECT v FROM item WHERE _key = 'item:{x}1'");
        try {
            slots.bring("{x}", from, to, state);
            IntStream.of(1, 50, 100).forEach(i -> lookUp(i));
            assertEquals(List.of(), Live.rows(connection, "SELECT v FROM item WHERE _key = 'item:{x}0'"));
            assertEquals(List.of(), Live.rows(connection, "SELECT _key FROM item WHERE _key = 'item:{x}0'"));
            assertEquals(
                    items(IntStream.rangeClosed(1, 60)),
                    distinct(Live.rows(
                            connection,
                            "SELECT v, w FROM item WHERE _key IN (" + keys(IntStream.rangeClosed(-9, 60)) + ")")));
            assertEquals(
                    items(IntStream.rangeClosed(1, 100)), distinct(Live.rows(connection, "SELECT v, w FROM item")));
            assertEquals(
                    List.of("100|5050"),
                    Live.rows(connection, "SELECT COUNT(*), SUM(v) FROM item WHERE _slot = " + SLOT_OF_X));
            assertEquals(
                    List.of("100|5050"),
                    Live.rows(connection, "SELECT COUNT(*), SUM(i.v) FROM item i JOIN item j ON j._key = i._key"));
            assertEquals(
                    List.of("20|" + IntStream.rangeClosed(1, 20).sum()),
                    Live.rows(
                            connection,
                            "SELECT COUNT(*), SUM(i.v) FROM plane p JOIN item i ON i._key = 'item:{x}' || p.id"
                                    + " WHERE p.id IN (" + numbers(20) + ")"));
            assertEquals(
                    List.of(MEMBERS + "|" + MEMBERS),
                    Live.rows(connection, "SELECT COUNT(*), COUNT(DISTINCT member) FROM numbers"));
            assertEquals(
                    List.of("3"),
                    Live.rows(
                            connection,
                            "SELECT COUNT(*) FROM numbers WHERE id = '{x}' AND member IN ('7', '8', '9', '-1')"));
            assertEquals(List.of("" + PLANES), Live.rows(connection, "SELECT COUNT(*) FROM plane"));
        } finally {
            slots.bring("{x}", from, to, State.CLOSED);
        }
    }

    private static String numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    }

    private static void lookUp(int i) {
        try {
            assertEquals(
                    List.of(i + "|" + i * i + "|null"),
                    Live.rows(connection, "SELECT v, w, _ttl FROM item WHERE _key = 'item:{x}" + i + "'"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A key may move from where its node's scan hasn't come to where the other's has passed. */
    @ParameterizedTest
    @EnumSource(Columns.class)
    void slotsThatMoveDuringAScanLoseAndDoubleNothing(Columns columns) throws Exception {
        try (Connection other = connect("&scanCount=10&batchSize=10");
                Statement statement = other.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + columns.sql + " FROM plane")) {
            List<Integer> found = new ArrayList<>();
            while (result.next()) {
                found.add(result.getInt(1));
                if (found.size() == PLANES / 2) {
                    IntStream.rangeClosed(1, PLANES)
                            .filter(id -> !found.contains(id))
                            .limit(12)
                            .forEach(id -> slots.move("plane:" + id));
                }
            }
            assertEquals(PLANES, found.size());
            assertEquals(PLANES, new HashSet<>(found).size());
        }
    }

    /** The names alone are no other rows than what is read of the keys. */
    @ParameterizedTest
    @ValueSource(strings = {"", "&readFrom=replica"})
    void keysThatWereLeftWithANodeWithoutTheirSlotAreNoRows(String options) throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        String names = "SELECT COUNT(*) FROM item";
        String values = "SELECT COUNT(*) FROM item WHERE v > 0";
        String slot = "SELECT COUNT(*) FROM item WHERE _slot = " + SLOT_OF_X;
        try (Connection other = connect(options)) {
            slots.open("{x}", from, to);
            slots.execAtTaker(to, "HSET", "item:{x}left", "v", 1);
            slots.execAtTaker(to, "HSET", "item:{x}1", "v", 1);
            slots.awaitReplicas();
            for (String sql : List.of(names, values, slot)) {
                assertEquals(List.of("101"), Live.rows(other, sql), sql);
            }
            slots.leaveOpened("{x}", from, to);
            for (String sql : List.of(names, values, slot)) {
                assertEquals(List.of("100"), Live.rows(other, sql), sql);
            }
        } finally {
            slots.open("{x}", from, to);
            slots.execAtTaker(to, "DEL", "item:{x}left");
            slots.execAtTaker(to, "DEL", "item:{x}1");
            slots.leaveOpened("{x}", from, to);
        }
    }

    /** The names of the keys alone, or a command for each. */
    private enum Columns {
        NAMES("id"),
        VALUES("id, engines");

        private final String sql;

        Columns(String sql) {
            this.sql = sql;
        }
    }

    /** A cursor of SSCAN means nothing to another server. */
    @Test
    void aSetThatMovesWhileItIsRead() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT member FROM numbers WHERE id = '{x}'")) {
            List<Integer> found = new ArrayList<>();
            while (result.next()) {
                found.add(result.getInt(1));
                if (found.size() == 150) {
                    slots.move("{x}");
                }
            }
            assertEquals(MEMBERS, found.size());
            assertEquals(MEMBERS, new HashSet<>(found).size());
        }
    }

    @Test
    void whoWasSentElsewhereKnowsTheWay() throws Exception {
        String sql = "SELECT v FROM item WHERE _key = 'item:{x}1'";
        assertEquals(List.of("1"), Live.rows(connection, sql));
        int from = slots.owner("{x}");
        slots.move("{x}");
        assertFalse(readsOf(from, sql).isEmpty());
        assertEquals("", readsOf(from, sql));
    }

    /** The fields read from the node while the statement runs. */
    private static String readsOf(int port, String sql) throws Exception {
        redis.node(port).exec("CONFIG", "RESETSTAT");
        assertEquals(List.of("1"), Live.rows(connection, sql));
        return String.valueOf(redis.node(port).exec("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_hmget"))
                .collect(Collectors.joining());
    }

    /** What a half moved slot costs: the keys that have moved are asked for once more. A refused command counts for none. */
    @Test
    void onlyWhatHasMovedIsAskedForAgain() throws Exception {
        int from = slots.owner("{x}");
        int to = slots.otherThan(from);
        String sql = "SELECT COUNT(*) FROM item WHERE v > 0 AND _key IN (" + keys(IntStream.rangeClosed(1, 100)) + ")";
        assertEquals(List.of("100"), Live.rows(connection, sql));
        try {
            slots.bring("{x}", from, to, State.HALF_MOVED);
            Map<String, Long> commands = new CommandCounter(redis).during(() -> Live.rows(connection, sql));
            long moved = commands.getOrDefault("asking", 0L);
            assertTrue(moved > 0 && moved <= 50, commands.toString());
            assertEquals(100L, commands.get("hmget"), commands.toString());
        } finally {
            slots.bring("{x}", from, to, State.CLOSED);
        }
    }
}
