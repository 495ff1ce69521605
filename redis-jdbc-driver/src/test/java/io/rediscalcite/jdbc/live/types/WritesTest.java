package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.RedisWriteException;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What INSERT, UPDATE and DELETE leave in Redis for each type, read by a client that knows nothing of SQL. */
class WritesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static LiveTables tables;

    @BeforeAll
    static void open() throws SQLException {
        tables = LiveTables.open(
                redis,
                "",
                "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'a'},"
                        + " {name:'n', type:'INTEGER'}, {name:'f', type:'DOUBLE'}]}",
                "{name:'j', type:'json', key:'j:{id}', columns:[{name:'a'}, {name:'n', type:'INTEGER'},"
                        + " {name:'deep', type:'DOUBLE', path:'$.x.y'}, {name:'doc', type:'JSON'}]}",
                "{name:'s', type:'string', key:'s:{id}'}",
                "{name:'m', type:'set', key:'m:{id}'}",
                "{name:'l', type:'list', key:'l:{id}'}",
                "{name:'z', type:'zset', key:'z:{id}'}",
                "{name:'x', type:'stream', key:'x:{id}', columns:[{name:'a'}, {name:'n', type:'INTEGER'}]}",
                "{name:'t', type:'timeseries', key:'t:{id}', columns:[{name:'room'}]}");
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static long update(String sql) throws SQLException {
        try (Statement statement = tables.connection().createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    /** The reply of redis-cli, as text; a hash or a JSON document in a fixed order. */
    private static String raw(String command) {
        Object reply = redis.exec((Object[]) command.split(" "));
        if (command.startsWith("HGETALL")) {
            List<?> pairs = (List<?>) reply;
            TreeMap<Object, Object> sorted = new TreeMap<>();
            for (int i = 0; i < pairs.size(); i += 2) {
                sorted.put(pairs.get(i), pairs.get(i + 1));
            }
            return sorted.toString();
        }
        return String.valueOf(reply);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            INSERT INTO h (id, a, n, f) VALUES (1, 'ключ', -5, 0.1) ~ HGETALL h:1 ~ {a=ключ, f=0.1, n=-5}
            INSERT INTO h (_key, a, n) VALUES ('h:2', '', NULL) ~ HGETALL h:2 ~ {a=}
            INSERT INTO h (id, f) VALUES (3, 1e21) ~ HGETALL h:3 ~ {f=1e+21}
            INSERT INTO j (id, a, n, deep, doc) VALUES ('1', 'q"\\', 7, 1.5, '[1, {"b": null}]') ~ JSON.GET j:1 ~ {"a":"q\\"\\\\","n":7,"x":{"y":1.5},"doc":[1,{"b":null}]}
            INSERT INTO s (id, value) VALUES ('1', 'v') ~ GET s:1 ~ v
            INSERT INTO m (id, member) VALUES ('1', 'a') ~ SMEMBERS m:1 ~ [a]
            INSERT INTO l (id, element) VALUES ('1', 'a'), ('1', 'b'), ('1', 'a') ~ LRANGE l:1 0 -1 ~ [a, b, a]
            INSERT INTO z (id, member, score) VALUES ('1', 'a', 2.5), ('1', 'b', 1) ~ ZRANGE z:1 0 -1 WITHSCORES ~ [b, 1, a, 2.5]
            INSERT INTO x (id, _id, a) VALUES ('1', '5-1', 'v') ~ XRANGE x:1 - + ~ [[5-1, [a, v]]]
            INSERT INTO x (id, _ts, n) VALUES ('1', TIMESTAMP '1970-01-01 00:00:07', 3) ~ XRANGE x:1 - + ~ [[7000-0, [n, 3]]]
            INSERT INTO t (id, _ts, value, room) VALUES ('1', TIMESTAMP '1970-01-01 00:00:01', 2.25, 'hall') ~ TS.RANGE t:1 - + ~ [[1000, 2.25]]
            """)
    void insert(String sql, String command, String expected) throws SQLException {
        long rows = update(sql);
        assertEquals(expected, raw(command));
        assertEquals(sql.split("\\('").length > 3 ? sql.split("\\('").length - 1 : rows, rows);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            HSET h:1 a old z 1 ~ h (id, n) VALUES (1, 2) ~ HGETALL h:1 ~ 23505 {a=old, z=1} ~ 1 {n=2} ~ 1 {a=old, n=2, z=1} ~ 0 {a=old, z=1}
            JSON.SET j:1 $ {"a":"old","z":1,"x":{"w":2}} ~ j (id, n, deep) VALUES ('1', 2, 3) ~ JSON.GET j:1 ~ 23505 {"a":"old","z":1,"x":{"w":2}} ~ 1 {"n":2,"x":{"y":3}} ~ 1 {"a":"old","z":1,"x":{"w":2,"y":3},"n":2} ~ 0 {"a":"old","z":1,"x":{"w":2}}
            SET s:1 old ~ s (id, value) VALUES ('1', 'new') ~ GET s:1 ~ 23505 old ~ 1 new ~ 1 new ~ 0 old
            SADD m:1 a ~ m (id, member) VALUES ('1', 'a') ~ SMEMBERS m:1 ~ 23505 [a] ~ 1 [a] ~ 1 [a] ~ 0 [a]
            ZADD z:1 1 a ~ z (id, member, score) VALUES ('1', 'a', 2) ~ ZRANGE z:1 0 -1 WITHSCORES ~ 23505 [a, 1] ~ 1 [a, 2] ~ 1 [a, 2] ~ 0 [a, 1]
            RPUSH l:1 a ~ l (id, element) VALUES ('1', 'a') ~ LRANGE l:1 0 -1 ~ 1 [a, a] ~ 1 [a, a] ~ 1 [a, a] ~ 1 [a, a]
            XADD x:1 5-1 a old ~ x (id, _id, a) VALUES ('1', '5-1', 'new') ~ XRANGE x:1 - + ~ 23505 [[5-1, [a, old]]] ~ 58000 [[5-1, [a, old]]] ~ 58000 [[5-1, [a, old]]] ~ 0 [[5-1, [a, old]]]
            TS.ADD t:1 1000 1 ~ t (id, _ts, value) VALUES ('1', TIMESTAMP '1970-01-01 00:00:01', 2) ~ TS.RANGE t:1 - + ~ 23505 [[1000, 1]] ~ 1 [[1000, 2]] ~ 1 [[1000, 2]] ~ 0 [[1000, 1]]
            """)
    void conflict(String before, String row, String command, String error, String replace, String merge, String skip)
            throws SQLException {
        assertEquals(error, inserted(before, "error", row, command));
        assertEquals(replace, inserted(before, "replace", row, command));
        assertEquals(merge, inserted(before, "merge", row, command));
        assertEquals(skip, inserted(before, "skip", row, command));
    }

    /** The update count or the SQLState, and what is in Redis then. */
    private static String inserted(String before, String mode, String row, String command) throws SQLException {
        redis.flush();
        redis.exec((Object[]) before.split(" "));
        String result;
        try {
            result = String.valueOf(update("INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO " + row));
        } catch (RedisWriteException refused) {
            assertEquals(List.of(), refused.succeededKeys());
            result = refused.getSQLState();
        }
        return result + " " + raw(command);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "h, h:1, HSET h:1 a v, 'h (id, a, _ttl) VALUES (1, ''w'', 100000)'",
        "j, j:1, JSON.SET j:1 $ {}, 'j (id, a, _ttl) VALUES (''1'', ''w'', 100000)'",
        "s, s:1, SET s:1 v, 's (id, value, _ttl) VALUES (''1'', ''w'', 100000)'",
        "m, m:1, SADD m:1 v, 'm (id, member, _ttl) VALUES (''1'', ''w'', 100000)'",
        "l, l:1, RPUSH l:1 v, 'l (id, element, _ttl) VALUES (''1'', ''w'', 100000)'",
        "z, z:1, ZADD z:1 1 v, 'z (id, member, score, _ttl) VALUES (''1'', ''w'', 1, 100000)'",
        "x, x:1, XADD x:1 * a v, 'x (id, a, _ttl) VALUES (''1'', ''w'', 100000)'",
        "t, t:1, TS.ADD t:1 1 1, 't (id, _ts, value, _ttl) VALUES (''1'', TIMESTAMP ''1970-01-01 00:00:01'', 1,"
                + " 100000)'"
    })
    void expiry(String table, String key, String before, String row) throws SQLException {
        for (String mode : List.of("error", "replace", "merge", "skip")) {
            redis.flush();
            assertEquals(1, update("INSERT /*+ ON_CONFLICT('" + mode + "') */ INTO " + row));
            long left = (Long) redis.exec("PTTL", key);
            assertTrue(left > 90_000 && left <= 100_000, mode + " " + left);
        }
        update("UPDATE " + table + " SET _ttl = NULL WHERE _key = '" + key + "'");
        assertEquals(-1L, redis.exec("PTTL", key));
        update("UPDATE " + table + " SET _ttl = 50000 WHERE _key = '" + key + "'");
        assertTrue((Long) redis.exec("PTTL", key) > 40_000);
        redis.flush();
        redis.exec((Object[]) before.split(" "));
        assertEquals(1, update("INSERT /*+ ON_CONFLICT('merge') */ INTO " + row));
        assertTrue((Long) redis.exec("PTTL", key) > 90_000);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            HSET h:1 a v n 1 z 9 ~ UPDATE h SET n = n + 1, a = NULL WHERE id = 1 ~ 1 ~ HGETALL h:1 ~ {n=2, z=9}
            HSET h:1 a v ~ UPDATE h SET a = a || '!' ~ 1 ~ HGETALL h:1 ~ {a=v!}
            HSET h:1 a v ~ UPDATE h SET a = 'w' WHERE _key = 'h:2' ~ 0 ~ EXISTS h:2 ~ 0
            JSON.SET j:1 $ {"a":"v","n":1,"z":[1]} ~ UPDATE j SET n = n + 1, a = NULL, deep = 0.5 ~ 1 ~ JSON.GET j:1 ~ {"x":{"y":0.5},"n":2,"z":[1]}
            SET s:1 v ~ UPDATE s SET value = value || '!' ~ 1 ~ GET s:1 ~ v!
            SADD m:1 a ~ UPDATE m SET member = 'b' WHERE member = 'a' ~ 1 ~ SMEMBERS m:1 ~ [b]
            RPUSH l:1 a b c ~ UPDATE l SET element = 'B' WHERE position = 1 ~ 1 ~ LRANGE l:1 0 -1 ~ [a, B, c]
            ZADD z:1 1 a 2 b ~ UPDATE z SET score = score * 10 ~ 2 ~ ZRANGE z:1 0 -1 WITHSCORES ~ [a, 10, b, 20]
            ZADD z:1 1 a ~ UPDATE z SET member = 'c' ~ 1 ~ ZRANGE z:1 0 -1 WITHSCORES ~ [c, 1]
            ZADD z:1 1 a ~ UPDATE z SET member = 'c', score = 5 ~ 1 ~ ZRANGE z:1 0 -1 WITHSCORES ~ [c, 5]
            TS.ADD t:1 1000 1 ~ UPDATE t SET value = value + 1 ~ 1 ~ TS.RANGE t:1 - + ~ [[1000, 2]]
            HSET h:1 a v ~ DELETE FROM h WHERE id = 1 ~ 1 ~ EXISTS h:1 ~ 0
            JSON.SET j:1 $ {} ~ DELETE FROM j ~ 1 ~ EXISTS j:1 ~ 0
            SET s:1 v ~ TRUNCATE TABLE s ~ 1 ~ EXISTS s:1 ~ 0
            SADD m:1 a b ~ DELETE FROM m WHERE member = 'a' ~ 1 ~ SMEMBERS m:1 ~ [b]
            RPUSH l:1 a b c d ~ DELETE FROM l WHERE position IN (0, 2) ~ 2 ~ LRANGE l:1 0 -1 ~ [b, d]
            ZADD z:1 1 a 2 b ~ DELETE FROM z WHERE score > 1 ~ 1 ~ ZRANGE z:1 0 -1 ~ [a]
            XADD x:1 5-1 a v ~ DELETE FROM x WHERE _id = '5-1' ~ 1 ~ XLEN x:1 ~ 0
            TS.ADD t:1 1000 1 ~ DELETE FROM t WHERE value = 1 ~ 1 ~ TS.RANGE t:1 - + ~ []
            SADD m:1 a b ~ TRUNCATE TABLE m ~ 2 ~ EXISTS m:1 ~ 0
            RPUSH l:1 a b a ~ DELETE FROM l ~ 3 ~ EXISTS l:1 ~ 0
            ZADD z:1 1 a 2 b ~ DELETE FROM z ~ 2 ~ EXISTS z:1 ~ 0
            XADD x:1 5-1 a v ~ TRUNCATE TABLE x ~ 1 ~ EXISTS x:1 ~ 0
            TS.ADD t:1 1000 1 ~ TRUNCATE TABLE t ~ 1 ~ EXISTS t:1 ~ 0
            SADD h:1 a ~ DELETE FROM h WHERE id = 1 ~ 0 ~ TYPE h:1 ~ set
            SADD h:1 a ~ UPDATE h SET a = 'w' WHERE _key = 'h:1' ~ 0 ~ TYPE h:1 ~ set
            HSET h:1 a v ~ UPDATE h SET a = 'w' WHERE id IN (1, 2) ~ 1 ~ HGETALL h:1 ~ {a=w}
            HSET h:1 a v ~ UPDATE h SET a = _key WHERE id = 1 ~ 1 ~ HGETALL h:1 ~ {a=h:1}
            SET s:1 v ~ UPDATE s SET value = 'w', _ttl = NULL WHERE id = '1' ~ 1 ~ GET s:1 ~ w
            JSON.SET j:1 $ {"a":"v"} ~ DELETE FROM j WHERE id = '1' ~ 1 ~ EXISTS j:1 ~ 0
            """)
    void change(String before, String sql, long count, String command, String expected) throws SQLException {
        redis.exec((Object[]) before.split(" "));
        assertEquals(count, update(sql));
        assertEquals(expected, raw(command));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            INSERT INTO h (a) VALUES ('v') ~ 22P02 ~ row 1: the row has no key: give _key, or id; keys of table 'h' are h:{id}
            INSERT INTO h (_key, a) VALUES ('x', 'v') ~ 22P02 ~ row 1: key 'x' is no row of table 'h', whose keys are h:{id}
            INSERT INTO h (_key, id, a) VALUES ('h:1', 2, 'v') ~ 22P02 ~ row 1: key 'h:1' has '1' as {id}, but the row says '2'
            INSERT INTO h (id) VALUES (1) ~ 22P02 ~ row 1: a hash needs at least one field that isn't NULL
            INSERT INTO j (id, doc) VALUES ('1', '{') ~ 22P02 ~ row 1: column 'doc' of table 'j' is JSON, and '{' can't be written as JSON
            INSERT INTO j (id, a) VALUES ('a:b', 'x') ~ 22P02 ~ row 1: no key of table 'j', whose keys are j:{id}, has the parts {id=a:b}: a part can't hold ':'
            INSERT INTO s (id) VALUES ('1') ~ 22P02 ~ row 1: column 'value' of table 's' can't be NULL
            INSERT INTO s (id, value, _ttl) VALUES ('1', 'v', 0) ~ 22P02 ~ row 1: _ttl is milliseconds from now and must be positive, not 0; NULL lets the key never expire, and DELETE removes it
            INSERT INTO z (id, member, score, rank) VALUES ('1', 'a', 1, 0) ~ 22P02 ~ row 1: column 'rank' of table 'z' can't be written: Redis makes it; leave it out
            UPDATE h SET _key = 'h:2' ~ 0A000 ~ column '_key' of table 'h' can't be updated: it is the key's name; insert the row under the new key and delete the old one
            UPDATE x SET a = 'v' ~ 0A000 ~ column 'a' of table 'x' can't be updated: Redis keeps field a as it is
            """)
    void mistake(String sql, String state, String message) {
        SQLException thrown = assertThrows(SQLException.class, () -> update(sql));
        assertEquals(message, thrown.getMessage());
        assertEquals(state, thrown.getSQLState());
        assertEquals(0L, redis.exec("DBSIZE"));
    }

    @Test
    void selectIntoAnotherTypeAndIntoItself() throws SQLException {
        redis.exec("HSET", "h:1", "a", "x", "n", "1");
        redis.exec("HSET", "h:2", "a", "y", "n", "2");
        assertEquals(2, update("INSERT INTO z (id, member, score) SELECT 'all', a, n FROM h"));
        assertEquals("[x, 1, y, 2]", raw("ZRANGE z:all 0 -1 WITHSCORES"));
        assertEquals(2, update("INSERT INTO h (id, a) SELECT id + 10, a FROM h"));
        assertEquals(4L, redis.exec("EXISTS", "h:1", "h:2", "h:11", "h:12"));
    }

    @Test
    void aSeriesKeepsItsLabels() throws SQLException {
        String insert = "INSERT INTO t (id, _ts, value, room) VALUES ('1', TIMESTAMP '1970-01-01 00:00:0";
        assertEquals(1, update(insert + "1', 1, 'hall')"));
        assertEquals(1, update(insert + "2', 2, 'hall')"));
        SQLException thrown = assertThrows(SQLException.class, () -> update(insert + "3', 3, 'attic')"));
        assertTrue(thrown.getMessage().contains("the series has another label room"), thrown.getMessage());
        assertEquals("[[1000, 1], [2000, 2]]", raw("TS.RANGE t:1 - +"));
    }

    @Test
    void explainTellsTheCommands() throws SQLException {
        String plan = tables.rows(
                        "EXPLAIN PLAN FOR INSERT /*+ ON_CONFLICT('skip') */ INTO s (id, value) VALUES ('1', 'v')")
                .get(0);
        assertEquals(
                "RedisTableModify(table=[[redis, s]], operation=[INSERT], commands=[SET s:{id}; ON_CONFLICT skip])",
                plan.lines().findFirst().orElseThrow());
        String update =
                tables.rows("EXPLAIN PLAN FOR UPDATE h SET n = 1 WHERE id = 7").get(0);
        assertEquals(
                "RedisScan(table=[[redis, h]], commands=[h:7])",
                update.lines()
                        .map(String::strip)
                        .filter(l -> l.startsWith("RedisScan"))
                        .collect(Collectors.joining()));
        assertEquals(
                List.of(
                        "RedisTableModify(table=[[redis, m]], operation=[DELETE], commands=[UNLINK m:{id}])",
                        "RedisScan(table=[[redis, m]], commands=[SCAN MATCH m:* TYPE set; SCARD key])"),
                tables.rows("EXPLAIN PLAN FOR TRUNCATE TABLE m")
                        .get(0)
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("Redis"))
                        .toList());
    }

    /** Statements that name their keys read nothing, so a batch of them is a few pipelines. */
    @Test
    void batchesOfNamedRowsReadNothing() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            redis.exec("HSET", "h:" + i, "a", "old", "n", "1");
        }
        long[] expected = LongStream.range(0, 2_000).map(i -> i < 1_000 ? 1 : 0).toArray();
        try (PreparedStatement update =
                        tables.connection().prepareStatement("UPDATE h SET a = ?, n = NULL WHERE id = ?");
                PreparedStatement delete = tables.connection().prepareStatement("DELETE FROM h WHERE _key = ?")) {
            for (int i = 0; i < 2_000; i++) {
                update.setString(1, "new " + i);
                update.setLong(2, i);
                update.addBatch();
                delete.setString(1, "h:" + i);
                delete.addBatch();
            }
            Map<String, Long> commands =
                    new CommandCounter(redis).during(() -> assertArrayEquals(expected, update.executeLargeBatch()));
            assertEquals(2_000L, commands.get("evalsha"));
            // Those of the scripts, and no others.
            assertEquals(2_000L, commands.get("type"));
            assertEquals("{a=new 999}", raw("HGETALL h:999"));
            assertArrayEquals(expected, delete.executeLargeBatch());
            assertEquals(0L, redis.exec("DBSIZE"));
        }
    }

    /** Entries on the same key work in their order. */
    @Test
    void entriesOfABatchSeeThoseBeforeThem() throws Exception {
        try (PreparedStatement update = tables.connection().prepareStatement("UPDATE h SET n = n + ? WHERE id = 1")) {
            redis.exec("HSET", "h:1", "n", "1");
            for (int i = 1; i <= 10; i++) {
                update.setInt(1, i);
                update.addBatch();
            }
            update.executeLargeBatch();
            assertEquals("{n=56}", raw("HGETALL h:1"));
        }
        try (PreparedStatement update = tables.connection().prepareStatement("UPDATE h SET n = ? WHERE id = 1")) {
            for (int i = 1; i <= 3_000; i++) {
                update.setInt(1, i);
                update.addBatch();
            }
            update.executeLargeBatch();
            assertEquals("{n=3000}", raw("HGETALL h:1"));
        }
    }
}
