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

class StreamTest {
    private static final String EVENTS = "{name:'t', type:'stream', key:'ev:{id}', columns:[{name:'n', type:'BIGINT'},"
            + " {name:'price', type:'DECIMAL(31, 10)'}, {name:'at', type:'TIMESTAMP'}, {name:'day', type:'DATE'},"
            + " {name:'note', field:'the note'}, {name:'ok', type:'BOOLEAN'}]}";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    @Test
    void fieldsAreTyped() throws Exception {
        redis.exec("XADD", "ev:a", "1709208000123-5", "n", Long.MAX_VALUE, "price", "123456789012345678901.0123456789");
        redis.exec(
                "XADD", "ev:a", "1709208000124-0", "at", "2024-02-29T12:00:00+05:30", "day", "2024-02-29", "ok", "t");
        redis.exec("XADD", "ev:b", "0-1", "the note", "", "n", Long.MIN_VALUE, "unasked", "x");
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(
                    List.of(
                            "ev:a|a|1709208000123-5|2024-02-29 12:00:00.123|5|9223372036854775807|"
                                    + "123456789012345678901.0123456789|null|null|null|null|null",
                            "ev:a|a|1709208000124-0|2024-02-29 12:00:00.124|0|null|null|2024-02-29 06:30:00|2024-02-29|"
                                    + "null|true|null",
                            "ev:b|b|0-1|1970-01-01 00:00:00|1|-9223372036854775808|null|null|null||null|null"),
                    tables.rows("SELECT * FROM t"));
            assertEquals(List.of("0-1"), tables.rows("SELECT _id FROM t WHERE id = 'b'"));
            assertEquals(List.of("9223372036854775807"), tables.rows("SELECT MAX(n) FROM t"));
        }
    }

    @Test
    void idsOfAllBits() throws Exception {
        redis.exec("XADD", "ev:a", "18446744073709551615-18446744073709551615", "n", 1);
        redis.exec("XADD", "ev:b", "9223372036854775807-9223372036854775807", "n", 2);
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(
                    List.of(
                            "18446744073709551615-18446744073709551615|null|1",
                            "9223372036854775807-9223372036854775807|9223372036854775807|2"),
                    tables.rows("SELECT _id, _seq, n FROM t"));
        }
    }

    @Test
    void theLastOfFieldsOfOneNameCounts() throws Exception {
        redis.exec("XADD", "ev:a", "1-1", "n", 1, "note", "x", "n", 2);
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(List.of("2"), tables.rows("SELECT n FROM t"));
        }
    }

    @Test
    void emptyGoneAndOtherKeysHaveNoRows() throws Exception {
        redis.exec("XADD", "ev:a", "1-1", "n", 1);
        redis.exec("XDEL", "ev:a", "1-1");
        redis.exec("XADD", "ev:b", "1-1", "n", 1);
        redis.exec("PEXPIRE", "ev:b", 5_000_000);
        redis.exec("SET", "ev:c", "x");
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(List.of("b|1|false"), tables.rows("SELECT id, n, _ttl IS NULL FROM t"));
            assertEquals(List.of("b"), tables.rows("SELECT id FROM t WHERE id IN ('a', 'b', 'c', 'd')"));
            assertEquals(List.of("1"), tables.rows("SELECT COUNT(*) FROM t"));
            assertEquals(List.of("b"), tables.rows("SELECT id FROM t LIMIT 5"));
        }
    }

    @Test
    void oneOddValueBreaksNoQueryThatDoesntReadIt() throws Exception {
        redis.exec("XADD", "ev:a", "1-1", "n", "many", "note", "x");
        redis.exec("XADD", "ev:a", "1-2", "n", "2", "note", "y");
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(List.of("1-1", "1-2"), tables.rows("SELECT _id FROM t"));
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT n FROM t"));
            assertTrue(error.getMessage().contains("key 'ev:a' has 'many'"), error.getMessage());
        }
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", EVENTS)) {
            assertEquals(List.of("1-1|null", "1-2|2"), tables.rows("SELECT _id, n FROM t"));
        }
    }

    @Test
    void manyEntriesComeInPagesAndLimitsStopThem() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            commands.add(new Object[] {"XADD", "ev:a", "1-" + (i + 1), "n", i});
        }
        for (int i = 0; i < 5; i++) {
            commands.add(new Object[] {"XADD", "ev:b", "1-" + (i + 1), "n", 20_000 + i});
        }
        redis.pipeline(commands);
        try (LiveTables tables = LiveTables.open(redis, "", EVENTS)) {
            assertEquals(
                    List.of("20005|20005|200090010"),
                    tables.rows("SELECT COUNT(*), COUNT(DISTINCT n), CAST(SUM(n) AS BIGINT) FROM t"));
            List<String> sent = tables.sent("SELECT n FROM t");
            assertEquals(
                    "XRANGE ev:a - + COUNT 100",
                    sent.stream()
                            .filter(c -> c.startsWith("XRANGE ev:a"))
                            .findFirst()
                            .orElseThrow());
            assertTrue(sent.contains("XRANGE ev:a (1-100 + COUNT 400"), sent.toString());
            assertEquals(
                    7, tables.rows("SELECT n FROM t WHERE id = 'a' LIMIT 7").size());
            assertEquals(List.of("XRANGE ev:a - + COUNT 7"), tables.sent("SELECT n FROM t WHERE id = 'a' LIMIT 7"));
            assertEquals(List.of("19998", "19999"), tables.rows("SELECT n FROM t WHERE id = 'a' OFFSET 19998"));
            assertEquals(3, tables.rows("SELECT n FROM t OFFSET 20002").size());
            assertEquals(2, tables.rows("SELECT n FROM t OFFSET 20002 LIMIT 2").size());
            assertEquals("SCAN MATCH ev:* TYPE stream; XRANGE key - +", tables.explained("SELECT n FROM t"));
        }
    }
}
