package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSeriesTest {
    private static final String SENSORS = "{name:'t', type:'timeseries', key:'ts:{id}', columns:[{name:'room'},"
            + " {name:'floor', type:'INTEGER'}, {name:'since', type:'DATE', field:'installed on'}]}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    @Test
    void labelsAreColumns() throws Exception {
        redis.exec("TS.CREATE", "ts:a", "LABELS", "room", "kitchen 🕊", "floor", 2, "installed on", "2024-02-29");
        redis.exec("TS.CREATE", "ts:b", "LABELS", "unasked", "x");
        redis.exec("TS.ADD", "ts:a", 0, "0.1");
        redis.exec("TS.ADD", "ts:a", 1709208000123L, "1e308");
        redis.exec("TS.ADD", "ts:b", 253402300799999L, "-5e-324");
        try (LiveTables tables = LiveTables.open(redis, "", SENSORS)) {
            assertEquals(
                    List.of(
                            "ts:a|a|1970-01-01 00:00:00|0.1|kitchen 🕊|2|2024-02-29|null",
                            "ts:a|a|2024-02-29 12:00:00.123|1.0E308|kitchen 🕊|2|2024-02-29|null",
                            "ts:b|b|9999-12-31 23:59:59.999|-4.9E-324|null|null|null|null"),
                    tables.rows("SELECT * FROM t"));
            assertEquals(List.of("2|2"), tables.rows("SELECT floor, COUNT(*) FROM t WHERE floor = 2 GROUP BY floor"));
            assertEquals("SCAN MATCH ts:* TYPE TSDB-TYPE; TS.RANGE key - +", tables.explained("SELECT value FROM t"));
            assertEquals(List.of("TS.RANGE ts:a - + COUNT 100"), tables.sent("SELECT value FROM t WHERE id = 'a'"));
            assertEquals(
                    "TS.INFO 'ts:a'; TS.RANGE 'ts:a' - +".replace("'ts:a'", "ts:a"),
                    tables.explained("SELECT value, room FROM t WHERE id = 'a'"));
        }
    }

    @Test
    void emptyGoneAndOtherKeysHaveNoRows() throws Exception {
        redis.exec("TS.CREATE", "ts:a", "LABELS", "room", "hall");
        redis.exec("TS.ADD", "ts:b", 1, 2, "LABELS", "room", "attic");
        redis.exec("PEXPIRE", "ts:b", 5_000_000);
        redis.exec("SET", "ts:c", "x");
        try (LiveTables tables = LiveTables.open(redis, "", SENSORS)) {
            assertEquals(List.of("b|attic|2.0|false"), tables.rows("SELECT id, room, value, _ttl IS NULL FROM t"));
            for (String columns : List.of("id", "room", "value", "room, _ttl", "id, _ttl", "_key")) {
                assertEquals(
                        1,
                        tables.rows("SELECT " + columns + " FROM t WHERE id IN ('a', 'b', 'c', 'd')")
                                .size(),
                        columns);
            }
            assertEquals(List.of("1"), tables.rows("SELECT COUNT(*) FROM t"));
        }
    }

    @Test
    void anOddLabelBreaksNoQueryThatDoesntReadIt() throws Exception {
        redis.exec("TS.ADD", "ts:a", 1, 2, "LABELS", "room", "attic", "floor", "top");
        try (LiveTables tables = LiveTables.open(redis, "", SENSORS)) {
            assertEquals(List.of("attic|2.0"), tables.rows("SELECT room, value FROM t"));
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT floor FROM t"));
            assertTrue(error.getMessage().contains("key 'ts:a' has 'top'"), error.getMessage());
        }
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", SENSORS)) {
            assertEquals(List.of("attic|null"), tables.rows("SELECT room, floor FROM t"));
        }
    }

    @Test
    void manySamplesComeInPagesAndLimitsStopThem() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            commands.add(new Object[] {"TS.ADD", "ts:a", i, i});
        }
        redis.pipeline(commands);
        try (LiveTables tables = LiveTables.open(redis, "", SENSORS)) {
            assertEquals(
                    List.of("20000|20000|1.9999E8"),
                    tables.rows("SELECT COUNT(*), COUNT(DISTINCT _ts), SUM(value) FROM t"));
            assertEquals(7, tables.rows("SELECT value FROM t LIMIT 7").size());
            assertEquals(
                    List.of("TS.RANGE ts:a - + COUNT 7"), tables.sent("SELECT value FROM t WHERE id = 'a' LIMIT 7"));
            assertEquals(List.of("19998.0", "19999.0"), tables.rows("SELECT value FROM t OFFSET 19998"));
        }
    }

    /** Times have 64 bits there, and Calcite's days have 32. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            FLOOR(_ts TO DAY) ~ +73071226-02-26 00:00:00
            FLOOR(_ts TO HOUR) ~ +73071226-02-26 19:00:00
            FLOOR(_ts TO MONTH) ~ +73071226-02-01 00:00:00
            FLOOR(_ts TO YEAR) ~ +73071226-01-01 00:00:00
            date_trunc('day', _ts) ~ +73071226-02-26 00:00:00
            date_bin(INTERVAL '1' DAY, _ts, TIMESTAMP '2000-01-01 00:00:00') ~ +73071226-02-26 00:00:00
            CAST(_ts AS VARCHAR) ~ +73071226-02-26 19:48:13.952
            _ts + INTERVAL '1' SECOND ~ +73071226-02-26 19:48:14.952
            EXTRACT(YEAR FROM _ts) ~ 22008
            CEIL(_ts TO DAY) ~ 22008
            FLOOR(_ts TO WEEK) ~ 22008
            CAST(_ts AS DATE) ~ 22008
            _ts + INTERVAL '1' MONTH ~ 22008
            TIMESTAMPDIFF(MONTH, TIMESTAMP '2000-01-01 00:00:00', _ts) ~ 22008
            """)
    void functionsOfTheLatestTimesAreRightOrAnError(String function, String expected) throws Exception {
        redis.exec("TS.ADD", "ts:a", 1L << 61, 7);
        try (LiveTables tables = LiveTables.open(redis, "", SENSORS)) {
            for (String from : List.of("t", "(SELECT * FROM t LIMIT 1000000) AS a")) {
                String sql = "SELECT " + function + " FROM " + from + " WHERE id = 'a' GROUP BY " + function;
                if (expected.length() > 5) {
                    assertEquals(List.of(expected), tables.rows(sql));
                } else {
                    SQLException error = assertThrows(SQLException.class, () -> tables.rows(sql));
                    assertEquals(expected, error.getSQLState(), error.getMessage());
                    assertTrue(error.getMessage().contains("+73071226-02-26 19:48:13.952"), error.getMessage());
                }
            }
        }
    }
}
