package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.RedisWriteException;
import io.rediscalcite.testing.ClusterSlots;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a cluster refuses only for the moment are written all the same. */
class WriteRetriesTest {
    private static final String HASH =
            "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'a'}]}";

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    private final ClusterSlots slots = new ClusterSlots(cluster);

    @BeforeEach
    void empty() {
        cluster.flush();
    }

    private static Object slot(String key) {
        return cluster.exec("CLUSTER", "KEYSLOT", key);
    }

    private void endMove(String key, int from, int to) {
        slots.moveKeys(key, from, to, Integer.MAX_VALUE);
        slots.assign(key, to);
        slots.close(key, from, to);
    }

    private static long[] insert(LiveTables tables, String mode, int from, int to) throws SQLException {
        try (PreparedStatement statement = tables.connection()
                .prepareStatement("INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO h (id, a) VALUES (?, ?)")) {
            for (int i = from; i < to; i++) {
                statement.setLong(1, i);
                statement.setString(2, "v" + i);
                statement.addBatch();
            }
            return statement.executeLargeBatch();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "merge"})
    void newKeysOfASlotThatMovesGoToItsNewOwner(String mode) throws SQLException {
        int from = slots.owner("h:1");
        int to = slots.otherThan(from);
        try (LiveTables tables = LiveTables.open(cluster, "", HASH)) {
            slots.open("h:1", from, to);
            try {
                assertEquals(100, Arrays.stream(insert(tables, mode, 0, 100)).sum());
                assertEquals(0L, cluster.node(from).exec("CLUSTER", "COUNTKEYSINSLOT", slot("h:1")));
                assertEquals(1L, cluster.node(to).exec("CLUSTER", "COUNTKEYSINSLOT", slot("h:1")));
            } finally {
                endMove("h:1", from, to);
            }
            assertEquals(100, Arrays.stream(insert(tables, mode, 100, 200)).sum());
            cluster.exec("DEL", "h:1");
            assertEquals(1, Arrays.stream(insert(tables, mode, 1, 2)).sum());
            assertEquals("v1", cluster.exec("HGET", "h:1", "a"));
        }
    }

    @Test
    void rowsAreSentAgainOnlyAsOftenAsIsAskedFor() throws SQLException {
        int from = slots.owner("h:1");
        int to = slots.otherThan(from);
        try (LiveTables tables = LiveTables.open(cluster, "writeRetries=0", HASH)) {
            slots.open("h:1", from, to);
            endMove("h:1", from, to);
            RedisWriteException thrown = assertThrows(RedisWriteException.class, () -> insert(tables, "error", 0, 100));
            assertEquals(List.of("h:1"), thrown.failedKeys());
            assertEquals(99, thrown.succeededCount());
            assertTrue(thrown.errors().get("h:1").contains("MOVED"), thrown.getMessage());
        }
    }

    /** No slot is served for a while: the rows wait. */
    @Test
    void rowsWaitForAClusterThatIsDown() throws Exception {
        int owner = slots.owner("h:1");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (LiveTables tables = LiveTables.open(cluster, "writeRetries=100", HASH)) {
            cluster.node(owner).exec("CONFIG", "RESETSTAT");
            cluster.node(owner).exec("CLUSTER", "DELSLOTS", slot("h:1"));
            Future<long[]> insert = thread.submit(() -> insert(tables, "error", 0, 100));
            while (!isRefusing(owner)) {
                assertTrue(!insert.isDone(), "it ended though a slot isn't served");
            }
            cluster.node(owner).exec("CLUSTER", "ADDSLOTS", slot("h:1"));
            assertEquals(100, Arrays.stream(insert.get()).sum());
        } finally {
            thread.shutdown();
        }
    }

    private static boolean isRefusing(int port) {
        return String.valueOf(cluster.node(port).exec("INFO", "errorstats")).contains("errorstat_CLUSTERDOWN");
    }

    @Test
    void aLargeBatchIsWrittenWhileSlotsMove() throws Exception {
        int rows = 20_000;
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (LiveTables tables = LiveTables.open(cluster, "", HASH)) {
            Future<long[]> insert = thread.submit(() -> insert(tables, "error", 0, rows));
            for (int i = 0; !insert.isDone(); i++) {
                String key = "h:" + i % 20;
                int from = slots.owner(key);
                slots.open(key, from, slots.otherThan(from));
                endMove(key, from, slots.otherThan(from));
            }
            long[] ones = new long[rows];
            Arrays.fill(ones, 1);
            assertEquals(Arrays.toString(ones), Arrays.toString(insert.get()));
            for (int i = 0; i < 20; i++) {
                assertEquals("v" + i, cluster.exec("HGET", "h:" + i, "a"));
            }
        } finally {
            thread.shutdown();
        }
    }
}
