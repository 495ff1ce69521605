package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL's functions, casts, aggregates and windows, where DuckDB's differ or have another name. */
class FunctionAnswersTest {
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
            SELECT CAST(0.5 AS VARCHAR), CAST(-0.50 AS VARCHAR), CAST(TRUE AS VARCHAR), CAST(12 AS VARCHAR) ~ 0.5|-0.50|true|12
            SELECT CAST(CAST(100 AS DOUBLE) AS VARCHAR), CAST(1e20 AS VARCHAR), CAST(0.1e0 AS VARCHAR), CAST(1e-5 AS VARCHAR) ~ 100|1e+20|0.1|1e-05
            SELECT CAST(CAST(1.1 AS REAL) AS VARCHAR), CAST(CAST(1e6 AS REAL) AS VARCHAR), CAST(1e15 AS VARCHAR), CAST(1e14 AS VARCHAR) ~ 1.1|1e+06|1e+15|100000000000000
            SELECT CAST(TIMESTAMP '2013-01-01 10:00:00.120' AS VARCHAR), CAST(TIME '10:11:12' AS VARCHAR) ~ 2013-01-01 10:00:00.12|10:11:12
            SELECT CAST('2013-01-02T03:04:05.6' AS TIMESTAMP), CAST(' 2013-1-2 ' AS DATE), CAST('03:04' AS TIME) ~ 2013-01-02 03:04:05.6|2013-01-02|03:04:00
            SELECT CAST(CAST(2.5 AS DOUBLE) AS INTEGER), CAST(CAST(3.5 AS DOUBLE) AS SMALLINT), CAST(CAST(-2.5 AS DOUBLE) AS BIGINT) ~ 2|4|-2
            SELECT CAST('a😀b' AS VARCHAR(2)) || '!', CAST('ab' AS VARCHAR(5)) || '!' ~ a😀!|ab!
            SELECT EXTRACT(SECOND FROM TIMESTAMP '2013-01-01 10:00:58.125'), EXTRACT(EPOCH FROM TIMESTAMP '1969-12-31 23:59:59.500') ~ 58.125|-0.500
            SELECT EXTRACT(DOW FROM DATE '2013-01-06'), EXTRACT(DOW FROM TIMESTAMP '2013-01-05 12:00:00') ~ 0|6
            SELECT DATE_TRUNC('quarter', TIMESTAMP '2013-05-06 07:08:09'), DATE_TRUNC('hour', TIMESTAMP '2013-05-06 07:08:09') ~ 2013-04-01 00:00:00|2013-05-06 07:00:00
            SELECT DATE_TRUNC('week', DATE '2013-01-02'), DATE_TRUNC('century', DATE '1999-01-02'), DATE_TRUNC('DAY', TIMESTAMP '1969-12-31 23:00:00') ~ 2012-12-31 00:00:00|1901-01-01 00:00:00|1969-12-31 00:00:00
            SELECT DATE_BIN(INTERVAL '15' MINUTE, TIMESTAMP '2020-02-11 15:44:17', TIMESTAMP '2001-01-01 00:00:00') ~ 2020-02-11 15:30:00
            SELECT DATE_BIN(INTERVAL '15' MINUTE, TIMESTAMP '2020-02-11 15:44:17', TIMESTAMP '2001-01-01 00:02:30') ~ 2020-02-11 15:32:30
            SELECT DATE_BIN(INTERVAL '2' DAY, TIMESTAMP '1969-12-29 01:00:00', TIMESTAMP '1970-01-01 00:00:00') ~ 1969-12-28 00:00:00
            SELECT DATE_BIN(INTERVAL '1' HOUR, CAST(NULL AS TIMESTAMP), TIMESTAMP '1970-01-01 00:00:00') ~ null
            SELECT TUMBLE_START(t, INTERVAL '1' HOUR), TUMBLE_END(t, INTERVAL '1' HOUR), COUNT(*) FROM (VALUES (TIMESTAMP '2020-01-01 10:59:00'), (TIMESTAMP '2020-01-01 10:00:00')) AS v(t) GROUP BY TUMBLE(t, INTERVAL '1' HOUR) ~ 2020-01-01 10:00:00|2020-01-01 11:00:00|2
            SELECT SUBSTRING('hello' FROM -1 FOR 4), SUBSTRING('hello' FROM 0 FOR 3), SUBSTRING('😀bc' FROM 2), SUBSTR('hello', 2, 3) ~ he|he|bc|ell
            SELECT OVERLAY('😀xxas' PLACING 'hom' FROM 2 FOR 2), LPAD('😀', 3, 'xy'), RPAD('abc', 2), REVERSE('a😀') ~ 😀homas|xy😀|ab|😀a
            SELECT POSITION('b' IN '😀b'), STRPOS('😀b', 'b'), CHAR_LENGTH('😀'), LENGTH('😀a') ~ 2|2|1|2
            SELECT 'abc' SIMILAR TO '(a|b)%', 'ab' NOT LIKE 'a_', 'AB' NOT ILIKE 'a_' ~ true|false|false
            SELECT GREATEST('～', '😀'), LEAST('～', '😀'), MAX(x), MIN(x) FROM (VALUES ('～'), ('😀')) AS t(x) ~ 😀|～|😀|～
            SELECT x FROM (VALUES ('😀'), ('～')) AS t(x) ORDER BY x ~ ～;😀
            SELECT x FROM (VALUES ('😀'), ('～'), ('a')) AS t(x) WHERE x > '～' AND x <= '😀' ~ 😀
            SELECT x, RANK() OVER (ORDER BY x) FROM (VALUES ('😀'), ('～')) AS t(x) ORDER BY 2 ~ ～|1;😀|2
            SELECT a.x FROM (VALUES ('😀'), ('～')) AS a(x) JOIN (VALUES ('～')) AS b(x) ON a.x > b.x ~ 😀
            SELECT COUNT(*) FROM (SELECT CAST(0 AS DOUBLE) AS x UNION SELECT -CAST(0 AS DOUBLE)) ~ 1
            SELECT COUNT(*) FROM (VALUES (CAST(0 AS DOUBLE))) AS a(x) JOIN (VALUES (-CAST(0 AS DOUBLE))) AS b(x) ON a.x = b.x ~ 1
            SELECT COUNT(*) FROM (SELECT x * 1.0 AS x FROM (VALUES (2.0)) AS t(x) INTERSECT SELECT x * 1.00 FROM (VALUES (2.0)) AS t(x)) ~ 1
            SELECT CAST(12345678901234567890.12 AS DECIMAL(22,2)) / 2, CAST(2 AS DECIMAL(5,2)) / 3, 1 / 3 ~ 6172839450617283945.0600000000000000|0.6666666666666667|0
            SELECT COALESCE(delay, 0), COALESCE(NULL, carrier) FROM flight WHERE id < 3 ORDER BY id ~ 3|AA;0|B6
            SELECT n FROM (VALUES (1), (2)) AS t(n) WHERE 10 / (n - 1) > 5 AND n > 1 ~ 2
            SELECT value FROM (VALUES (1), (2), (3)) AS t(value) WHERE (value = 1 OR (value > 2 AND NOT (value) = 4)) ~ 1;3
            SELECT id FROM flight WHERE COALESCE(delay, delay) = 0 OR (delay <> 0 AND 6 / delay = 2) ~ 1
            SELECT carrier, COUNT(*), GROUPING(carrier) FROM flight WHERE id > 99 GROUP BY ROLLUP(carrier) ~ null|0|1
            SELECT carrier FROM flight WHERE id > 99 GROUP BY CUBE(carrier) ~ null
            SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY id), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY price) FROM flight ~ 2.5|1.00
            SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY id) FROM flight WHERE id > 99 ~ null
            SELECT CORR(id, km), CORR(id, 1) FROM flight WHERE id <> 3 ~ 1.0|null
            SELECT id, LAG(delay) IGNORE NULLS OVER (ORDER BY id) FROM flight ORDER BY id ~ 1|null;2|3;3|3;4|2000000000
            SELECT id, COUNT(DISTINCT carrier) OVER (ORDER BY id) FROM flight ORDER BY id ~ 1|1;2|2;3|2;4|2
            SELECT id, SUM(id) OVER (ORDER BY day RANGE BETWEEN INTERVAL '1' DAY PRECEDING AND CURRENT ROW) FROM flight ORDER BY id ~ 1|1;2|2;3|3;4|7
            """)
    void answer(String sql, String rows) throws Exception {
        assertEquals(List.of(rows.split(";", -1)), Sql.rows(connection, sql), sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT COUNT(DISTINCT (id, carrier)) FROM flight ~ 0A000 ~ row values such as (a, b) can't be grouped or aggregated
            SELECT id FROM flight WHERE carrier < ALL (SELECT carrier FROM airline) ~ 0A000 ~ text can't be compared by < or >
            SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY id DESC) FROM flight ~ 0A000 ~ PERCENTILE_DISC orders its values ascending only
            SELECT CORR(id, km) OVER () FROM flight ~ 0A000 ~ CORR can't be used as a window function
            SELECT CAST('2013-02-30' AS DATE) ~ 22P02 ~ '2013-02-30' has a date that doesn't exist
            SELECT CAST('x' AS TIMESTAMP) ~ 22P02 ~ 'x' is no TIMESTAMP
            SELECT CAST(1e30 AS BIGINT) ~ 22P02 ~ 1e+30 is out of range for BIGINT
            SELECT price / 0 FROM flight WHERE id = 1 ~ 22P02 ~ division by zero
            SELECT SUBSTRING('abc' FROM 1 FOR -1) ~ 22P02 ~ SUBSTRING of a negative length: -1
            SELECT DATE_TRUNC('fortnight', ts) FROM flight WHERE id = 1 ~ 22P02 ~ DATE_TRUNC has no unit 'fortnight'
            """)
    void refusal(String sql, String state, String message) {
        SQLException thrown = assertThrows(SQLException.class, () -> Sql.rows(connection, sql));
        assertEquals(state, thrown.getSQLState(), thrown.getMessage());
        assertTrue(String.valueOf(thrown.getMessage()).startsWith(message), thrown.getMessage());
    }

    /** What a scan can narrow its keys by is left to it. */
    @Test
    void likeKeepsItsBeginning() throws Exception {
        String plan = Sql.rows(connection, "EXPLAIN PLAN FOR SELECT id FROM flight WHERE _key LIKE 'flight:_'")
                .get(0);
        assertTrue(plan.contains("['flight:%']"), plan);
    }
}
