package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.testing.RedisServerExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three masters with a replica each, one of which takes its master's place: every key once, or an error that says why not. */
@Timeout(240)
class FailoverTest {
    private static final int ITEMS = 300_000;
    private static final int SECOND_MASTER = 1;
    private static final int ITS_REPLICA = 4;
    private static final String ALL = "SELECT COUNT(*), COUNT(DISTINCT _key), SUM(v) FROM item WHERE v >= 0";
    private static final String ALL_ROWS = ITEMS + "|" + ITEMS + "|" + (ITEMS - 1L) * ITEMS / 2;

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().cluster().set("cluster-node-timeout", "2000");

    @BeforeAll
    static void load() {
        List<List<Object[]>> commands = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < ITEMS; i++) {
            commands.get(master(i)).add(Live.command("HSET", "item:" + i, "v", i));
        }
        for (int i = 0; i < commands.size(); i++) {
            int port = redis.ports().get(i);
            for (Object reply : redis.node(port).pipeline(commands.get(i))) {
                assertEquals(1L, reply);
            }
            assertEquals(1L, redis.node(port).exec("WAIT", 1, 60_000));
        }
    }

    /** The place of the item's master among the ports. */
    private static int master(int item) {
        int slot = RedisClient.slotOf(("item:" + item).getBytes(StandardCharsets.UTF_8));
        return slot < 5461 ? 0 : slot < 10922 ? 1 : 2;
    }

    private static Connection connect(String options) throws SQLException {
        // By the third master, which lives.
        String url = "jdbc:redis-sql://127.0.0.1:" + redis.ports().get(2);
        String model = Live.model("{name:'item', type:'hash', key:'item:{id}', columns:[{name:'id', type:'BIGINT'},"
                + " {name:'v', type:'BIGINT'}]}");
        return Live.connect(url + "?model=" + Live.percent(model) + options);
    }

    @Test
    void aMasterIsLostDuringAScanAndItsReplicaTakesItsPlace() throws Exception {
        int lost = IntStream.range(0, ITEMS)
                .filter(i -> master(i) == SECOND_MASTER)
                .findFirst()
                .orElseThrow();
        String lookup = "SELECT v FROM item WHERE id = " + lost;
        try (Connection masters = connect("");
                Connection replicas = connect("&readFrom=replica");
                Statement statement = masters.createStatement()) {
            assertEquals(List.of(ALL_ROWS), Live.rows(masters, ALL));
            assertEquals(List.of(ALL_ROWS), Live.rows(replicas, ALL));
            assertEquals(List.of("" + lost), Live.rows(masters, lookup));
            try (ResultSet result = statement.executeQuery("SELECT id, v FROM item")) {
                assertTrue(result.next());
                redis.kill(SECOND_MASTER);
                restIsRightOrFails(result);
            }
            rightOrFails(masters, lookup, List.of("" + lost));
            rightOrFails(replicas, lookup, List.of("" + lost));
            awaitFailover();
            // A lookup first, which knows of nothing else but the master that is gone.
            assertEquals(List.of("" + lost), Live.rows(masters, lookup));
            assertEquals(List.of(ALL_ROWS), Live.rows(masters, ALL));
            assertEquals(List.of("" + lost), Live.rows(replicas, lookup));
            assertEquals(List.of(ALL_ROWS), Live.rows(replicas, ALL));
            assertEquals(1, statement.executeUpdate("UPDATE item SET v = v WHERE id = " + lost));
            assertTrue(masters.isValid(5));
        }
    }

    /** The rows behind the first. */
    private static void restIsRightOrFails(ResultSet result) throws SQLException {
        BitSet found = new BitSet(ITEMS);
        try {
            do {
                int id = result.getInt(1);
                assertEquals(id, result.getInt(2));
                assertTrue(!found.get(id), "item " + id + " twice");
                found.set(id);
            } while (result.next());
            assertEquals(ITEMS, found.cardinality());
        } catch (SQLException e) {
            saysWhatHappened(e);
        }
    }

    private static void rightOrFails(Connection connection, String sql, List<String> rows) {
        try {
            assertEquals(rows, Live.rows(connection, sql));
        } catch (SQLException e) {
            saysWhatHappened(e);
        }
    }

    private static void saysWhatHappened(SQLException e) {
        assertTrue(
                List.of("08001", "08006").contains(e.getSQLState())
                        || String.valueOf(e.getMessage()).contains("CLUSTERDOWN"),
                e.getSQLState() + " " + e.getMessage());
        assertTrue(e.getMessage().contains("127.0.0.1:"), e.getMessage());
    }

    /** Until the nodes that live agree that the replica has its master's slots, and serve them. */
    private static void awaitFailover() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!redis.ports().stream()
                .filter(port -> !port.equals(redis.ports().get(SECOND_MASTER)))
                .allMatch(FailoverTest::knowsTheNewMaster)) {
            assertTrue(System.nanoTime() - end < 0, "no replica took the lost master's place");
        }
    }

    private static boolean knowsTheNewMaster(int port) {
        String slots = String.valueOf(redis.node(port).exec("CLUSTER", "SLOTS"));
        boolean taken =
                slots.contains("[5461, 10921, [127.0.0.1, " + redis.ports().get(ITS_REPLICA) + ",");
        return taken && String.valueOf(redis.node(port).exec("CLUSTER", "INFO")).contains("cluster_state:ok");
    }
}
