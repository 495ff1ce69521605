package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What polars-redis 0.1.6 answers wrongly or refuses, without a model. */
class PitfallsTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static List<String> rows(String sql) throws SQLException {
        try (LiveTables tables = LiveTables.discovered(redis)) {
            return tables.rows(sql);
        }
    }

    @Test
    void oneColumnOfDocumentsAlone() throws Exception {
        redis.exec("JSON.SET", "j:1", "$", "{\"a\":1,\"b\":{\"c\":[true,null]}}");
        redis.exec("JSON.SET", "j:2", "$", "{\"a\":2}");
        assertEquals(List.of("1", "2"), rows("SELECT a FROM j"));
        assertEquals(List.of("null", "{\"c\":[true,null]}"), rows("SELECT b FROM j"));
    }

    @Test
    void aDeletedKeyIsNoRow() throws Exception {
        for (int i = 1; i <= 3; i++) {
            redis.exec("HSET", "h:" + i, "a", i);
        }
        try (LiveTables tables = LiveTables.discovered(redis)) {
            assertEquals(List.of("1", "2", "3"), tables.rows("SELECT a FROM h"));
            redis.exec("DEL", "h:2");
            assertEquals(List.of("1", "3"), tables.rows("SELECT a FROM h"));
            assertEquals(List.of("1"), tables.rows("SELECT a FROM h WHERE id IN (1, 2)"));
            assertEquals(List.of("2"), tables.rows("SELECT COUNT(*) FROM h"));
        }
    }

    @Test
    void oneOddValueBreaksNoQueryThatDoesntReadIt() throws Exception {
        redis.exec("HSET", "h:1", "n", 1, "name", "ann");
        redis.exec("HSET", "h:2", "n", 2, "name", "bo");
        try (LiveTables tables = LiveTables.discovered(redis)) {
            assertEquals(List.of("3"), tables.rows("SELECT SUM(n) FROM h"));
            redis.exec("HSET", "h:2", "n", "many");
            assertEquals(List.of("ann", "bo"), tables.rows("SELECT name FROM h"));
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT n FROM h"));
            assertTrue(error.getMessage().contains("'h:2' has 'many'"), error.getMessage());
        }
    }

    @Test
    void aKeyOfAnotherTypeUnderThePatternIsNoRow() throws Exception {
        redis.exec("HSET", "h:1", "a", "x");
        redis.exec("HSET", "h:2", "a", "y");
        redis.exec("SET", "h:3", "text");
        assertEquals(List.of("1|x", "2|y"), rows("SELECT id, a FROM h"));
        assertEquals(List.of(), rows("SELECT id, a FROM h WHERE id = 3"));
        assertEquals(List.of("text"), rows("SELECT value FROM h_string"));
    }

    @Test
    void fieldsOfStreamsHaveTypes() throws Exception {
        redis.exec(
                "XADD", "events:a", "1709208000123-5", "n", "9223372036854775807", "at", "2024-02-29T12:00:00+05:30");
        redis.exec("XADD", "events:b", "1709208000124-0", "n", "1", "ok", "true");
        assertEquals(
                List.of(
                        "1709208000123-5|2024-02-29 12:00:00.123|9223372036854775807|2024-02-29 06:30:00|null",
                        "1709208000124-0|2024-02-29 12:00:00.124|1|null|true"),
                rows("SELECT _id, _ts, n, at, ok FROM events"));
        assertEquals(List.of("9223372036854775808"), rows("SELECT SUM(n) FROM events"));
    }

    @Test
    void labelsOfSeriesAreColumns() throws Exception {
        redis.exec("TS.ADD", "temp:1", 0, "20.5", "LABELS", "room", "kitchen", "floor", 2);
        redis.exec("TS.ADD", "temp:2", 0, "-3", "LABELS", "room", "garden");
        assertEquals(List.of("garden|null|-3.0", "kitchen|2|20.5"), rows("SELECT room, floor, value FROM temp"));
    }

    @Test
    void datesAndTimestampsInHashesAndDocuments() throws Exception {
        redis.exec("HSET", "h:1", "d", "1969-12-31", "t", "2024-02-29 12:00:00.5");
        redis.exec("JSON.SET", "j:1", "$", "{\"d\":\"9999-12-31\",\"t\":\"2024-02-29T12:00:00Z\"}");
        assertEquals(
                List.of("1970-01-01|2024-03-01 12:00:00.5"),
                rows("SELECT d + INTERVAL '1' DAY, t + INTERVAL '1' DAY FROM h"));
        assertEquals(List.of("9999-12-31|2024-02-29 12:00:00"), rows("SELECT d, t FROM j"));
        assertEquals(List.of("1"), rows("SELECT COUNT(*) FROM h, j WHERE h.d < j.d AND h.t > j.t"));
    }

    @Test
    void offsetsFromUtcCount() throws Exception {
        redis.exec("HSET", "h:1", "t", "2024-02-29T12:00:00+05:30");
        redis.exec("HSET", "h:2", "t", "2024-02-29T12:00:00-0800");
        redis.exec("HSET", "h:3", "t", "2024-02-29T12:00:00Z");
        assertEquals(
                List.of("1|2024-02-29 06:30:00", "2|2024-02-29 20:00:00", "3|2024-02-29 12:00:00"),
                rows("SELECT id, t FROM h"));
    }

    /** A sign and blanks make no other number; a point and an exponent make no integer. */
    @ParameterizedTest(name = "''{0}''")
    @CsvSource({"+5, 5", "' 5', 5", "'5 ', 5", "007, 7", "1.0, ''", "1e3, ''", "0x10, ''", "'', ''", "'1,000', ''"})
    void whichTextsAreIntegers(String text, String number) throws Exception {
        redis.exec("HSET", "h:1", "n", text);
        String table = "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'n', type:'INTEGER'}]}";
        try (LiveTables tables = LiveTables.open(redis, "", table);
                LiveTables lenient = LiveTables.open(redis, "onBadValue=null", table)) {
            if (number.isEmpty()) {
                SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT n FROM h"));
                assertTrue(error.getMessage().contains("has '" + text + "' there"), error.getMessage());
                assertEquals(List.of("null"), lenient.rows("SELECT n FROM h"));
            } else {
                assertEquals(List.of(number), tables.rows("SELECT n FROM h"));
                assertEquals(List.of(number), lenient.rows("SELECT n FROM h"));
            }
        }
    }

    @Test
    void sevenOnesAndThreeAbcsAreText() throws Exception {
        for (int i = 0; i < 10; i++) {
            redis.exec("HSET", "h:" + i, "v", i < 7 ? "1" : "abc");
        }
        assertEquals(List.of("1|7", "abc|3"), rows("SELECT v, COUNT(*) FROM h GROUP BY v"));
        assertEquals(List.of("VARCHAR"), rows("SELECT data_type FROM redis_columns WHERE column_name = 'v'"));
    }
}
