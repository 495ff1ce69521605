package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.jdbc.RedisWriteException;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import io.rediscalcite.testing.RespConnection;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a write says of each key is true, whatever goes wrong on the way. */
class WriteFailuresTest {
    private static final String HASH =
            "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'a'}]}";
    private static final int ROWS = 20_000;
    private static final int MANY = 100_000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    @BeforeEach
    void empty() {
        redis.flush();
        cluster.flush();
    }

    /** A batch of INSERTs of the keys h:0 to h:(rows - 1). */
    private static long[] insert(Connection connection, String mode, int rows, String value) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO h (id, a) VALUES (?, ?)")) {
            for (int i = 0; i < rows; i++) {
                statement.setLong(1, i);
                statement.setString(2, value);
                statement.addBatch();
            }
            return statement.executeLargeBatch();
        }
    }

    private static List<String> keys(int rows, int every, boolean those) {
        return IntStream.range(0, rows)
                .filter(i -> (i % every == 0) == those)
                .mapToObj(i -> "h:" + i)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "replace", "merge", "skip"})
    void keysOfAnotherTypeFailAndNoOthers(String mode) throws Exception {
        everyTwentiethFails(redis, mode, mode.equals("error") ? MANY : ROWS);
    }

    @Test
    void keysOfAnotherTypeFailOnAClusterToo() throws Exception {
        everyTwentiethFails(cluster, "error", MANY);
    }

    private static void everyTwentiethFails(RedisServerExtension server, String mode, int rows) throws Exception {
        for (String key : keys(rows, 20, true)) {
            server.exec("SADD", key, "m");
        }
        try (LiveTables tables = LiveTables.open(server, "", HASH)) {
            RedisWriteException thrown =
                    assertThrows(RedisWriteException.class, () -> insert(tables.connection(), mode, rows, "v"));
            assertEquals(new HashSet<>(keys(rows, 20, false)), new HashSet<>(thrown.succeededKeys()));
            assertEquals(rows - rows / 20, thrown.succeededCount());
            assertEquals(new HashSet<>(keys(rows, 20, true)), new HashSet<>(thrown.failedKeys()));
            assertEquals(List.of(), thrown.unknownKeys());
            assertTrue(
                    thrown.errors().get("h:20").contains("WRONGTYPE"),
                    thrown.errors().get("h:20"));
            long[] counts = thrown.getLargeUpdateCounts();
            assertEquals(rows, counts.length);
            assertEquals(Statement.EXECUTE_FAILED, counts[20]);
            assertEquals(1, counts[21]);
            assertEquals("v", server.exec("HGET", "h:21", "a"));
            assertEquals("set", server.exec("TYPE", "h:20"));
        }
    }

    @Test
    void aBatchIsAFewPipelines() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            long[] ones = new long[5_000];
            Arrays.fill(ones, 1);
            List<long[]> counts = new ArrayList<>();
            Map<String, Long> commands = new CommandCounter(redis)
                    .during(() -> counts.add(insert(tables.connection(), "merge", 5_000, "v")));
            assertArrayEquals(ones, counts.get(0));
            assertEquals(5_000L, commands.get("hset"));
            assertEquals(Set.of("hset"), sent(commands));
        }
    }

    /** Planning may look at the size of the keyspace. */
    private static Set<String> sent(Map<String, Long> commands) {
        Set<String> names = new HashSet<>(commands.keySet());
        names.removeAll(Set.of("dbsize", "scan"));
        return names;
    }

    @Test
    void aFullServerRefusesSomeAndSaysWhich() throws Exception {
        String value = "x".repeat(2_000);
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            long used = Long.parseLong(String.valueOf(redis.exec("INFO", "memory"))
                    .lines()
                    .filter(line -> line.startsWith("used_memory:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("used_memory:".length())
                    .strip());
            redis.exec("CONFIG", "SET", "maxmemory", used + 20_000_000);
            try {
                RedisWriteException thrown = assertThrows(
                        RedisWriteException.class, () -> insert(tables.connection(), "error", ROWS, value));
                assertEquals("53200", thrown.getSQLState());
                assertEquals(
                        ROWS,
                        thrown.succeededKeys().size() + thrown.failedKeys().size());
                assertTrue(thrown.succeededKeys().size() > 100, thrown.getMessage());
                assertTrue(thrown.errors().get(thrown.failedKeys().get(0)).contains("OOM"));
                Set<String> there = new HashSet<>();
                ((List<?>) redis.exec("KEYS", "h:*")).forEach(key -> there.add(String.valueOf(key)));
                assertEquals(there, new HashSet<>(thrown.succeededKeys()));
            } finally {
                redis.exec("CONFIG", "SET", "maxmemory", "0");
            }
        }
    }

    @Test
    void oneOfManyWins() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Integer>> tries = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                    String value = "v" + i;
                    tries.add(threads.submit(() -> wins(tables.connection(), value)));
                }
                int winners = 0;
                for (Future<Integer> one : tries) {
                    winners += one.get();
                }
                assertEquals(1, winners);
            } finally {
                threads.shutdown();
            }
        }
    }

    private static int wins(Connection connection, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO h (id, a) VALUES (7, ?)")) {
            statement.setString(1, value);
            return statement.executeUpdate();
        } catch (RedisWriteException lost) {
            assertEquals("23505", lost.getSQLState());
            return 0;
        }
    }

    @Test
    void readOnlyIsRefusedBeforeAnythingIsSent() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "readOnly=true", HASH)) {
            Map<String, Long> commands = new CommandCounter(redis).during(() -> {
                SQLException thrown =
                        assertThrows(SQLException.class, () -> insert(tables.connection(), "error", 3, "v"));
                assertEquals("42501", thrown.getSQLState());
            });
            assertEquals(Set.of(), sent(commands));
        }
    }

    @Test
    void aUserWhoMayNotWriteIsTold() throws Exception {
        redis.exec("ACL", "SETUSER", "reader", "on", ">pw", "~*", "+@all", "-@write", "-@scripting");
        try (LiveTables tables = LiveTables.open(redis, "user=reader&password=pw", HASH)) {
            for (String mode : List.of("error", "merge")) {
                RedisWriteException thrown =
                        assertThrows(RedisWriteException.class, () -> insert(tables.connection(), mode, 2, "v"));
                assertEquals("42501", thrown.getSQLState());
                assertEquals(List.of("h:0", "h:1"), thrown.failedKeys());
                assertTrue(thrown.getMessage().contains("NOPERM"), thrown.getMessage());
            }
            assertEquals(0L, redis.exec("DBSIZE"));
        }
    }

    /** What takes more than one command is a script; a user who may not call it is told so at once, and what needs none works. */
    @Test
    void aUserWithoutScriptsIsToldWhichPermissionIsMissing() throws Exception {
        redis.exec("ACL", "SETUSER", "plain", "on", ">pw", "~*", "+@all", "-evalsha");
        redis.exec("ACL", "SETUSER", "loadless", "on", ">pw", "~*", "+@all", "-script|load");
        for (List<String> user : List.of(List.of("plain", "'evalsha'"), List.of("loadless", "'script|load'"))) {
            redis.exec("SCRIPT", "FLUSH");
            try (LiveTables tables = LiveTables.open(redis, "user=" + user.get(0) + "&password=pw", HASH)) {
                RedisWriteException thrown =
                        assertThrows(RedisWriteException.class, () -> insert(tables.connection(), "error", 2, "v"));
                assertEquals("42501", thrown.getSQLState());
                assertTrue(thrown.getMessage().contains("NOPERM"), thrown.getMessage());
                assertTrue(thrown.getMessage().contains(user.get(1)), thrown.getMessage());
                assertEquals(0L, redis.exec("DBSIZE"));
                assertEquals(2, insert(tables.connection(), "merge", 2, "v").length);
                redis.flush();
            }
        }
    }

    @Test
    void aReplicaIsToldToTakeNoWrites() throws Exception {
        RedisServerExtension replica = RedisServerExtension.start();
        replica.beforeAll(null);
        try {
            replica.exec("REPLICAOF", "127.0.0.1", redis.port());
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!String.valueOf(replica.exec("INFO", "replication")).contains("master_link_status:up")) {
                assertTrue(System.nanoTime() - end < 0, "it doesn't become a replica");
            }
            try (LiveTables tables = LiveTables.open(replica, "", HASH)) {
                for (String mode : List.of("error", "merge")) {
                    RedisWriteException thrown =
                            assertThrows(RedisWriteException.class, () -> insert(tables.connection(), mode, 3, "v"));
                    assertEquals("42501", thrown.getSQLState());
                    assertEquals(List.of("h:0", "h:1", "h:2"), thrown.failedKeys());
                    assertTrue(thrown.getMessage().contains("READONLY"), thrown.getMessage());
                }
            }
        } finally {
            replica.afterAll(null);
        }
    }

    @Test
    void whatRedisCannotDoIsRefusedBeforeItIsSent() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH);
                Statement statement = tables.connection().createStatement()) {
            for (String sql : List.of(
                    "SELECT * FROM h FOR UPDATE",
                    "MERGE INTO h USING h AS o ON h.id = o.id WHEN MATCHED THEN UPDATE SET a = 'v'")) {
                SQLException thrown = assertThrows(SQLException.class, () -> statement.execute(sql));
                assertEquals("0A000", thrown.getSQLState(), thrown.getMessage());
                assertTrue(thrown.getMessage().contains("ON_CONFLICT"), thrown.getMessage());
            }
            tables.connection().setReadOnly(true);
            for (String sql : List.of(
                    "INSERT INTO h (id, a) VALUES (1, 'v')",
                    "UPDATE h SET a = 'v' WHERE id = 1",
                    "DELETE FROM h",
                    "TRUNCATE TABLE h")) {
                SQLException thrown = assertThrows(SQLException.class, () -> statement.execute(sql));
                assertEquals("42501", thrown.getSQLState(), thrown.getMessage());
            }
            assertEquals(0L, redis.exec("DBSIZE"));
        }
    }

    @Test
    void aFailureInTheMiddleOfTheRowsSaysWhatIsWritten() throws Exception {
        for (int i = 0; i < 3_000; i++) {
            redis.exec("SET", "s:" + i, i == 2_500 ? "no number" : String.valueOf(i));
        }
        try (LiveTables tables = LiveTables.open(
                        redis, "batchSize=100", HASH, "{name:'s', type:'string', key:'s:{id}', valueType:'VARCHAR'}");
                Statement statement = tables.connection().createStatement()) {
            SQLException thrown = assertThrows(
                    SQLException.class,
                    () -> statement.executeUpdate("INSERT INTO h (id, a) SELECT CAST(value AS BIGINT), value FROM s"));
            assertEquals("22P02", thrown.getSQLState(), thrown.getMessage());
            assertTrue(thrown.getMessage().endsWith("the text 'no number' is not a number"), thrown.getMessage());
            long written = thrown instanceof RedisWriteException partly ? partly.succeededCount() : 0;
            assertEquals((Long) redis.exec("DBSIZE") - 3_000, written);
        }
    }

    /** The server dies while a batch is under way: what is written, failed and unknown is all. */
    @Test
    void aServerThatIsKilledLeavesNoKeyUntold() throws Exception {
        RedisServerExtension victim = RedisServerExtension.start().plain();
        victim.beforeAll(null);
        try (Connection connection = DriverManager.getConnection(
                        victim.url() + "?model=inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis',"
                                + " type:'custom', factory:'io.rediscalcite.adapter.RedisSchemaFactory',"
                                + " operand:{tables:["
                                + HASH + "]}}]}");
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT /*+ ON_CONFLICT('merge') */ INTO h (id, a) VALUES (?, ?)")) {
            String value = "x".repeat(200);
            for (int i = 0; i < 200_000; i++) {
                statement.setLong(1, i);
                statement.setString(2, value);
                statement.addBatch();
            }
            Thread killer = new Thread(() -> {
                while ((Long) victim.exec("DBSIZE") < 2_000) {
                    Thread.onSpinWait();
                }
                victim.kill();
            });
            killer.start();
            RedisWriteException thrown = assertThrows(RedisWriteException.class, statement::executeLargeBatch);
            killer.join();
            assertTrue(thrown.succeededKeys().size() > 0, thrown.getMessage());
            assertTrue(thrown.unknownKeys().size() > 0, thrown.getMessage());
            Set<String> all = new HashSet<>(thrown.succeededKeys());
            all.addAll(thrown.failedKeys());
            all.addAll(thrown.unknownKeys());
            assertEquals(200_000, all.size());
            assertEquals(
                    200_000,
                    thrown.succeededKeys().size()
                            + thrown.failedKeys().size()
                            + thrown.unknownKeys().size());
            assertEquals("08006", thrown.getSQLState());
        } finally {
            victim.afterAll(null);
        }
    }

    /** One master of three dies under way: what its own rows became is told of each, and the others' are written. */
    @Test
    void aMasterThatIsKilledLeavesNoKeyUntold() throws Exception {
        // Nobody takes its place while the test looks.
        RedisServerExtension victim =
                RedisServerExtension.start().plain().cluster().set("cluster-node-timeout", "60000");
        victim.beforeAll(null);
        // Many small pipelines, so that it dies long before the last.
        try (LiveTables tables = LiveTables.open(victim, "batchSize=100", HASH)) {
            Thread killer = new Thread(() -> {
                RespConnection second = victim.node(victim.ports().get(1));
                while ((Long) second.exec("DBSIZE") < 2_000) {
                    Thread.onSpinWait();
                }
                victim.kill(1);
            });
            killer.start();
            RedisWriteException thrown = assertThrows(
                    RedisWriteException.class, () -> insert(tables.connection(), "merge", MANY, "x".repeat(200)));
            killer.join();
            Set<String> written = new HashSet<>(thrown.succeededKeys());
            Set<String> failed = new HashSet<>(thrown.failedKeys());
            Set<String> unknown = new HashSet<>(thrown.unknownKeys());
            assertEquals(MANY, written.size() + failed.size() + unknown.size());
            assertTrue(written.containsAll(keysOf(0)) && written.containsAll(keysOf(2)), thrown.getMessage());
            assertEquals(new HashSet<>(keysOf(0)), new HashSet<>(keysAt(victim, 0)));
            assertEquals(new HashSet<>(keysOf(2)), new HashSet<>(keysAt(victim, 2)));
            List<String> told = new ArrayList<>(keysOf(1));
            told.removeIf(key -> !written.contains(key) && !failed.contains(key) && !unknown.contains(key));
            assertEquals(keysOf(1), told);
            assertTrue(failed.size() + unknown.size() > 0, thrown.getMessage());
            // Its replica has what came of its writes, which is a beginning of them.
            awaitLostMaster(victim.node(victim.ports().get(4)));
            Set<String> copied = new HashSet<>(keysAt(victim, 4));
            assertEquals(new HashSet<>(keysOf(1).subList(0, copied.size())), copied);
            copied.retainAll(failed);
            assertEquals(Set.of(), copied);
        } finally {
            victim.afterAll(null);
        }
    }

    /** The keys of the rows that belong to the master of that position, in the order of the rows. */
    private static List<String> keysOf(int master) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> "h:" + i)
                .filter(key -> {
                    int slot = RedisClient.slotOf(key.getBytes(StandardCharsets.UTF_8));
                    return master == (slot < 5461 ? 0 : slot < 10922 ? 1 : 2);
                })
                .toList();
    }

    /** The keys that a node has, whether the cluster is whole or not. */
    private static List<String> keysAt(RedisServerExtension server, int node) {
        List<?> keys = (List<?>) server.node(server.ports().get(node)).exec("KEYS", "*");
        return keys.stream().map(String::valueOf).toList();
    }

    /** Until nothing more comes from the replica's master. */
    private static void awaitLostMaster(RespConnection replica) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (String.valueOf(replica.exec("INFO", "replication")).contains("master_link_status:up")) {
            assertTrue(System.nanoTime() - end < 0, "the replica believes in a master that is dead");
        }
    }
}
