package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where Calcite's own answer differs from PostgreSQL's, ours is PostgreSQL's. */
class AnswersTest {
    private static Connection connection;

    @BeforeAll
    static void connect() throws Exception {
        connection = new ToyDatabase().connect();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT 1 ~ 1
            SELECT 1; ~ 1
            SELECT value, a.value, A."value" FROM airline a WHERE value LIKE 'Jet%' ORDER BY a.value ~ JetBlue Airways|JetBlue Airways|JetBlue Airways
            SELECT member, score, rank, RANK() OVER (ORDER BY score DESC) FROM scores WHERE rank = 1 ~ bob|2.0|1|1
            SELECT position, POSITION('c' IN element) FROM queue WHERE element IN ('second') ~ 1|3
            SELECT MAX(_key), COUNT(_ttl) FROM queue WHERE _key = 'queue' ~ queue|0
            WITH t(value, rank, _id, _ts) AS (VALUES (1, 2, 3, 4)) SELECT _ts, _id, rank, value FROM t ~ 4|3|2|1
            SELECT 1::int8, 'a'::text, CAST('1.5' AS float8) ~ 1|a|1.5
            SELECT 1 AS one, 'a', CAST(NULL AS INTEGER), DATE '2020-01-31', TIMESTAMP '2020-01-01 00:00:00.123' ~ 1|a|null|2020-01-31|2020-01-01 00:00:00.123
            VALUES (1, 'x'), (2, 'longer') ~ 1|x;2|longer
            SELECT AVG(n) FROM (VALUES (1), (2)) AS t(n) ~ 1.5
            SELECT AVG(n) OVER (ORDER BY n) FROM (VALUES (1), (2)) AS t(n) ~ 1.0;1.5
            SELECT SUM(n) FROM (VALUES (2147483647), (2147483647)) AS t(n) ~ 4294967294
            SELECT SUM(n) FROM (VALUES (9223372036854775807), (1)) AS t(n) ~ 9223372036854775808
            SELECT SUM(n) OVER () FROM (VALUES (9223372036854775807), (1)) AS t(n) ~ 9223372036854775808;9223372036854775808
            SELECT SUM(n), COUNT(*), AVG(n) FROM (VALUES (1), (CAST(NULL AS BIGINT))) AS t(n) ~ 1|2|1.0
            SELECT SUM(id) FROM flight WHERE id > 99 ~ null
            SELECT carrier, SUM(id), COUNT(DISTINCT id) FROM flight GROUP BY carrier ORDER BY carrier ~ AA|8|3;B6|2|1
            SELECT CASE WHEN id = 1 THEN 'few' ELSE 'plenty' END || '!' FROM flight WHERE id < 3 ~ few!;plenty!
            SELECT 'a' || '|' UNION ALL SELECT 'bcd' || '|' ~ a|;bcd|
            SELECT 'x' = 'x ', 'a' IN ('a  ', 'b') ~ false|false
            SELECT CAST('abcdef' AS CHAR(3)) || '!', CAST('a' AS CHAR(3)) || '!' ~ abc!|a!
            SELECT CAST(2.5 AS INTEGER), CAST(-2.5 AS INTEGER) ~ 3|-3
            SELECT CAST(TIMESTAMP '2020-01-01 10:20:30.456' AS TIMESTAMP) ~ 2020-01-01 10:20:30.456
            SELECT delay FROM flight WHERE id < 4 ORDER BY delay ~ 3;2000000000;null
            SELECT delay FROM flight WHERE id < 4 ORDER BY delay DESC ~ null;2000000000;3
            SELECT delay FROM flight WHERE id < 4 ORDER BY delay NULLS FIRST ~ null;3;2000000000
            SELECT "value" FROM airline WHERE carrier = 'ключ' ~ чайка 🕊
            SELECT 'ключ🕊' || "value" FROM airline WHERE "value" LIKE 'чайка%' ~ ключ🕊чайка 🕊
            SELECT F.Carrier FROM Redis.FLIGHT AS f WHERE ID = 1 ~ AA
            SELECT CASE WHEN delay > 5 THEN 'late' ELSE 'fine' END AS c, COUNT(*) FROM flight GROUP BY CASE WHEN delay > 5 THEN 'late' ELSE 'fine' END ORDER BY c ~ fine|2;late|2
            SELECT CASE WHEN delay > 5 THEN 'late' ELSE 'fine' END AS c, COUNT(*) FROM flight GROUP BY c ORDER BY 1 ~ fine|2;late|2
            SELECT carrier, COUNT(*) AS n FROM flight GROUP BY 1 HAVING COUNT(*) > 1 ~ AA|3
            SELECT id FROM flight ORDER BY id DESC LIMIT 2 OFFSET 1 ~ 3;2
            SELECT id FROM flight WHERE id != 1 AND id % 2 = 0 ORDER BY id ~ 2;4
            SELECT 'a%b' LIKE 'a\\%b', 'axb' LIKE 'a\\%b', 'a_b' LIKE 'a\\_b', 'axb' NOT LIKE 'a\\_b' ~ true|false|true|true
            SELECT 'a\\b' LIKE 'a\\\\b', 'ab' LIKE 'a\\b', 'A%B' ILIKE 'a\\%b', 'a\\b' LIKE 'a\\b' ESCAPE '' ~ true|true|true|true
            SELECT value FROM airline WHERE value LIKE 'Jet\\Blu_ %' ~ JetBlue Airways
            SELECT CURRENT_USER, CURRENT_DATE > DATE '2020-01-01' ~ sam|true
            """)
    void answer(String sql, String rows) throws Exception {
        assertEquals(List.of(rows.split(";", -1)), Sql.rows(connection, sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT id FROM flight WHERE 1 = 0
            SELECT id FROM flight LIMIT 0
            """)
    void noRows(String sql) throws Exception {
        assertEquals(List.of(), Sql.rows(connection, sql));
    }

    /** Twenty values and more would become a join with VALUES in Calcite, which can't be a key lookup. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            id IN (%s) ~ 3;4 ~ 3
            id NOT IN (%s) ~ 1;2 ~ 3
            delay IN (%s) ~ 1 ~ 3
            delay NOT IN (%s) ~ 3;4 ~ 3
            delay IS NULL OR delay IN (%s) ~ 1;2 ~ 3
            NOT (delay IN (%s)) ~ 3;4 ~ 3
            carrier || id IN (%s) ~ 3;4 ~ 'AA3'
            price IN (%s) ~ 1 ~ 10.5
            price * 2 NOT IN (%s) ~ 3;4 ~ 21.00
            day IN (%s) ~ 1 ~ DATE '2013-01-01'
            day NOT IN (%s) ~ 3;4 ~ DATE '2013-01-01'
            ts IN (%s) ~ 1 ~ TIMESTAMP '2013-01-01 00:00:00.123'
            at IN (%s) ~ 1 ~ TIME '01:00:00.001'
            """)
    void aLongInListStaysAFilter(String condition, String ids, String first) throws Exception {
        String values =
                switch (first.charAt(0)) {
                    case '\'' -> listOf(first, i -> "'AA" + (i + 3) + "'");
                    case 'D' -> listOf(first, i -> "DATE '1999-01-01' + INTERVAL '" + i + "' DAY");
                    case 'T' ->
                        listOf(first, i -> first.replace("01:", "02:").replace("2013", String.valueOf(2100 + i)));
                    default -> listOf(first, i -> String.valueOf(i + 3_000)) + ", 4";
                };
        String sql = "SELECT id FROM flight WHERE " + condition.formatted(values) + " ORDER BY id";
        assertEquals(List.of(ids.split(";", -1)), Sql.rows(connection, sql));
        String plan = Sql.rows(connection, "EXPLAIN PLAN FOR " + sql).get(0);
        assertEquals(-1, plan.indexOf("Join"), plan);
    }

    private static String listOf(String first, IntFunction<String> others) {
        return first + ", " + IntStream.range(0, 300).mapToObj(others).collect(Collectors.joining(", "));
    }

    @Test
    void explainIsReadable() throws Exception {
        String plan = Sql.rows(connection, "EXPLAIN PLAN FOR SELECT id FROM flight WHERE carrier IN ('AA', 'B6')")
                .get(0);
        assertEquals(-1, plan.indexOf("UTF-8"), plan);
        assertEquals(true, plan.contains("Sarg['AA', 'B6']"), plan);
    }
}
