package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Joins on keys: few left rows fetch just the keys that they name, each once. */
class JoinsTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static final String[] TABLES = {
        "{name:'plane', type:'hash', key:'plane:{id}', columns:[{name:'id'}, {name:'engines', type:'BIGINT'},"
                + " {name:'serial', type:'BIGINT'}]}",
        "{name:'pilot', type:'hash', key:'pilot:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'name'}]}",
        "{name:'flight', type:'hash', key:'flight:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'plane'},"
                + " {name:'pilot', type:'BIGINT'}, {name:'delay', type:'BIGINT'}]}",
        "{name:'seat', type:'hash', key:'seat:{flight}:{pilot}', columns:[{name:'flight', type:'BIGINT'},"
                + " {name:'pilot', type:'BIGINT'}, {name:'city'}]}"
    };

    private static Connection connection;

    /** 5,000 planes; 20 flights with planes N1 to N5 in turn, but for flight 20 without a plane and 19 with a lost one. */
    @BeforeAll
    static void load() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            commands.add(Live.command("HSET", "plane:N" + i, "engines", i % 4, "serial", i));
            commands.add(Live.command("HSET", "pilot:" + i, "name", "p" + i));
        }
        for (int i = 1; i <= 18; i++) {
            commands.add(Live.command(
                    "HSET", "flight:" + i, "plane", "N" + (i % 5 + 1), "pilot", i % 3 + 1, "delay", i - 9));
        }
        for (int i = 1; i <= 18; i++) {
            int pilot = i == 3 ? 9 : i % 3 + 1;
            commands.add(Live.command("HSET", "seat:" + i + ":" + pilot, "city", "c" + i));
            commands.add(Live.command("HSET", "seat:" + i + ":77", "city", "other"));
        }
        commands.add(Live.command("HSET", "flight:19", "plane", "gone", "pilot", 77777, "delay", 0));
        commands.add(Live.command("HSET", "flight:20", "delay", 0));
        redis.pipeline(commands);
        connection = Live.withTables(redis, "", TABLES);
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT f.id, p.engines FROM f4 f JOIN plane p ON p.id = f.plane ~ 1|2;2|3;3|0;4|1 ~ hmget=8
            SELECT f.id, p.engines FROM f4 f JOIN plane p ON f.plane = p.id ~ 1|2;2|3;3|0;4|1 ~ hmget=8
            SELECT f.id, p.engines FROM f4 f JOIN plane p ON p._key = 'plane:' || f.plane ~ 1|2;2|3;3|0;4|1 ~ hmget=8
            SELECT f.id, p.engines FROM f4 f, plane p WHERE p.id = f.plane AND p.engines > 1 ~ 1|2;2|3 ~ hmget=8
            SELECT f.id, p.engines FROM plane p JOIN f4 f ON p.id = f.plane ~ 1|2;2|3;3|0;4|1 ~ hmget=8
            SELECT f.id, p.id FROM f4 f JOIN plane p ON p.id = f.plane ~ 1|N2;2|N3;3|N4;4|N5 ~ hmget=4 type=4
            SELECT f.id, q.name FROM f4 f JOIN pilot q ON q.id = f.pilot ~ 1|p2;2|p3;3|p1;4|p2 ~ hmget=7
            SELECT f.id, q.name, p.engines FROM f4 f JOIN pilot q ON q.id = f.pilot JOIN plane p ON p.id = f.plane ~ 1|p2|2;2|p3|3;3|p1|0;4|p2|1 ~ hmget=11
            SELECT f.id, p.engines FROM lost f LEFT JOIN plane p ON p.id = f.plane ~ 19|null;1|2;20|null ~ hmget=6 type=3
            SELECT f.id, q.name FROM lost f LEFT JOIN pilot q ON q.id = f.pilot ~ 19|null;1|p2;20|null ~ hmget=6 type=3
            SELECT f.id, p.engines FROM lost f LEFT JOIN plane p ON p.id = f.plane WHERE p._key IS NULL ~ 19|null;20|null ~ hmget=6 type=3
            SELECT f.id, p.engines FROM lost f LEFT JOIN plane p ON p.id = f.plane AND p.engines = 99 ~ 19|null;1|null;20|null ~ hmget=6 type=3
            SELECT f.id FROM lost f WHERE EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane) ~ 1 ~ hmget=4 type=4
            SELECT f.id FROM lost f WHERE NOT EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane) ~ 19;20 ~ hmget=4 type=4
            SELECT f.id FROM lost f WHERE NOT EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane AND p.engines = 2) ~ 19;20 ~ hmget=6 type=3
            SELECT f.id FROM lost f WHERE NOT EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane AND p.serial > f.id) ~ 19;20 ~ hmget=10 type=5
            SELECT f.id FROM lost f WHERE f.id > 1 AND NOT EXISTS (SELECT 1 FROM pilot q WHERE q.id = f.pilot) AND f.plane = 'gone' ~ 19 ~ hmget=3 type=3
            SELECT f.id, p.name FROM lost f LEFT JOIN pilot p ON p.id = f.pilot WHERE p._key IS NULL AND f.delay = 0 ~ 19|null;20|null ~ hmget=4 type=1
            SELECT f.id FROM lost f WHERE f._key NOT IN (SELECT _key FROM plane) ~ 1;19;20 ~ type=3
            SELECT f.id FROM lost f WHERE f.plane IN (SELECT id FROM plane) ~ 1 ~ hmget=4 type=4
            SELECT f.id FROM lost f WHERE f.plane IN (SELECT id FROM plane WHERE engines = 2) ~ 1 ~ hmget=6 type=3
            SELECT p.serial FROM plane p WHERE p.id IN (SELECT plane FROM lost) ~ 2 ~ hmget=6 type=3
            SELECT p.serial FROM plane p WHERE p.id IN ('N1', 'N2') AND p.engines = 1 ~ 1 ~ hmget=2
            SELECT p.serial FROM plane p WHERE p.serial IN (SELECT MAX(pilot) FROM f4) AND p._key = 'plane:N3' ~ 3 ~ hmget=5
            SELECT t.k, p.serial FROM (VALUES ('plane:N1'), ('plane:N1 '), ('pilot:1'), (NULL)) AS t(k) LEFT JOIN plane p ON p._key = t.k ~ null|null;pilot:1|null;plane:N1 |null;plane:N1|1 ~ hmget=2 type=1
            SELECT t.i, q.name FROM (VALUES (1), (1), (2), (99999)) AS t(i) JOIN pilot q ON q.id = t.i ~ 1|p1;1|p1;2|p2 ~ hmget=3 type=1
            SELECT t.i, q.name FROM (VALUES (CAST(1 AS TINYINT)), (CAST(2 AS TINYINT))) AS t(i) JOIN pilot q ON q.id = t.i ~ 1|p1;2|p2 ~ hmget=2
            SELECT a.serial, b.serial FROM plane a JOIN plane b ON a._key = b._key WHERE a.id = 'N8' ~ 8|8 ~ hmget=2
            SELECT COUNT(*) FROM f4 f JOIN plane p ON p.id = f.plane JOIN plane q ON q.id = f.plane ~ 4 ~ hmget=4 type=8
            SELECT p.serial, f.id FROM plane p RIGHT JOIN lost f ON p.id = f.plane ~ 2|1;null|19;null|20 ~ hmget=6 type=3
            SELECT f.id, p.serial FROM lost f LEFT JOIN plane p ON p.id = f.plane AND p.serial < f.id ~ 19|null;1|null;20|null ~ hmget=6 type=3
            SELECT f.id, p.serial FROM lost f LEFT JOIN plane p ON p.id = f.plane AND p.serial > f.id ~ 19|null;1|2;20|null ~ hmget=6 type=3
            SELECT f.id FROM lost f WHERE EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane AND p.serial > f.id) ~ 1 ~ hmget=7 type=3
            SELECT f.id, s.city FROM f4 f JOIN seat s ON s.flight = f.id AND s.pilot = f.pilot ~ 1|c1;2|c2;4|c4 ~ hmget=8 type=1
            SELECT f.id, s.twice FROM f4 f JOIN (SELECT flight, pilot, city || city AS twice FROM seat) s ON s.flight = f.id AND s.pilot = f.pilot ~ 1|c1c1;2|c2c2;4|c4c4 ~ hmget=8 type=1
            SELECT f.id, s.city FROM f4 f JOIN seat s ON s.flight = f.id AND s.pilot = 2 ~ 1|c1;4|c4 ~ hmget=4 type=6
            SELECT f.id, p.twice FROM f4 f JOIN (SELECT id, engines * 2 AS twice FROM plane WHERE engines > 1) p ON p.id = f.plane ~ 1|4;2|6 ~ hmget=8
            """)
    void aJoinOnTheKeySendsNoScan(String sql, String rows, String commands) throws Exception {
        String four = "(SELECT * FROM flight WHERE id IN (1, 2, 3, 4)) ";
        String lost = "(SELECT * FROM flight WHERE id IN (1, 19, 20)) ";
        String whole = sql.replace("f4 ", four)
                .replace("f4)", four + ")")
                .replace("lost f", lost + "f")
                .replace("lost)", lost + ")");
        assertEquals(new Live.Answer(rows, commands), Live.ask(redis, connection, whole));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT f.id FROM flight f WHERE f.id > 16 AND NOT EXISTS (SELECT 1 FROM plane p WHERE p.id = f.plane) ~ 19;20
            SELECT f.id FROM flight f WHERE f.id > 16 AND f.plane NOT IN (SELECT id FROM plane) ~ 19
            SELECT f.id FROM flight f WHERE f.id > 16 AND f.id NOT IN (SELECT pilot FROM flight) ~ ""
            SELECT f.id FROM flight f WHERE f.id > 16 AND f.id NOT IN (SELECT pilot FROM flight WHERE pilot IS NOT NULL) ~ 17;18;19;20
            SELECT COUNT(a.id) FROM flight a LEFT JOIN (SELECT engines FROM plane) p ON p.engines = a.id ~ 3767
            SELECT COUNT(*) FROM flight f RIGHT JOIN pilot q ON q.id = f.pilot ~ 5015
            SELECT COUNT(*) FROM flight f FULL JOIN pilot q ON q.id = f.pilot ~ 5017
            SELECT COUNT(*) FROM flight a JOIN flight b ON a.plane = b.plane ~ 67
            SELECT COUNT(*) FROM flight a CROSS JOIN flight b ~ 400
            SELECT f.id, (SELECT engines FROM plane p WHERE p.id = f.plane) FROM flight f WHERE f.id >= 18 ~ 18|0;19|null;20|null
            SELECT q.name, (SELECT COUNT(*) FROM flight f WHERE f.pilot = q.id) FROM pilot q WHERE q.id IN (1, 2, 9) ~ p1|6;p2|6;p9|0
            SELECT f.id FROM flight f JOIN plane p ON p.id = f.plane AND p.engines < f.delay AND f.id > 16 ~ 17;18
            SELECT f.id FROM (VALUES (1.0), (1.5)) AS f(id) JOIN pilot q ON q.id = f.id ~ 1.0
            SELECT plane, COUNT(*) FROM flight WHERE plane IN (SELECT id FROM plane WHERE engines > 0) GROUP BY plane ~ N1|3;N2|4;N3|4;N5|3
            SELECT id FROM pilot WHERE id < 4 INTERSECT SELECT pilot FROM flight ~ 1;2;3
            SELECT id FROM pilot WHERE id < 5 EXCEPT SELECT pilot FROM flight ~ 4
            SELECT DISTINCT pilot FROM flight WHERE pilot < 10 ~ 1;2;3
            """)
    void anyOtherJoinAnswersToo(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", Live.sorted(Live.rows(connection, sql))));
    }

    @Test
    void twentyLeftRowsFetchEachKeyOnce() throws Exception {
        Live.Answer answer = Live.ask(
                redis,
                connection,
                "SELECT f.id, p.serial FROM (SELECT * FROM flight WHERE id IN"
                        + " (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20)) f JOIN plane p ON p.id = f.plane");
        assertEquals(18, answer.rows().split(";").length);
        assertEquals("hmget=27 type=3", answer.commands());
    }

    /** 2,500 left rows that name 5 keys: a few batches, each key once a batch. */
    @Test
    void batchesOfLeftRowsNameEachKeyOnce() throws Exception {
        String sql = "SELECT COUNT(*), SUM(q.id) FROM (SELECT serial - 5 * (serial / 5) + 1 AS n FROM plane"
                + " WHERE serial <= 2500) p JOIN pilot q ON q.id = p.n AND q.name LIKE 'p%'";
        assertEquals(List.of("2500|7500"), Live.rows(connection, sql));
    }

    /** What follows an equality may fail where that says no, and where an earlier condition does. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT COUNT(*) FROM flight f LEFT JOIN plane p ON p.id = f.plane AND f.delay <> 0 AND 10 / f.delay > 0 ~ 20
            SELECT COUNT(p.id) FROM flight f LEFT JOIN plane p ON p.id = f.plane AND f.delay <> 0 AND 10 / f.delay > 0 ~ 9
            SELECT COUNT(*) FROM flight f JOIN flight g ON g.pilot = f.pilot AND f.delay <> 0 AND g.delay > f.delay AND 10 / f.delay > 5 ~ 2
            SELECT COUNT(*) FROM flight f LEFT JOIN flight g ON g.delay < f.delay AND f.delay <> 0 AND 10 / f.delay > 5 ~ 30
            SELECT COUNT(*) FROM flight f JOIN flight g ON (g.delay = f.delay OR 10 / f.delay > 5) AND f.delay > 0 ~ 28
            SELECT COUNT(*) FROM flight f JOIN flight g ON f.delay = 0 OR 10 / f.delay > 100 ~ 60
            """)
    void aConditionThatDecidesStopsWhatWouldFail(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", Live.rows(connection, sql)));
    }

    /** 100 left rows name 100 of 5,000 keys: those are asked for in one pipeline, and no key is scanned for. */
    @Test
    void aHundredRowsLookUpAHundredKeysInFewRoundTrips() throws Exception {
        String hundred = IntStream.rangeClosed(1, 100).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String sql = "SELECT COUNT(p.name), MAX(p.name) FROM (SELECT id, serial FROM plane WHERE id IN ("
                + hundred.replaceAll("(\\d+)", "'N$1'") + ")) f JOIN pilot p ON p.id = f.serial";
        assertEquals(List.of("100|p99"), Live.rows(connection, sql));
        long before = reads();
        assertEquals(new Live.Answer("100|p99", "hmget=200"), Live.ask(redis, connection, sql));
        long roundTrips = reads() - before;
        assertTrue(roundTrips < 10, roundTrips + " reads by the server");
    }

    /** How often the server read from a connection: once for each pipeline that fits into its buffer, those of this class too. */
    private static long reads() {
        return Arrays.stream(String.valueOf(redis.exec("INFO", "stats")).split("\r\n"))
                .filter(line -> line.startsWith("total_reads_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    @Test
    void explainNamesTheLookup() throws Exception {
        String plan = Live.plan(
                connection, "SELECT f.id, p.engines FROM flight f JOIN plane p ON p.id = f.plane WHERE f.id IN (1, 2)");
        assertTrue(plan.contains("RedisLookupJoin(condition=[=("), plan);
        assertTrue(plan.contains("commands=[HMGET plane:$left.plane engines]"), plan);
    }
}
