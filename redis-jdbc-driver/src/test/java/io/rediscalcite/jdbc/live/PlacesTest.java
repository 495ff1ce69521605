package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.testing.RedisServerExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Conditions on {@code _slot} and {@code _node}: only the nodes that have such keys are read, and of them only such keys. */
class PlacesTest {
    private static final int PLANES = 3000;
    /** The first slot of each master, as redis-cli divides them, and the end. */
    private static final int[] BORDERS = {0, 5461, 10922, 16384};

    private static final String TABLES =
            "{name:'plane', type:'hash', key:'plane:{id}', columns:[{name:'id', type:'BIGINT'},"
                    + " {name:'v', type:'BIGINT'}], systemColumns:['_slot', '_node']}";
    private static final String LISTS =
            "{name:'reading', type:'list', key:'reading:{id}', systemColumns:['_slot', '_node']}";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().cluster();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        for (int i = 0; i < PLANES; i++) {
            redis.exec("HSET", "plane:" + i, "v", i);
        }
        for (int i = 0; i < 60; i++) {
            redis.exec("RPUSH", "reading:" + i, i, i + 1, i + 2);
        }
        for (int i = 0; i < 300; i++) {
            redis.exec("HSET", "item:{x}" + i, "v", i);
        }
        connection = Live.withTables(redis, "", TABLES, LISTS);
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    private static int slot(int plane) {
        return RedisClient.slotOf(("plane:" + plane).getBytes(StandardCharsets.UTF_8));
    }

    private static Set<Integer> planes(IntPredicate slots) {
        Set<Integer> planes = new TreeSet<>();
        IntStream.range(0, PLANES).filter(i -> slots.test(slot(i))).forEach(planes::add);
        return planes;
    }

    /** The masters that own a slot which the predicate accepts. */
    private static Set<Integer> owners(IntPredicate slots) {
        Set<Integer> owners = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            if (IntStream.range(BORDERS[i], BORDERS[i + 1]).anyMatch(slots)) {
                owners.add(redis.ports().get(i));
            }
        }
        return owners;
    }

    private interface Work {
        void run() throws Exception;
    }

    /** The masters that {@code work} scans, by how many pages each; a look at the keyspace's size is no part of it. */
    private static Set<Integer> scanned(Work work) throws Exception {
        Set<Integer> scanned = new TreeSet<>();
        masters().forEach(port -> redis.node(port).exec("CONFIG", "RESETSTAT"));
        work.run();
        for (int port : masters()) {
            if (calls(port, "scan") > calls(port, "dbsize")) {
                scanned.add(port);
            }
        }
        return scanned;
    }

    private static List<Integer> masters() {
        return redis.ports().subList(0, 3);
    }

    private static long calls(int port, String command) {
        return String.valueOf(redis.node(port).exec("INFO", "commandstats"))
                .lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .map(line -> line.substring(line.indexOf("calls=") + 6, line.indexOf(',')))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static Set<Integer> ids(Connection connection, String sql, Object... parameters) throws Exception {
        Set<Integer> ids = new TreeSet<>();
        List<String> rows = Live.rows(connection, sql, parameters);
        rows.forEach(row -> ids.add(Integer.valueOf(row.split("\\|")[0])));
        assertEquals(rows.size(), ids.size(), sql);
        return ids;
    }

    private record Case(String sql, IntPredicate slots) {}

    private static Case random(Random random, int depth) {
        int a = random.nextInt(-10, 16400);
        int b = random.nextBoolean() ? a + random.nextInt(200) : random.nextInt(16400);
        int plane = slot(random.nextInt(PLANES));
        if (depth > 0 && random.nextInt(3) == 0) {
            Case left = random(random, depth - 1);
            Case right = random(random, depth - 1);
            return random.nextBoolean()
                    ? new Case("(" + left.sql + " OR " + right.sql + ")", left.slots.or(right.slots))
                    : new Case("(" + left.sql + " AND " + right.sql + ")", left.slots.and(right.slots));
        }
        return switch (random.nextInt(9)) {
            case 0 -> new Case("_slot = " + plane, s -> s == plane);
            case 1 -> new Case("_slot IN (" + plane + ", " + a + ", " + b + ")", s -> s == plane || s == a || s == b);
            case 2 -> new Case("_slot < " + a, s -> s < a);
            case 3 -> new Case("_slot <= " + a, s -> s <= a);
            case 4 -> new Case(a + " < _slot", s -> s > a);
            case 5 -> new Case("_slot >= " + a, s -> s >= a);
            case 6 -> new Case("_slot BETWEEN " + a + " AND " + b, s -> s >= a && s <= b);
            case 7 -> new Case("(_slot >= " + a + " AND _slot < " + b + " OR _slot IS NULL)", s -> s >= a && s < b);
            default -> new Case("_slot <> " + plane, s -> s != plane);
        };
    }

    @Test
    void randomConditionsReadTheirSlotsOnTheirNodes() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 80; i++) {
            Case one = random(random, 2);
            String columns = random.nextBoolean() ? "id" : "id, v";
            String sql = "SELECT " + columns + " FROM plane WHERE " + one.sql;
            Set<Integer> found = new TreeSet<>();
            Set<Integer> scanned = scanned(() -> found.addAll(ids(connection, sql)));
            assertEquals(planes(one.slots), found, sql);
            assertEquals(owners(one.slots), scanned, sql);
        }
    }

    @Test
    void parametersAndJoinsNarrowToo() throws Exception {
        int slot = slot(7);
        assertEquals(planes(s -> s == slot), ids(connection, "SELECT id FROM plane WHERE _slot = ?", slot));
        assertEquals(
                planes(s -> s > slot && s < 9000),
                ids(connection, "SELECT id FROM plane WHERE _slot > ? AND _slot < ?", slot, 9000));
        assertEquals(
                planes(s -> s < 3000 && s % 2 == 0),
                ids(connection, "SELECT id, v FROM plane WHERE _slot < 3000 AND MOD(_slot, 2) = 0"));
        assertEquals(
                planes(s -> s < 8000),
                ids(connection, "SELECT p.id FROM plane p JOIN plane q ON q._key = p._key WHERE q._slot < 8000"));
        assertEquals(
                List.of("" + planes(s -> s < 8000).size()),
                Live.rows(
                        connection,
                        "SELECT COUNT(*) FROM plane p LEFT JOIN plane q ON q._key = p._key AND q._slot < 8000"
                                + " WHERE q._slot IS NOT NULL"));
    }

    /** As Spark divides a table by {@code partitionColumn}. */
    @Test
    void partitionsTogetherAreTheTable() throws Exception {
        List<Integer> all = new ArrayList<>();
        int rows = 0;
        for (int partition = 0; partition < 4; partition++) {
            int from = partition * 4096;
            int to = from + 4096;
            String where = partition == 0
                    ? "\"_slot\" < 4096 or \"_slot\" is null"
                    : partition == 3 ? "\"_slot\" >= 12288" : "\"_slot\" >= " + from + " AND \"_slot\" < " + to;
            Set<Integer> found = new TreeSet<>();
            Set<Integer> scanned =
                    scanned(() -> found.addAll(ids(connection, "SELECT id, v FROM plane WHERE " + where)));
            assertEquals(owners(slot -> slot >= from && slot < to), scanned, where);
            all.addAll(found);
            rows += Live.rows(connection, "SELECT id, \"position\" FROM reading WHERE " + where)
                    .size();
        }
        assertEquals(PLANES, all.size());
        assertEquals(PLANES, new HashSet<>(all).size());
        assertEquals(180, rows);
    }

    /** A partition walks over its own keys alone: all partitions together cost one scan. */
    @Test
    void aPartOfANodesSlotsIsAPartOfItsScan() throws Exception {
        try (Connection small = Live.withTables(redis, "&scanCount=10", TABLES)) {
            String count = "SELECT COUNT(*) FROM plane WHERE ";
            long whole = pages(() -> Live.rows(small, count + "_slot >= 0 AND _slot < 5461"));
            long part = pages(() -> Live.rows(small, count + "_slot >= 2000 AND _slot < 2546"));
            assertTrue(part * 6 < whole, part + " of " + whole);
        }
    }

    @Test
    void aSlotThatTakesSeveralPagesIsReadToItsEnd() throws Exception {
        String table = "{name:'item', type:'hash', key:'item:{id}', systemColumns:['_slot']}";
        int slot = RedisClient.slotOf("x".getBytes(StandardCharsets.UTF_8));
        try (Connection small = Live.withTables(redis, "&scanCount=10", table)) {
            assertEquals(
                    List.of("300|" + slot + "|" + slot),
                    Live.rows(small, "SELECT COUNT(DISTINCT _key), MIN(_slot), MAX(_slot) FROM item"));
            for (String where : List.of("= " + slot, ">= " + slot, "BETWEEN 16000 AND " + slot)) {
                assertEquals(List.of("300"), Live.rows(small, "SELECT COUNT(*) FROM item WHERE _slot " + where));
            }
            assertEquals(List.of("0"), Live.rows(small, "SELECT COUNT(*) FROM item WHERE _slot > " + slot));
            assertEquals(List.of("0"), Live.rows(small, "SELECT COUNT(*) FROM item WHERE _slot < " + slot));
        }
    }

    private static long pages(Work work) throws Exception {
        int port = redis.port();
        redis.node(port).exec("CONFIG", "RESETSTAT");
        work.run();
        return calls(port, "scan") - calls(port, "dbsize");
    }

    @Test
    void keysThatStayAreThereOnceWhileTheirSlotsGrowAndShrink() throws Exception {
        Random random = new Random(7);
        try (Connection small = Live.withTables(redis, "&scanCount=10&batchSize=10", TABLES);
                PreparedStatement query = small.prepareStatement("SELECT id FROM plane WHERE _slot BETWEEN ? AND ?")) {
            for (int run = 0; run < 20; run++) {
                int from = random.nextInt(16000);
                int to = from + 1 + random.nextInt(4000);
                query.setInt(1, from);
                query.setInt(2, to);
                Set<Integer> found = new TreeSet<>();
                boolean grows = run % 2 == 0;
                try (ResultSet result = query.executeQuery()) {
                    for (int row = 0; result.next(); row++) {
                        int id = result.getInt(1);
                        assertTrue(id >= PLANES || found.add(id), "plane " + id + " twice");
                        if (row == 20) {
                            others(grows ? "HSET" : "UNLINK");
                        }
                    }
                }
                assertEquals(planes(s -> s >= from && s <= to), found);
            }
        } finally {
            others("UNLINK");
        }
    }

    /** Some hundreds of keys into slots that have planes, or out of them. */
    private static void others(String command) {
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 10; j++) {
                Object key = "plane:" + (PLANES + i * 10 + j);
                if (command.equals("HSET")) {
                    redis.exec(command, key, "v", 1);
                } else {
                    redis.exec(command, key);
                }
            }
        }
    }

    @Test
    void aNodeIsReadAlone() throws Exception {
        int port = redis.ports().get(1);
        IntPredicate itsSlots = slot -> slot >= BORDERS[1] && slot < BORDERS[2];
        for (String where : List.of(
                "_node = '127.0.0.1:" + port + "'",
                "_node IN ('127.0.0.1:" + port + "', 'nowhere:1')",
                "_node = '127.0.0.1:" + port + "' AND _slot >= 0")) {
            Set<Integer> found = new TreeSet<>();
            Set<Integer> scanned =
                    scanned(() -> found.addAll(ids(connection, "SELECT id, v FROM plane WHERE " + where)));
            assertEquals(planes(itsSlots), found, where);
            assertEquals(Set.of(port), scanned, where);
        }
        assertEquals(Set.of(), scanned(() -> Live.rows(connection, "SELECT id FROM plane WHERE _node = 'nowhere:1'")));
        assertEquals(
                List.of("127.0.0.1:" + port),
                Live.rows(connection, "SELECT DISTINCT _node FROM plane WHERE _slot BETWEEN 6000 AND 7000"));
    }

    @Test
    void namedKeysOfOtherPlacesAreNotAskedFor() throws Exception {
        int slot = slot(1);
        String sql = "SELECT id, v FROM plane WHERE id IN (1, 2, 3) AND _slot = " + slot;
        Live.Answer answer = Live.ask(redis, connection, sql);
        assertEquals("1|1", answer.rows());
        assertEquals("hmget=1", answer.commands());
        assertEquals(
                "",
                Live.ask(redis, connection, "SELECT id, v FROM plane WHERE id = 1 AND _node = 'nowhere:1'")
                        .commands());
    }

    @Test
    void thePlanNamesTheNodes() throws Exception {
        String first = "127.0.0.1:" + redis.ports().get(0);
        String second = "127.0.0.1:" + redis.ports().get(1);
        assertEquals(
                "SCAN MATCH plane:* TYPE hash; HMGET key v; SLOTS 4096 8191], nodes=[[" + first + ", " + second + "]",
                places("SELECT v FROM plane WHERE _slot >= 4096 AND _slot < 8192"));
        assertEquals(
                "SCAN MATCH plane:* TYPE hash; SLOTS 0 99, 5000], nodes=[[" + first + "]",
                places("SELECT _key FROM plane WHERE _slot < 100 OR _slot = 5000"));
        assertEquals(
                "SCAN MATCH plane:* TYPE hash; NODE " + second + "], nodes=[[" + second + "]",
                places("SELECT _key FROM plane WHERE _node = '" + second + "'"));
        assertEquals("SCAN MATCH plane:* TYPE hash; SLOTS ?0", places("SELECT _key FROM plane WHERE _slot = ?"));
        assertEquals("SCAN MATCH plane:* TYPE hash", places("SELECT _key FROM plane"));
    }

    private static String places(String sql) throws Exception {
        String plan = Live.plan(connection, sql);
        String scan = plan.substring(plan.indexOf("commands=[") + 10).strip();
        return scan.substring(0, scan.lastIndexOf("])"));
    }

    /** Replicas are read, and the node is the master still. */
    @Test
    void aNodeIsTheMasterWhicheverIsRead() throws Exception {
        masters().forEach(port -> redis.node(port).exec("WAIT", 1, 5000));
        try (Connection replicas = Live.withTables(redis, "&readFrom=replica", TABLES)) {
            String node = "127.0.0.1:" + redis.port();
            assertEquals(
                    planes(slot -> slot < BORDERS[1]),
                    ids(replicas, "SELECT id, v FROM plane WHERE _node = '" + node + "'"));
        }
    }
}
