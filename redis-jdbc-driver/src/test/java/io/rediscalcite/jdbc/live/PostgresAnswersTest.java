package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL's answers on live data, in order where the statement orders. */
class PostgresAnswersTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        Live.load(
                redis,
                """
                HSET t:1 n 1 big 9223372036854775807 small 2147483647 txt a day 2024-01-31 dec 0.10
                HSET t:2 n 2 big 9223372036854775807 small 2147483647 txt B day 2024-02-29 dec 0.20
                HSET t:3 n 4 big 1 small 1 txt ключ dec 0.30
                HSET t:4 txt 🕊
                HSET t:5 n -7 big -1 small -1
                """);
        redis.exec("HSET", "t:5", "txt", "");
        redis.exec("HSET", "t:6", "txt", "ю", "n", "2");
        connection = Live.connect(redis.url());
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
            SELECT n FROM t ORDER BY n ~ -7;1;2;2;4;null
            SELECT n FROM t ORDER BY n DESC ~ null;4;2;2;1;-7
            SELECT n FROM t ORDER BY n NULLS FIRST ~ null;-7;1;2;2;4
            SELECT n FROM t ORDER BY n DESC NULLS LAST ~ 4;2;2;1;-7;null
            SELECT n FROM t ORDER BY n DESC LIMIT 2 ~ null;4
            SELECT n FROM t ORDER BY n LIMIT 2 OFFSET 4 ~ 4;null
            SELECT id FROM t ORDER BY n, id DESC ~ 5;1;6;2;3;4
            SELECT id FROM t ORDER BY txt ~ 5;2;1;3;6;4
            SELECT id FROM t ORDER BY txt DESC ~ 4;6;3;1;2;5
            SELECT MAX(txt), MIN(txt) FROM t WHERE txt <> '' ~ 🕊|B
            SELECT AVG(n), SUM(n), COUNT(n), COUNT(*) FROM t ~ 0.4|2|5|6
            SELECT AVG(n) FROM t WHERE id = 4 ~ null
            SELECT SUM(n), COUNT(n) FROM t WHERE id = 4 ~ null|0
            SELECT SUM(big) FROM t ~ 18446744073709551614
            SELECT SUM(small) FROM t ~ 4294967294
            SELECT SUM(big) OVER (ORDER BY id) FROM t WHERE id < 3 ORDER BY id ~ 9223372036854775807;18446744073709551614
            SELECT SUM(CAST(dec AS DECIMAL(5, 2))) FROM t ~ 0.60
            SELECT id FROM t WHERE dec = 0.3 ~ 3
            SELECT id FROM t WHERE big = 9223372036854775807 ORDER BY id ~ 1;2
            SELECT id FROM t WHERE txt = 'ключ' ~ 3
            SELECT id FROM t WHERE txt LIKE 'к%ч' ~ 3
            SELECT id FROM t WHERE txt IN ('🕊', 'a ') ~ 4
            SELECT id FROM t WHERE txt = '' ~ 5
            SELECT id FROM t WHERE txt <> '' AND n IS NULL ~ 4
            SELECT id FROM t WHERE NOT (n > 1) ORDER BY id ~ 1;5
            SELECT id FROM t WHERE n NOT IN (1, 2) ORDER BY id ~ 3;5
            SELECT id FROM t WHERE n NOT IN (1, NULL) ~ ""
            SELECT id FROM t WHERE n IS DISTINCT FROM 2 ORDER BY id ~ 1;3;4;5
            SELECT id FROM t WHERE n IN (1, NULL) ~ 1
            SELECT id, CASE WHEN n > 1 THEN 'few' ELSE 'plenty' END || '|' FROM t WHERE id IN (1, 2) ORDER BY id ~ 1|plenty|;2|few|
            SELECT CASE WHEN n > 1 THEN 'few' ELSE 'plenty' END AS c, COUNT(*) FROM t GROUP BY c ORDER BY c ~ few|3;plenty|3
            SELECT CHAR_LENGTH(txt), UPPER(txt) FROM t WHERE id = 3 ~ 4|КЛЮЧ
            SELECT COALESCE(n, 0), NULLIF(txt, '🕊') FROM t WHERE id = 4 ~ 0|null
            SELECT n / 2, n % 2, -n FROM t WHERE id IN (2, 3, 5) ORDER BY id ~ 1|0|-2;2|0|-4;-3|-1|7
            SELECT CAST(CAST(dec AS DECIMAL(5, 2)) * 25 AS INTEGER) FROM t WHERE id = 1 ~ 3
            SELECT day + INTERVAL '1' DAY FROM t WHERE id = 2 ~ 2024-03-01
            SELECT EXTRACT(YEAR FROM day), EXTRACT(DOY FROM day) FROM t WHERE id = 2 ~ 2024|60
            SELECT id FROM t WHERE day BETWEEN DATE '2024-02-01' AND DATE '2024-12-31' ~ 2
            SELECT n, COUNT(*) FROM t GROUP BY n HAVING COUNT(*) > 1 ~ 2|2
            SELECT COUNT(*), COUNT(DISTINCT n) FROM t ~ 6|4
            SELECT id, RANK() OVER (ORDER BY n DESC NULLS LAST) FROM t WHERE id < 5 ORDER BY id ~ 1|3;2|2;3|1;4|4
            SELECT id, LAG(id) OVER (ORDER BY id) FROM t ORDER BY id LIMIT 2 ~ 1|null;2|1
            SELECT id, SUM(n) OVER (PARTITION BY n > 1 ORDER BY id ROWS UNBOUNDED PRECEDING) FROM t WHERE n IS NOT NULL ORDER BY id ~ 1|1;2|2;3|6;5|-6;6|8
            SELECT id::VARCHAR || 'x' FROM t WHERE id = 1 ~ 1x
            SELECT id FROM t WHERE txt ILIKE 'A' ~ 1
            WITH a AS (SELECT id, n FROM t WHERE n > 0) SELECT COUNT(*) FROM a x JOIN a y ON x.n < y.n ~ 5
            SELECT id FROM t a WHERE n = (SELECT MAX(n) FROM t b WHERE b.n <= a.n) ORDER BY id ~ 1;2;3;5;6
            SELECT ID, N FROM T WHERE Id = 1 ~ 1|1
            SELECT "id" FROM redis.t WHERE "id" = 1 ~ 1
            SELECT _key, _ttl FROM t WHERE id = 1; ~ t:1|null
            SELECT ';' || id FROM t WHERE id = 1 -- ; ~ ;1
            """)
    void answers(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", Live.rows(connection, sql)));
    }
}
