package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.RedisWriteException;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New hashes share a command, up to a hundred, and each is written or not as if it had one of its own. */
class SharedCommandsTest {
    private static final String HASH = "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'VARCHAR'},"
            + " {name:'a', type:'VARCHAR'}, {name:'b', type:'BIGINT'}]}";
    private static final int ROWS = 250;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    @BeforeEach
    void empty() {
        redis.flush();
        cluster.flush();
    }

    /** A batch whose rows have no {@code a} at 0, 3, 6 and so on, and no {@code b} at 1, 4, 7. */
    private static long[] insert(Connection connection, String mode, IntFunction<String> id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO h (id, a, b) VALUES (?, ?, ?)")) {
            for (int i = 0; i < ROWS; i++) {
                statement.setString(1, id.apply(i));
                statement.setString(2, i % 3 == 0 ? null : "a" + i);
                statement.setObject(3, i % 3 == 1 ? null : (long) i);
                statement.addBatch();
            }
            return statement.executeLargeBatch();
        }
    }

    private static String stored(int i) {
        return i % 3 == 0 ? "{b=" + i + "}" : i % 3 == 1 ? "{a=a" + i + "}" : "{a=a" + i + ", b=" + i + "}";
    }

    private static void assertStored(RedisServerExtension server, String key, int i) {
        List<?> flat = (List<?>) server.exec("HGETALL", key);
        String found = IntStream.range(0, flat.size() / 2)
                .mapToObj(at -> flat.get(2 * at) + "=" + flat.get(2 * at + 1))
                .sorted()
                .collect(Collectors.joining(", ", "{", "}"));
        assertEquals(stored(i), found, key);
    }

    @Test
    void aHundredRowsAreOneCommand() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            long[] ones = new long[ROWS];
            Arrays.fill(ones, 1);
            Map<String, Long> commands = new CommandCounter(redis)
                    .during(() -> assertArrayEquals(ones, insert(tables.connection(), "error", i -> "" + i)));
            assertEquals(3, commands.get("evalsha"), commands.toString());
            assertEquals(ROWS, commands.get("hset"), commands.toString());
            assertEquals(3, commands.get("exists"), commands.toString());
        }
        for (int i = 0; i < ROWS; i++) {
            assertStored(redis, "h:" + i, i);
        }
    }

    @Test
    void aBatchIsOfTheTablesOfNow() throws Exception {
        redis.exec("HSET", "d:1", "a", "v");
        try (LiveTables tables = LiveTables.discovered(redis);
                PreparedStatement insert =
                        tables.connection().prepareStatement("INSERT INTO d (id, a) VALUES (?, ?)")) {
            redis.exec("DEL", "d:1");
            redis.exec("JSON.SET", "d:1", "$", "{\"a\":\"v\"}");
            tables.rows("CALL redis_refresh()");
            for (int id = 2; id < 4; id++) {
                insert.setInt(1, id);
                insert.setString(2, "w");
                insert.addBatch();
            }
            assertArrayEquals(new int[] {1, 1}, insert.executeBatch());
            assertEquals("[{\"a\":\"w\"}]", redis.exec("JSON.GET", "d:3", "$"));
        }
    }

    /** The same key next to itself, within a hundred rows, and beyond: of each the first row is written, whatever it lacks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 70, 101})
    void aKeyThatComesTwiceIsWrittenOnce(int distance) throws Exception {
        IntFunction<String> id = i -> "" + (i / (2 * distance) * distance + i % distance);
        Set<Integer> second = IntStream.range(0, ROWS)
                .filter(i -> i / distance % 2 == 1)
                .boxed()
                .collect(Collectors.toSet());
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            RedisWriteException thrown =
                    assertThrows(RedisWriteException.class, () -> insert(tables.connection(), "error", id));
            long[] counts = thrown.getLargeUpdateCounts();
            for (int i = 0; i < ROWS; i++) {
                assertEquals(second.contains(i) ? Statement.EXECUTE_FAILED : 1, counts[i]);
            }
            assertEquals(second, thrown.entryErrors().keySet());
            assertEquals("23505", thrown.getSQLState());
            assertFirstStored(id, second);
            redis.flush();
            long[] skipped = insert(tables.connection(), "skip", id);
            for (int i = 0; i < ROWS; i++) {
                assertEquals(second.contains(i) ? 0 : 1, skipped[i]);
            }
            assertFirstStored(id, second);
        }
    }

    private static void assertFirstStored(IntFunction<String> id, Set<Integer> second) {
        for (int i = 0; i < ROWS; i++) {
            if (!second.contains(i)) {
                assertStored(redis, "h:" + id.apply(i), i);
            }
        }
    }

    /** A byte that is no part of a character has a text of its own; two of them may be a character. */
    @Test
    void twoNamesOfTheSameBytesAreOneKey() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH);
                PreparedStatement insert =
                        tables.connection().prepareStatement("INSERT INTO h (_key, a) VALUES (?, ?)")) {
            for (String key : List.of("h:\u00e9", "h:\udcc3\udca9")) {
                insert.setString(1, key);
                insert.setString(2, key);
                insert.addBatch();
            }
            RedisWriteException thrown = assertThrows(RedisWriteException.class, insert::executeBatch);
            assertArrayEquals(new long[] {1, Statement.EXECUTE_FAILED}, thrown.getLargeUpdateCounts());
            assertEquals("h:\u00e9", redis.exec("HGET", "h:\u00e9", "a"));
        }
    }

    @Test
    void rowsThatFailAmidTheirRunAreNamed() throws Exception {
        redis.exec("HSET", "h:5", "a", "old");
        redis.exec("SADD", "h:50", "m");
        redis.exec("HSET", "h:199", "a", "old");
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            RedisWriteException thrown =
                    assertThrows(RedisWriteException.class, () -> insert(tables.connection(), "error", i -> "" + i));
            assertEquals(Set.of(5, 50, 199), thrown.entryErrors().keySet());
            assertEquals(List.of("h:5", "h:50", "h:199"), thrown.failedKeys());
            assertTrue(thrown.entryErrors().get(5).contains("'h:5' of table 'h' is there already"), thrown.toString());
            assertTrue(thrown.entryErrors().get(50).contains("WRONGTYPE"), thrown.toString());
            assertEquals(ROWS - 3, thrown.succeededCount());
        }
        assertEquals(List.of("a", "old"), redis.exec("HGETALL", "h:5"));
        assertEquals("set", redis.exec("TYPE", "h:50"));
        assertEquals(List.of("a", "old"), redis.exec("HGETALL", "h:199"));
        for (int i = 0; i < ROWS; i++) {
            if (i != 5 && i != 50 && i != 199) {
                assertStored(redis, "h:" + i, i);
            }
        }
    }

    /** So that other clients don't wait longer for them. */
    @Test
    void wideRowsShareACommandWithFewer() throws Exception {
        String fields =
                IntStream.range(0, 60).mapToObj(i -> ", {name:'f" + i + "'}").collect(Collectors.joining());
        String table = "{name:'w', type:'hash', key:'w:{id}', columns:[{name:'id', type:'BIGINT'}" + fields + "]}";
        try (LiveTables tables = LiveTables.open(redis, "", table);
                PreparedStatement insert =
                        tables.connection().prepareStatement("INSERT INTO w (id, f0, f59) VALUES (?, ?, ?)")) {
            for (int i = 0; i < 40; i++) {
                insert.setLong(1, i);
                insert.setString(2, "first");
                insert.setString(3, "last" + i);
                insert.addBatch();
            }
            Map<String, Long> commands = new CommandCounter(redis).during(insert::executeBatch);
            assertEquals(5, commands.get("evalsha"), commands.toString());
        }
        assertEquals(List.of("f0", "first", "f59", "last39"), redis.exec("HGETALL", "w:39"));
    }

    /** Redis refuses a command whole if one of its keys isn't the user's. */
    @Test
    void aKeyThatIsNotTheUsersFailsAlone() throws Exception {
        redis.exec("ACL", "SETUSER", "part", "on", ">pw", "~h:1*", "+@all");
        try (LiveTables tables = LiveTables.open(redis, "user=part&password=pw", HASH)) {
            RedisWriteException thrown =
                    assertThrows(RedisWriteException.class, () -> insert(tables.connection(), "error", i -> "" + i));
            Set<String> allowed = IntStream.range(0, ROWS)
                    .mapToObj(i -> "h:" + i)
                    .filter(key -> key.startsWith("h:1"))
                    .collect(Collectors.toSet());
            assertEquals(allowed, new HashSet<>(thrown.succeededKeys()));
            assertEquals(ROWS - allowed.size(), thrown.failedKeys().size());
            assertEquals(List.of(), thrown.unknownKeys());
            assertEquals((long) allowed.size(), redis.exec("DBSIZE"));
        }
    }

    /** What a script may not do fails for each key, and doesn't end the script in the middle. */
    @ParameterizedTest
    @ValueSource(strings = {"exists", "hset", "type"})
    void aCommandThatTheUserMayNotRunIsTheAnswerForEachKey(String command) throws Exception {
        redis.exec("ACL", "SETUSER", "less", "on", ">pw", "~*", "+@all", "-" + command);
        redis.exec("SADD", "h:7", "m");
        try (LiveTables tables = LiveTables.open(redis, "user=less&password=pw", HASH)) {
            RedisWriteException thrown =
                    assertThrows(RedisWriteException.class, () -> insert(tables.connection(), "error", i -> "" + i));
            int written = command.equals("type") ? ROWS - 1 : 0;
            assertEquals(written, thrown.succeededCount());
            assertEquals(ROWS - written, thrown.failedKeys().size());
            assertEquals("42501", thrown.getSQLState());
            assertEquals(written + 1L, redis.exec("DBSIZE"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{tag}"})
    void keysOfOneSlotShareACommandOfACluster(String tag) throws Exception {
        try (LiveTables tables = LiveTables.open(cluster, "", HASH)) {
            Map<String, Long> commands =
                    new CommandCounter(cluster).during(() -> insert(tables.connection(), "error", i -> tag + i));
            long runs = commands.get("evalsha");
            assertEquals(tag.isEmpty(), runs > 100, commands.toString());
        }
        for (int i = 0; i < ROWS; i++) {
            assertStored(cluster, "h:" + tag + i, i);
        }
    }
}
