package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.RedisWriteException;
import io.rediscalcite.testing.ClusterSlots;
import io.rediscalcite.testing.RedisServerExtension;
import io.rediscalcite.testing.RespConnection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a server refuses only for the moment are written all the same. */
class WriteRetriesTest {
    private static final String HASH =
            "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'a'}]}";

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    @RegisterExtension
    static final RedisServerExtension alone =
            RedisServerExtension.start().plain().set("busy-reply-threshold", "1");

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
        return insert(tables, mode, from, to, "v");
    }

    /** Each row with the value that begins so and ends in the row's number. */
    private static long[] insert(LiveTables tables, String mode, int from, int to, String value) throws SQLException {
        try (PreparedStatement statement = tables.connection()
                .prepareStatement("INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO h (id, a) VALUES (?, ?)")) {
            for (int i = from; i < to; i++) {
                statement.setLong(1, i);
                statement.setString(2, value + i);
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
            while (!hasRefused(cluster.node(owner), "CLUSTERDOWN")) {
                assertTrue(!insert.isDone(), "it ended though a slot isn't served");
            }
            cluster.node(owner).exec("CLUSTER", "ADDSLOTS", slot("h:1"));
            assertEquals(100, Arrays.stream(insert.get()).sum());
        } finally {
            thread.shutdown();
        }
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

    /** Rows that share a command, of whose keys a part has moved: each of them goes where its key is, or will be. */
    @Test
    void rowsOfAHalfMovedSlotAreWrittenOneByOne() throws SQLException {
        int from = slots.owner("h:{x}");
        int to = slots.otherThan(from);
        for (int i = 0; i < 20; i += 2) {
            cluster.exec("HSET", "h:{x}" + i, "a", "old");
        }
        try (LiveTables tables = LiveTables.open(
                cluster, "", "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id'}, {name:'a'}]}")) {
            slots.open("h:{x}", from, to);
            try {
                slots.moveKeys("h:{x}", from, to, 5);
                cluster.node(from).exec("CONFIG", "RESETSTAT");
                RedisWriteException thrown = assertThrows(RedisWriteException.class, () -> insertTagged(tables, 20));
                assertTrue(hasRefused(cluster.node(from), "TRYAGAIN"));
                assertEquals(10, thrown.succeededCount());
                assertEquals(tagged(0), new TreeSet<>(thrown.failedKeys()));
                assertEquals("23505", thrown.getSQLState());
            } finally {
                endMove("h:{x}", from, to);
            }
            for (int i = 0; i < 20; i++) {
                assertEquals(i % 2 == 0 ? "old" : "new", cluster.exec("HGET", "h:{x}" + i, "a"));
            }
        }
    }

    private static void insertTagged(LiveTables tables, int rows) throws SQLException {
        try (PreparedStatement statement =
                tables.connection().prepareStatement("INSERT INTO h (id, a) VALUES (?, 'new')")) {
            for (int i = 0; i < rows; i++) {
                statement.setString(1, "{x}" + i);
                statement.addBatch();
            }
            statement.executeLargeBatch();
        }
    }

    private static Set<String> tagged(int first) {
        return IntStream.range(0, 10)
                .mapToObj(i -> "h:{x}" + (first + 2 * i))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * A script that runs on and on: the server refuses all, until the script, which may look, sees that it has refused some. Of a
     * pipeline that is longer than what the server reads at once, the first commands are refused, and others are not.
     */
    @ParameterizedTest
    @ValueSource(strings = {"error", "merge"})
    void rowsWaitForAServerThatIsBusy(String mode) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (RespConnection blocker = new RespConnection(alone.port(), null);
                LiveTables tables = LiveTables.open(alone, "writeRetries=100", HASH)) {
            alone.flush();
            alone.exec("SCRIPT", "FLUSH");
            alone.exec("CONFIG", "RESETSTAT");
            Future<Object> script = threads.submit(() -> blocker.exec(
                    "EVAL",
                    "local busy repeat busy = string.match(redis.call('INFO', 'errorstats'), 'errorstat_BUSY:count=(%d+)')"
                            + " until busy and tonumber(busy) > 1 return busy",
                    0));
            while (!isBusy(alone.node(alone.port()))) {
                assertTrue(!script.isDone(), "the script ended before anything was refused");
            }
            assertEquals(
                    2_000,
                    Arrays.stream(insert(tables, mode, 0, 2_000, "v".repeat(400)))
                            .sum());
            assertTrue(Integer.parseInt(String.valueOf(script.get())) > 1);
            assertEquals(2_000L, alone.exec("DBSIZE"));
        } finally {
            threads.shutdown();
        }
    }

    /** It takes another server's data, slowly until it has refused rows: as a replica, but one that takes writes. */
    @Test
    void rowsWaitForAServerThatIsLoading() throws Exception {
        RedisServerExtension source =
                RedisServerExtension.start().plain().set("rdbcompression", "no").set("repl-diskless-sync-delay", "0");
        source.beforeAll(null);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        RespConnection loading = alone.node(alone.port());
        try (LiveTables tables = LiveTables.open(alone, "writeRetries=100", HASH)) {
            for (int i = 0; i < 1_000; i++) {
                source.exec("SET", "s:" + i, "x".repeat(2_000) + i);
            }
            alone.flush();
            loading.exec("CONFIG", "RESETSTAT");
            loading.exec("CONFIG", "SET", "replica-read-only", "no");
            loading.exec("CONFIG", "SET", "loading-process-events-interval-bytes", 1024);
            loading.exec("CONFIG", "SET", "key-load-delay", 50_000);
            loading.exec("REPLICAOF", "127.0.0.1", source.port());
            awaitPersistence(loading, "loading:1");
            Future<long[]> insert = thread.submit(() -> insert(tables, "merge", 0, 100));
            while (!hasRefused(loading, "LOADING")) {
                assertTrue(!insert.isDone(), "it ended though the server is loading");
            }
            loading.exec("CONFIG", "SET", "key-load-delay", 0);
            assertEquals(100, Arrays.stream(insert.get()).sum());
            assertEquals("v7", loading.exec("HGET", "h:7", "a"));
        } finally {
            loading.exec("CONFIG", "SET", "key-load-delay", 0);
            awaitPersistence(loading, "loading:0");
            loading.exec("REPLICAOF", "NO", "ONE");
            thread.shutdown();
            source.afterAll(null);
        }
    }

    private static void awaitPersistence(RespConnection server, String fact) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!String.valueOf(server.exec("INFO", "persistence")).contains(fact)) {
            assertTrue(System.nanoTime() - end < 0, "the server doesn't come to " + fact);
        }
    }

    private static boolean isBusy(RespConnection connection) {
        return String.valueOf(connection
                        .pipeline(List.<Object[]>of(new Object[] {"PING"}))
                        .get(0))
                .contains("BUSY");
    }

    private static boolean hasRefused(RespConnection connection, String error) {
        return String.valueOf(connection.exec("INFO", "errorstats")).contains("errorstat_" + error);
    }
}
