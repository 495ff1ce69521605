package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions on what a key's type gives its rows: which rows come, what EXPLAIN says, and what reaches the server. */
class NarrowingTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().set("slowlog-log-slower-than", "0");

    private static LiveTables tables;

    @BeforeAll
    static void load() throws Exception {
        redis.exec("SADD", "s:1", "a", "b", "c");
        redis.exec("SADD", "s:2", "c", "d");
        redis.exec("RPUSH", "l:1", "e0", "e1", "e2", "e3", "e4", "e5");
        redis.exec("RPUSH", "l:2", "f0", "f1");
        redis.exec(
                "ZADD", "z:1", "-inf", "low", "0", "zero", "0.1", "tenth", "1", "one", "1", "uno", "2", "two", "inf",
                "high");
        redis.exec("ZADD", "z:2", "1", "one");
        for (int i = 1; i <= 5; i++) {
            redis.exec("XADD", "x:1", "1700000000000-" + i, "n", i);
            redis.exec("TS.ADD", "t:1", 1_700_000_000_000L + i * 1000L, i + ".5", "LABELS", "room", "hall");
        }
        for (int i = 1; i <= 5; i++) {
            redis.exec("XADD", "x:1", (1_700_000_000_000L + i) + "-0", "n", 10 * i);
        }
        redis.exec("XADD", "x:2", "9-0", "n", 90);
        redis.exec("XADD", "x:2", "10-0", "n", 100);
        redis.exec("TS.ADD", "t:2", 0, "-1", "LABELS", "room", "attic", "floor", 3);
        redis.exec("SET", "s:3", "no set");
        tables = LiveTables.open(
                redis,
                "",
                "{name:'s', type:'set', key:'s:{id}', columns:[{name:'id', type:'INTEGER'}]}",
                "{name:'l', type:'list', key:'l:{id}', columns:[{name:'id', type:'INTEGER'}]}",
                "{name:'z', type:'zset', key:'z:{id}', columns:[{name:'id', type:'INTEGER'}]}",
                "{name:'x', type:'stream', key:'x:{id}', columns:[{name:'id', type:'INTEGER'}, {name:'n', type:'INTEGER'}]}",
                "{name:'t', type:'timeseries', key:'t:{id}', columns:[{name:'id', type:'INTEGER'}, {name:'room'},"
                        + " {name:'floor', type:'INTEGER'}]}");
    }

    @AfterAll
    static void close() throws Exception {
        tables.close();
    }

    private static void check(String sql, String rows, String explained, String sent) throws Exception {
        assertEquals(List.of(split(rows)), tables.rows(sql));
        assertEquals(explained, tables.explained(sql));
        assertEquals(List.of(split(sent)), tables.sent(sql));
    }

    private static String[] split(String texts) {
        return Arrays.stream(texts.split(";"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toArray(String[]::new);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT member FROM s WHERE id = 1 AND member = 'b' ~ b ~ SMISMEMBER s:1 b ~ SMISMEMBER s:1 b
            SELECT member FROM s WHERE id = 1 AND 'b' = member ~ b ~ SMISMEMBER s:1 b ~ SMISMEMBER s:1 b
            SELECT member FROM s WHERE id = 1 AND member IN ('c', 'a', 'x', 'a') ~ a;c ~ SMISMEMBER s:1 a c x ~ SMISMEMBER s:1 a c x
            SELECT id, member FROM s WHERE id IN (1, 2, 3) AND member IN ('c') ~ 1|c;2|c ~ SMISMEMBER s:1, s:2, s:3 c ~ SMISMEMBER s:1 c;SMISMEMBER s:2 c;SMISMEMBER s:3 c
            SELECT member FROM s WHERE id = 1 AND member IN ('a', 'b') AND member IN ('b', 'c') ~ b ~ SMISMEMBER s:1 b ~ SMISMEMBER s:1 b
            SELECT member FROM s WHERE id = 1 AND member = NULL ~ "" ~ "" ~ ""
            """)
    void membersOfSets(String sql, String rows, String explained, String sent) throws Exception {
        if (explained != null && !explained.isEmpty()) {
            check(sql, rows, explained, sent);
        } else {
            assertEquals(List.of(), tables.rows(sql));
            assertEquals(List.of(), tables.sent(sql));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT element FROM l WHERE id = 1 AND position = 2 ~ e2 ~ LRANGE l:1 2 2 ~ LRANGE l:1 2 2
            SELECT element FROM l WHERE id = 1 AND position < 2 ~ e0;e1 ~ LRANGE l:1 0 1 ~ LRANGE l:1 0 1
            SELECT element FROM l WHERE id = 1 AND 4 <= position ~ e4;e5 ~ LRANGE l:1 4 -1 ~ LRANGE l:1 4 103
            SELECT element FROM l WHERE id = 1 AND position BETWEEN 1 AND 3 ~ e1;e2;e3 ~ LRANGE l:1 1 3 ~ LRANGE l:1 1 3
            SELECT element FROM l WHERE id = 1 AND position > 1 AND position < 3 ~ e2 ~ LRANGE l:1 2 2 ~ LRANGE l:1 2 2
            SELECT element FROM l WHERE id = 1 AND position IN (0, 1, 5) ~ e0;e1;e5 ~ LRANGE l:1 (3 ranges) ~ LRANGE l:1 0 1;LRANGE l:1 5 5
            SELECT element FROM l WHERE id = 1 AND (position < 1 OR position > 4) ~ e0;e5 ~ LRANGE l:1 (2 ranges) ~ LRANGE l:1 0 0;LRANGE l:1 5 54
            SELECT element FROM l WHERE id = 1 AND position > 9223372036854775806 ~ "" ~ LRANGE l:1 9223372036854775807 -1 ~ LRANGE l:1 9223372036854775807 9223372036854775807
            SELECT element FROM l WHERE id = 1 AND position BETWEEN -7 AND 0 ~ e0 ~ LRANGE l:1 0 0 ~ LRANGE l:1 0 0
            SELECT id, position FROM l WHERE id IN (1, 2, 7) AND position = 1 ~ 1|1;2|1 ~ LRANGE l:1, l:2, l:7 1 1 ~ LRANGE l:1 1 1;LRANGE l:2 1 1;LRANGE l:7 1 1
            SELECT element FROM l WHERE id = 1 AND position >= 2 LIMIT 2 ~ e2;e3 ~ LRANGE l:1 2 -1; LIMIT 2 ~ LRANGE l:1 2 3
            """)
    void positionsOfLists(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT member FROM z WHERE id = 1 AND score = 1 ~ one;uno ~ ZRANGE z:1 1 1 BYSCORE WITHSCORES ~ ZRANGE z:1 1 1 BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND score > 1 ~ high;two ~ ZRANGE z:1 (1 +inf BYSCORE WITHSCORES ~ ZRANGE z:1 (1 +inf BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND score <= 0.1 ~ low;tenth;zero ~ ZRANGE z:1 -inf 0.1 BYSCORE WITHSCORES ~ ZRANGE z:1 -inf 0.1 BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member, rank FROM z WHERE id = 1 AND score > 0 AND score < 2 ~ one|3;tenth|2;uno|4 ~ ZCOUNT z:1; ZRANGE z:1 (0 (2 BYSCORE WITHSCORES ~ ZCOUNT z:1 -inf 0;ZRANGE z:1 (0 (2 BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member, rank FROM z WHERE id = 1 AND score BETWEEN 1 AND 2 ~ one|3;two|5;uno|4 ~ ZCOUNT z:1; ZRANGE z:1 1 2 BYSCORE WITHSCORES ~ ZCOUNT z:1 -inf (1;ZRANGE z:1 1 2 BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND score = -0.0 ~ zero ~ ZRANGE z:1 0 0 BYSCORE WITHSCORES ~ ZRANGE z:1 0 0 BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND score >= CAST('Infinity' AS DOUBLE) ~ high ~ ZRANGE z:1 Infinity +inf BYSCORE WITHSCORES ~ ZRANGE z:1 +inf +inf BYSCORE LIMIT 0 100 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND score IN (1, 2, 7) ~ one;two;uno ~ ZRANGE z:1 (3 ranges) BYSCORE WITHSCORES ~ ZRANGE z:1 1 1 BYSCORE LIMIT 0 33 WITHSCORES;ZRANGE z:1 2 2 BYSCORE LIMIT 0 33 WITHSCORES;ZRANGE z:1 7 7 BYSCORE LIMIT 0 33 WITHSCORES
            SELECT member, score FROM z WHERE id = 1 AND member IN ('two', 'no') ~ two|2.0 ~ ZMSCORE z:1 no two ~ ZMSCORE z:1 no two
            SELECT member FROM z WHERE id = 1 AND member IN ('two', 'one') AND score < 2 ~ one ~ ZMSCORE z:1 one two ~ ZMSCORE z:1 one two
            SELECT rank FROM z WHERE id = 1 AND member = 'two' ~ 5 ~ ZMSCORE z:1 two; ZRANK z:1 two ~ ZRANK z:1 two;ZMSCORE z:1 two
            SELECT member, score, rank FROM z WHERE id = 1 AND rank BETWEEN 2 AND 3 ~ one|1.0|3;tenth|0.1|2 ~ ZRANGE z:1 2 3 WITHSCORES ~ ZRANGE z:1 2 3 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND rank < 3 AND score >= 0 ~ tenth;zero ~ ZRANGE z:1 0 2 WITHSCORES ~ ZRANGE z:1 0 2 WITHSCORES
            SELECT id FROM z WHERE id IN (1, 2) AND member = 'uno' ~ 1 ~ ZMSCORE z:1, z:2 uno ~ ZMSCORE z:1 uno;ZMSCORE z:2 uno
            """)
    void sortedSets(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    @Test
    void theLastRankThatThereMayBeIsReadOnce() throws Exception {
        assertEquals(List.of(), tables.rows("SELECT member FROM z WHERE id = 1 AND rank >= 9223372036854775807"));
        assertEquals(
                List.of("ZRANGE z:1 9223372036854775807 9223372036854775807 WITHSCORES"),
                tables.sent("SELECT member FROM z WHERE id = 1 AND rank >= 9223372036854775807"));
    }

    /** Ids are text: 10-0 is below 9-0, and 1700000000000-2 above 1700000000000-10. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT n FROM x WHERE id = 1 AND _ts > TIMESTAMP '2023-11-14 22:13:20.002' ~ 30;40;50 ~ XRANGE x:1 1700000000003 + ~ XRANGE x:1 1700000000003 + COUNT 100
            SELECT n FROM x WHERE id = 1 AND _ts <= TIMESTAMP '2023-11-14 22:13:20' ~ 1;2;3;4;5 ~ XRANGE x:1 - 1700000000000 ~ XRANGE x:1 - 1700000000000 COUNT 100
            SELECT n FROM x WHERE id = 1 AND _ts = '2023-11-14 22:13:20.001' ~ 10 ~ XRANGE x:1 1700000000001 1700000000001 ~ XRANGE x:1 1700000000001 1700000000001 COUNT 100
            SELECT n FROM x WHERE id = 2 AND _ts < TIMESTAMP '1960-01-01 00:00:00' ~ "" ~ XRANGE x:2 - -315619200001 ~ ""
            SELECT n FROM x WHERE id = 1 AND _id = '1700000000000-3' ~ 3 ~ XRANGE x:1 1700000000000-3 1700000000000-3 ~ XRANGE x:1 1700000000000-3 1700000000000-3 COUNT 100
            SELECT n FROM x WHERE id = 1 AND _id IN ('1700000000002-0', '01700000000002-0', 'x', '1700000000000-1') ~ 1;20 ~ XRANGE x:1 (4 ranges) ~ XRANGE x:1 1700000000000-1 1700000000000-1 COUNT 50;XRANGE x:1 1700000000002-0 1700000000002-0 COUNT 50
            SELECT n FROM x WHERE id = 1 AND _id > '1700000000003-0' ~ 40;50 ~ XRANGE x:1 - + COUNT 1; XREVRANGE x:1 + - COUNT 1; XRANGE x:1 (1700000000003-0 + ~ XRANGE x:1 - + COUNT 1;XREVRANGE x:1 + - COUNT 1;XRANGE x:1 1700000000003 1700000000005 COUNT 100
            SELECT n FROM x WHERE id = 2 AND _id >= '2' ~ 90 ~ XRANGE x:2 - + COUNT 1; XREVRANGE x:2 + - COUNT 1; XRANGE x:2 2 + ~ XRANGE x:2 - + COUNT 1;XREVRANGE x:2 + - COUNT 1;XRANGE x:2 9 9 COUNT 100
            SELECT n FROM x WHERE id = 2 AND _id < '2' ~ 100 ~ XRANGE x:2 - + COUNT 1; XREVRANGE x:2 + - COUNT 1; XRANGE x:2 - (2 ~ XRANGE x:2 - + COUNT 1;XREVRANGE x:2 + - COUNT 1;XRANGE x:2 10 10 COUNT 100
            SELECT n FROM x WHERE id = 3 AND _id < '2' ~ "" ~ XRANGE x:3 - + COUNT 1; XREVRANGE x:3 + - COUNT 1; XRANGE x:3 - (2 ~ XRANGE x:3 - + COUNT 1;XREVRANGE x:3 + - COUNT 1
            """)
    void streams(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    /** A parameter's text, too, is a range of ids. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT n FROM x WHERE id = 1 AND _id > ? ~ 1700000000003-0 ~ 40;50 ~ XRANGE x:1 (?0 + ~ XRANGE x:1 1700000000003 1700000000005 COUNT 100
            SELECT n FROM x WHERE id = 1 AND ? > _id ~ 1700000000001 ~ 1;2;3;4;5 ~ XRANGE x:1 - (?0 ~ XRANGE x:1 1700000000000 1700000000001 COUNT 100
            SELECT n FROM x WHERE id = 2 AND _id >= CAST(? AS VARCHAR) ~ 2 ~ 90 ~ XRANGE x:2 ?0 + ~ XRANGE x:2 9 9 COUNT 100
            SELECT n FROM x WHERE id = 2 AND _id <= ? ~ 🕊 ~ 100;90 ~ XRANGE x:2 - ?0 ~ XRANGE x:2 9 9 COUNT 50;XRANGE x:2 10 10 COUNT 50
            """)
    void streamsByAParameter(String sql, String parameter, String rows, String explained, String sent)
            throws Exception {
        String ends = "XRANGE x:1 - + COUNT 1; XREVRANGE x:1 + - COUNT 1; ".replace("x:1", sent.split(" ")[1]);
        assertEquals(List.of(split(rows)), tables.rows(sql, parameter));
        assertEquals(ends + explained, tables.explained(sql));
        assertEquals(List.of(split(ends + sent)), tables.sent(sql, parameter));
        assertEquals(List.of(), tables.rows(sql, (Object) null));
        assertEquals(List.of(), tables.sent(sql, (Object) null));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT value FROM t WHERE id = 1 AND _ts >= TIMESTAMP '2023-11-14 22:13:24' ~ 4.5;5.5 ~ TS.RANGE t:1 1700000004000 + ~ TS.RANGE t:1 1700000004000 + COUNT 100
            SELECT value FROM t WHERE id = 1 AND _ts < TIMESTAMP '2023-11-14 22:13:22' ~ 1.5 ~ TS.RANGE t:1 - 1700000001999 ~ TS.RANGE t:1 - 1700000001999 COUNT 100
            SELECT value FROM t WHERE id = 1 AND value > 3.5 ~ 4.5;5.5 ~ TS.RANGE t:1 - + FILTER_BY_VALUE 3.5 +inf ~ TS.RANGE t:1 - + FILTER_BY_VALUE 3.5000000000000004 1.7976931348623157e+308 COUNT 100
            SELECT value FROM t WHERE id = 1 AND (value < 2 OR value = 4.5) ~ 1.5;4.5 ~ TS.RANGE t:1 - + FILTER_BY_VALUE (2 ranges) ~ TS.RANGE t:1 - + FILTER_BY_VALUE -1.7976931348623157e+308 4.5 COUNT 100
            SELECT value, room FROM t WHERE id IN (1, 2) AND room = 'attic' ~ -1.0|attic ~ TS.INFO t:1, t:2; TS.RANGE t:1, t:2 - + ~ TS.INFO t:1;TS.INFO t:2;TS.RANGE t:2 - + COUNT 100
            SELECT value FROM t WHERE id IN (1, 2) AND room IN ('attic', 'cellar') AND floor = 3 ~ -1.0 ~ TS.INFO t:1, t:2; TS.RANGE t:1, t:2 - + ~ TS.INFO t:1;TS.INFO t:2;TS.RANGE t:2 - + COUNT 100
            """)
    void timeSeries(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    private static List<String> inOrder(String sql) throws SQLException {
        try (Statement statement = tables.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return LiveTables.text(result);
        }
    }

    /** One key's own order: nothing sorts here. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT member, score FROM z WHERE id = 1 ORDER BY score DESC LIMIT 2 ~ high|Infinity;two|2.0 ~ ZRANGE z:1 REV WITHSCORES; LIMIT 2 ~ ZRANGE z:1 0 1 REV WITHSCORES
            SELECT member FROM z WHERE id = 1 ORDER BY score LIMIT 3 ~ low;zero;tenth ~ ZRANGE z:1 WITHSCORES; LIMIT 3 ~ ZRANGE z:1 0 2 WITHSCORES
            SELECT member FROM z WHERE id = 1 ORDER BY score OFFSET 5 ~ two;high ~ ZRANGE z:1 WITHSCORES; OFFSET 5 ~ ZRANGE z:1 0 99 WITHSCORES
            SELECT member FROM z WHERE id = 1 ORDER BY rank DESC LIMIT 1 OFFSET 1 ~ two ~ ZRANGE z:1 REV WITHSCORES; OFFSET 1; LIMIT 1 ~ ZCARD z:1;ZRANGE z:1 0 1 REV WITHSCORES
            SELECT rank, member FROM z WHERE id = 1 ORDER BY rank DESC LIMIT 2 ~ 6|high;5|two ~ ZRANGE z:1 REV WITHSCORES; LIMIT 2 ~ ZCARD z:1;ZRANGE z:1 0 1 REV WITHSCORES
            SELECT rank, member FROM z WHERE id = 1 AND score < 1 ORDER BY score DESC LIMIT 2 ~ 2|tenth;1|zero ~ ZCOUNT z:1; ZRANGE z:1 (1 -inf BYSCORE REV WITHSCORES; LIMIT 2 ~ ZCOUNT z:1 -inf (1;ZRANGE z:1 (1 -inf BYSCORE REV LIMIT 0 2 WITHSCORES
            SELECT member FROM z WHERE id = 1 AND (score < 0 OR score > 1) ORDER BY score DESC LIMIT 3 ~ high;two;low ~ ZRANGE z:1 (2 ranges) BYSCORE REV WITHSCORES; LIMIT 3 ~ ZRANGE z:1 +inf (1 BYSCORE REV LIMIT 0 3 WITHSCORES;ZRANGE z:1 (0 -inf BYSCORE REV LIMIT 0 1 WITHSCORES
            SELECT element, position FROM l WHERE id = 1 ORDER BY position DESC LIMIT 2 ~ e5|5;e4|4 ~ LLEN l:1; LRANGE l:1 0 -1 backwards; LIMIT 2 ~ LLEN l:1;LRANGE l:1 4 5
            SELECT element FROM l WHERE id = 1 AND position < 3 ORDER BY position DESC ~ e2;e1;e0 ~ LLEN l:1; LRANGE l:1 0 2 backwards ~ LLEN l:1;LRANGE l:1 0 2
            SELECT element FROM l WHERE id = 1 ORDER BY position LIMIT 2 ~ e0;e1 ~ LRANGE l:1; LIMIT 2 ~ LRANGE l:1 0 1
            SELECT n FROM x WHERE id = 1 ORDER BY _ts DESC LIMIT 2 ~ 50;40 ~ XREVRANGE x:1 + -; LIMIT 2 ~ XREVRANGE x:1 + - COUNT 2
            SELECT n FROM x WHERE id = 1 AND _ts < TIMESTAMP '2023-11-14 22:13:20.003' ORDER BY _ts DESC LIMIT 1 ~ 20 ~ XREVRANGE x:1 1700000000002 -; LIMIT 1 ~ XREVRANGE x:1 1700000000002 - COUNT 1
            SELECT value FROM t WHERE id = 1 ORDER BY _ts DESC LIMIT 2 ~ 5.5;4.5 ~ TS.REVRANGE t:1 - +; LIMIT 2 ~ TS.REVRANGE t:1 - + COUNT 2
            SELECT value FROM t WHERE id = 1 AND value < 4 ORDER BY _ts DESC LIMIT 1 ~ 3.5 ~ TS.REVRANGE t:1 - + FILTER_BY_VALUE -inf 4; LIMIT 1 ~ TS.REVRANGE t:1 - + FILTER_BY_VALUE -1.7976931348623157e+308 3.9999999999999996 COUNT 1
            """)
    void aKeysOwnOrder(String sql, String rows, String explained, String sent) throws Exception {
        assertEquals(List.of(split(rows)), inOrder(sql));
        assertEquals(explained, tables.explained(sql));
        assertEquals(List.of(split(sent)), tables.sent(sql));
        assertFalse(inOrder("EXPLAIN PLAN FOR " + sql).get(0).contains("Sort"));
    }

    /** What decides beyond the key's own order is sorted here, among the first rows of each key and those that tie with the last. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT member FROM z WHERE id = 1 ORDER BY score DESC, member LIMIT 3 ~ high;two;one ~ ZRANGE z:1 REV WITHSCORES; LIMIT 3 WITH TIES ~ ZRANGE z:1 0 12 REV WITHSCORES
            SELECT id, member FROM z WHERE id IN (1, 2) ORDER BY score DESC LIMIT 1 ~ 1|high ~ ZRANGE z:1, z:2 REV WITHSCORES; LIMIT 1 PER KEY ~ ZRANGE z:1 0 0 REV WITHSCORES;ZRANGE z:2 0 0 REV WITHSCORES
            SELECT n FROM x WHERE id = 1 ORDER BY _id DESC LIMIT 2 ~ 50;40 ~ XRANGE x:1 - + COUNT 1; XREVRANGE x:1 + - COUNT 1; XREVRANGE x:1 + -; LIMIT 2 WITH TIES ~ XRANGE x:1 - + COUNT 1;XREVRANGE x:1 + - COUNT 1;XREVRANGE x:1 1700000000005 1700000000000 COUNT 12
            SELECT n FROM x WHERE id = 2 ORDER BY _id DESC LIMIT 1 ~ 90 ~ XRANGE x:2 - + COUNT 1; XREVRANGE x:2 + - COUNT 1; XREVRANGE x:2 + -; LIMIT 1 WITH TIES ~ XRANGE x:2 - + COUNT 1;XREVRANGE x:2 + - COUNT 1;XREVRANGE x:2 10 10 COUNT 100;XREVRANGE x:2 9 9 COUNT 400
            SELECT n FROM x WHERE id = 1 ORDER BY _ts, _seq DESC LIMIT 2 ~ 5;4 ~ XRANGE x:1 - +; LIMIT 2 WITH TIES ~ XRANGE x:1 - + COUNT 12
            """)
    void orderedByMoreThanAKeyHas(String sql, String rows, String explained, String sent) throws Exception {
        assertEquals(List.of(split(rows)), inOrder(sql));
        assertEquals(explained, tables.explained(sql));
        assertEquals(List.of(split(sent)), tables.sent(sql));
    }

    /** A key's rows are counted, and their ends told, by commands that read none of them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT COUNT(*) FROM s WHERE id IN (1, 2, 3, 9) ~ 5 ~ SCARD (4 keys) ~ SCARD s:1;SCARD s:2;SCARD s:3;SCARD s:9
            SELECT id, COUNT(member) FROM s WHERE id IN (1, 9) GROUP BY id ~ 1|3 ~ SCARD s:1, s:9 ~ SCARD s:1;SCARD s:9
            SELECT COUNT(*) FROM s WHERE id = 9 ~ 0 ~ SCARD s:9 ~ SCARD s:9
            SELECT COUNT(*) FROM s WHERE id = 1 AND member = 'a' ~ 1 ~ SMISMEMBER s:1 a ~ SMISMEMBER s:1 a
            SELECT COUNT(*) FROM l WHERE id = 1 ~ 6 ~ LLEN l:1 ~ LLEN l:1
            SELECT COUNT(*) FROM l WHERE id = 1 AND (position < 2 OR position > 4) ~ 3 ~ LLEN l:1 ~ LLEN l:1
            SELECT COUNT(*) FROM z WHERE id = 1 ~ 7 ~ ZCARD z:1 ~ ZCARD z:1
            SELECT COUNT(*) FROM z WHERE id = 1 AND rank BETWEEN 5 AND 50 ~ 2 ~ ZCARD z:1 ~ ZCARD z:1
            SELECT COUNT(*) FROM z WHERE id = 1 AND score > 0 AND score <= 1 ~ 3 ~ ZCOUNT z:1 (0 1 ~ ZCOUNT z:1 (0 1
            SELECT MIN(score), MAX(score) FROM z WHERE id = 1 ~ -Infinity|Infinity ~ ZRANGE z:1 0 0 WITHSCORES; ZRANGE z:1 0 0 REV WITHSCORES ~ ZRANGE z:1 0 0 WITHSCORES;ZRANGE z:1 0 0 REV WITHSCORES
            SELECT MIN(score), MAX(score) FROM z WHERE id = 1 AND score < 2 ~ -Infinity|1.0 ~ ZRANGE z:1 -inf (2 BYSCORE LIMIT 0 1 WITHSCORES; ZRANGE z:1 (2 -inf BYSCORE REV LIMIT 0 1 WITHSCORES ~ ZRANGE z:1 -inf (2 BYSCORE LIMIT 0 1 WITHSCORES;ZRANGE z:1 (2 -inf BYSCORE REV LIMIT 0 1 WITHSCORES
            SELECT COUNT(*) FROM x WHERE id = 1 ~ 10 ~ XLEN x:1 ~ XLEN x:1
            SELECT COUNT(*), MAX(_ts) FROM x WHERE id = 1 ~ 10|2023-11-14 22:13:20.005 ~ XLEN x:1; XREVRANGE x:1 + - COUNT 1 ~ XLEN x:1;XREVRANGE x:1 9223372036854775807 - COUNT 1
            SELECT MIN(_ts) FROM x WHERE id = 1 AND _ts > TIMESTAMP '2023-11-14 22:13:20.001' ~ 2023-11-14 22:13:20.002 ~ XRANGE x:1 1700000000002 + COUNT 1 ~ XRANGE x:1 1700000000002 9223372036854775807 COUNT 1
            SELECT COUNT(*) FROM t WHERE id = 1 AND value > 2 ~ 4 ~ TS.RANGE t:1 - + FILTER_BY_VALUE 2 +inf AGGREGATION count 4611686018427387904 ~ TS.RANGE t:1 - + FILTER_BY_VALUE 2.0000000000000004 1.7976931348623157e+308 AGGREGATION count 4611686018427387904
            SELECT SUM(value), AVG(value) FROM t WHERE id = 1 ~ 17.5|3.5 ~ TS.RANGE t:1 - + AGGREGATION sum 4611686018427387904; TS.RANGE t:1 - + AGGREGATION avg 4611686018427387904 ~ TS.RANGE t:1 - + AGGREGATION sum 4611686018427387904;TS.RANGE t:1 - + AGGREGATION avg 4611686018427387904
            SELECT MAX(_id) FROM x WHERE id = 1 ~ 1700000000005-0 ~ XRANGE x:1 - + COUNT 1; XREVRANGE x:1 + - COUNT 1; XREVRANGE x:1 + -; LIMIT 1 WITH TIES ~ XRANGE x:1 - + COUNT 1;XREVRANGE x:1 + - COUNT 1;XREVRANGE x:1 1700000000005 1700000000000 COUNT 11
            SELECT id, MIN(_id) FROM x WHERE id IN (1, 2) GROUP BY id ~ 1|1700000000000-1;2|10-0 ~ XRANGE x:1, x:2 - + COUNT 1; XREVRANGE x:1, x:2 + - COUNT 1; XRANGE x:1, x:2 - +; LIMIT 1 WITH TIES PER KEY ~ XRANGE x:1 - + COUNT 1;XREVRANGE x:1 + - COUNT 1;XRANGE x:2 - + COUNT 1;XREVRANGE x:2 + - COUNT 1;XRANGE x:1 1700000000000 1700000000005 COUNT 11;XRANGE x:2 9 9 COUNT 100;XRANGE x:2 10 10 COUNT 400
            SELECT ARG_MIN(value, _ts), ARG_MAX(value, _ts) FROM t WHERE id = 1 AND value < 5 ~ 1.5|4.5 ~ TS.RANGE t:1 - + FILTER_BY_VALUE -inf 5 AGGREGATION first 4611686018427387904; TS.RANGE t:1 - + FILTER_BY_VALUE -inf 5 AGGREGATION last 4611686018427387904 ~ TS.RANGE t:1 - + FILTER_BY_VALUE -1.7976931348623157e+308 4.999999999999999 AGGREGATION first 4611686018427387904;TS.RANGE t:1 - + FILTER_BY_VALUE -1.7976931348623157e+308 4.999999999999999 AGGREGATION last 4611686018427387904
            SELECT ARG_MAX(value, _ts) FROM t WHERE id IN (1, 2) ~ 5.5 ~ TS.RANGE t:1, t:2 - + ~ TS.RANGE t:1 - + COUNT 100;TS.RANGE t:2 - + COUNT 100
            SELECT MAX(_ts) FROM t WHERE id = 1 ~ 2023-11-14 22:13:25 ~ TS.REVRANGE t:1 - + COUNT 1 ~ TS.REVRANGE t:1 - + COUNT 1
            SELECT id, MIN(_ts) FROM t WHERE id = 2 GROUP BY id ~ 2|1970-01-01 00:00:00 ~ TS.RANGE t:2 - + COUNT 1 ~ TS.RANGE t:2 - + COUNT 1
            SELECT room, MAX(value) FROM t WHERE id IN (1, 2) GROUP BY room ~ attic|-1.0;hall|5.5 ~ TS.INFO t:1, t:2; TS.RANGE t:1, t:2 - + AGGREGATION max 4611686018427387904 ~ TS.INFO t:1;TS.RANGE t:1 - + AGGREGATION max 4611686018427387904;TS.INFO t:2;TS.RANGE t:2 - + AGGREGATION max 4611686018427387904
            """)
    void countsAndEnds(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT FLOOR(_ts TO MINUTE), AVG(value) FROM t WHERE id = 1 GROUP BY FLOOR(_ts TO MINUTE) ~ 2023-11-14 22:13:00|3.5 ~ TS.RANGE t:1 - + AGGREGATION avg 60000 ~ TS.RANGE t:1 - + COUNT 100 AGGREGATION avg 60000
            SELECT date_trunc('second', _ts), COUNT(*), SUM(value) FROM t WHERE id = 1 AND _ts >= TIMESTAMP '2023-11-14 22:13:24' GROUP BY date_trunc('second', _ts) ~ 2023-11-14 22:13:24|1|4.5;2023-11-14 22:13:25|1|5.5 ~ TS.RANGE t:1 1700000004000 + AGGREGATION count 1000; TS.RANGE t:1 1700000004000 + AGGREGATION sum 1000 ~ TS.RANGE t:1 1700000004000 + COUNT 100 AGGREGATION sum 1000;TS.RANGE t:1 1700000004000 + COUNT 100 AGGREGATION count 1000
            SELECT FLOOR(_ts TO DAY), MAX(value) FROM t WHERE id IN (1, 2) AND room = 'attic' GROUP BY FLOOR(_ts TO DAY) ~ 1970-01-01 00:00:00|-1.0 ~ TS.INFO t:1, t:2; TS.RANGE t:1, t:2 - + AGGREGATION max 86400000 ~ TS.INFO t:1;TS.INFO t:2;TS.RANGE t:2 - + COUNT 100 AGGREGATION max 86400000
            SELECT FLOOR(_ts TO DAY), SUM(value) FROM t WHERE id IN (1, 2) GROUP BY FLOOR(_ts TO DAY) ~ 1970-01-01 00:00:00|-1.0;2023-11-14 00:00:00|17.5 ~ TS.RANGE t:1, t:2 - + ~ TS.RANGE t:1 - + COUNT 100;TS.RANGE t:2 - + COUNT 100
            SELECT id, FLOOR(_ts TO DAY), SUM(value) FROM t WHERE id IN (1, 2) GROUP BY id, FLOOR(_ts TO DAY) ~ 1|2023-11-14 00:00:00|17.5;2|1970-01-01 00:00:00|-1.0 ~ TS.RANGE t:1, t:2 - + AGGREGATION sum 86400000 ~ TS.RANGE t:1 - + COUNT 100 AGGREGATION sum 86400000;TS.RANGE t:2 - + COUNT 100 AGGREGATION sum 86400000
            SELECT date_bin(INTERVAL '2' SECOND, _ts, TIMESTAMP '2001-01-01 00:00:00'), COUNT(*) FROM t WHERE id = 1 GROUP BY 1 ~ 2023-11-14 22:13:20|1;2023-11-14 22:13:22|2;2023-11-14 22:13:24|2 ~ TS.RANGE t:1 - + AGGREGATION count 2000 ~ TS.RANGE t:1 - + COUNT 100 AGGREGATION count 2000
            SELECT date_bin(INTERVAL '2' SECOND, _ts, TIMESTAMP '2001-01-01 00:00:01'), COUNT(*) FROM t WHERE id = 1 GROUP BY 1 ~ 2023-11-14 22:13:21|2;2023-11-14 22:13:23|2;2023-11-14 22:13:25|1 ~ TS.RANGE t:1 - + ~ TS.RANGE t:1 - + COUNT 100
            SELECT TUMBLE_START(_ts, INTERVAL '4' SECOND), ARG_MIN(value, _ts), ARG_MAX(value, _ts) FROM t WHERE id = 1 GROUP BY TUMBLE(_ts, INTERVAL '4' SECOND) ~ 2023-11-14 22:13:20|1.5|3.5;2023-11-14 22:13:24|4.5|5.5 ~ TS.RANGE t:1 - + AGGREGATION first 4000; TS.RANGE t:1 - + AGGREGATION last 4000 ~ TS.RANGE t:1 - + COUNT 100 AGGREGATION last 4000;TS.RANGE t:1 - + COUNT 100 AGGREGATION first 4000
            SELECT FLOOR(_ts TO WEEK), MAX(value) FROM t WHERE id = 1 GROUP BY FLOOR(_ts TO WEEK) ~ 2023-11-12 00:00:00|5.5 ~ TS.RANGE t:1 - + ~ TS.RANGE t:1 - + COUNT 100
            SELECT FLOOR(_ts TO HOUR), STDDEV(value) FROM t WHERE id = 2 GROUP BY FLOOR(_ts TO HOUR) ~ 1970-01-01 00:00:00|null ~ TS.RANGE t:2 - + ~ TS.RANGE t:2 - + COUNT 100
            """)
    void bucketsOfTime(String sql, String rows, String explained, String sent) throws Exception {
        check(sql, rows, explained, sent);
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT member FROM z ORDER BY score DESC LIMIT ?, 8",
        "SELECT member FROM z WHERE id = 1 ORDER BY score DESC LIMIT ?, 7",
        "'SELECT member FROM z WHERE id = 1 ORDER BY score, member LIMIT ?', 7",
        "SELECT n FROM x WHERE id = 1 ORDER BY _id DESC LIMIT ?, 10"
    })
    void aLimitOfNullIsNone(String sql, int rows) throws Exception {
        assertEquals(rows, tables.rows(sql, (Object) null).size());
        assertEquals(2, tables.rows(sql, 2).size());
    }
}
