package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

    @Test
    void aKeyThatComesTwiceIsWrittenOnce() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "", HASH)) {
            RedisWriteException thrown = assertThrows(
                    RedisWriteException.class, () -> insert(tables.connection(), "error", i -> "" + i / 2));
            long[] counts = thrown.getLargeUpdateCounts();
            for (int i = 0; i < ROWS; i++) {
                assertEquals(i % 2 == 0 ? 1 : Statement.EXECUTE_FAILED, counts[i]);
            }
            assertEquals("23505", thrown.getSQLState());
            redis.flush();
            long[] skipped = insert(tables.connection(), "skip", i -> "" + i / 2);
            for (int i = 0; i < ROWS; i++) {
                assertEquals(1 - i % 2, skipped[i]);
            }
        }
        for (int i = 0; i < ROWS; i += 2) {
            assertStored(redis, "h:" + i / 2, i);
        }
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
