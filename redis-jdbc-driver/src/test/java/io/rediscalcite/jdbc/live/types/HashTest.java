package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashTest {
    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static String column(String type, String format) {
        return "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'c', type:'" + type + "'"
                + (format.isEmpty() ? "" : ", format:'" + format + "'") + "}]}";
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            BIGINT ~ "" ~ 9223372036854775807 ~ 9223372036854775807
            BIGINT ~ "" ~ -9223372036854775808 ~ -9223372036854775808
            BIGINT ~ "" ~ 9007199254740993 ~ 9007199254740993
            BIGINT ~ "" ~ -0 ~ 0
            INTEGER ~ "" ~ +5 ~ 5
            INTEGER ~ "" ~ " 5" ~ 5
            INTEGER ~ "" ~ 007 ~ 7
            DOUBLE ~ "" ~ 0.1 ~ 0.1
            DOUBLE ~ "" ~ 1e308 ~ 1.0E308
            DOUBLE ~ "" ~ 5e-324 ~ 4.9E-324
            DOUBLE ~ "" ~ -inf ~ -Infinity
            DOUBLE ~ "" ~ nan ~ NaN
            REAL ~ "" ~ 0.1 ~ 0.1
            DECIMAL(31, 10) ~ "" ~ 123456789012345678901.0123456789 ~ 123456789012345678901.0123456789
            DECIMAL(31, 0) ~ "" ~ -1234567890123456789012345678901 ~ -1234567890123456789012345678901
            DECIMAL(10, 2) ~ "" ~ 1.5e3 ~ 1500.00
            BOOLEAN ~ "" ~ Yes ~ true
            BOOLEAN ~ "" ~ 0 ~ false
            VARCHAR ~ "" ~ 🕊 ключ 日本 ~ 🕊 ключ 日本
            VARCHAR ~ "" ~ "" ~ ""
            VARCHAR ~ "" ~ " blank " ~ " blank "
            DATE ~ "" ~ 1969-12-31 ~ 1969-12-31
            DATE ~ "" ~ 9999-12-31 ~ 9999-12-31
            DATE ~ "" ~ 2024-02-29 ~ 2024-02-29
            DATE ~ dd.MM.uuuu ~ 29.02.2024 ~ 2024-02-29
            DATE ~ epoch_seconds ~ -86400 ~ 1969-12-31
            TIME ~ "" ~ 23:59:59.999 ~ 23:59:59.999
            TIMESTAMP ~ "" ~ 1969-12-31T23:59:59.999Z ~ 1969-12-31 23:59:59.999
            TIMESTAMP ~ "" ~ 9999-12-31 23:59:59.999 ~ 9999-12-31 23:59:59.999
            TIMESTAMP ~ "" ~ 2024-02-29T12:00:00+05:30 ~ 2024-02-29 06:30:00
            TIMESTAMP ~ "" ~ 2024-02-29T12:00:00-0800 ~ 2024-02-29 20:00:00
            TIMESTAMP ~ "" ~ 2024-02-29 12:00:00+02 ~ 2024-02-29 10:00:00
            TIMESTAMP ~ epoch_millis ~ 1709208000123 ~ 2024-02-29 12:00:00.123
            TIMESTAMP ~ epoch_millis ~ -1 ~ 1969-12-31 23:59:59.999
            TIMESTAMP ~ epoch_seconds ~ 1709208000.12 ~ 2024-02-29 12:00:00.12
            TIMESTAMP ~ d MMM uuuu HH:mm ~ 29 Feb 2024 12:00 ~ 2024-02-29 12:00:00
            """)
    void aValueIsWhatWasWritten(String type, String format, String text, String expected) throws Exception {
        redis.exec("HSET", "h:1", "c", text);
        try (LiveTables tables = LiveTables.open(redis, "", column(type, format))) {
            assertEquals(List.of(expected), tables.rows("SELECT c FROM t"));
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            INTEGER ~ "" ~ 1.0 ~ isn't an INTEGER
            INTEGER ~ "" ~ 1e3 ~ isn't an INTEGER
            INTEGER ~ "" ~ 2147483648 ~ is out of range for INTEGER
            INTEGER ~ "" ~ "" ~ isn't an INTEGER
            BIGINT ~ "" ~ 9223372036854775808 ~ is out of range for BIGINT
            BIGINT ~ "" ~ 12three ~ isn't a BIGINT
            DOUBLE ~ "" ~ 1e999 ~ is out of range for DOUBLE
            DECIMAL(10, 2) ~ "" ~ 1.005 ~ DECIMAL
            BOOLEAN ~ "" ~ 2 ~ BOOLEAN
            DATE ~ "" ~ 2023-02-29 ~ 2023-02-29
            TIMESTAMP ~ "" ~ 2024-02-29T12:00:00.1234 ~ millisecond
            TIMESTAMP ~ epoch_millis ~ 2024-02-29 ~ isn't a number of milliseconds
            DATE ~ dd.MM.uuuu ~ 2024-02-29 ~ isn't a DATE in the column's format
            """)
    void aValueThatDoesntFitIsNamedOrNullAndCounted(String type, String format, String text, String reason)
            throws Exception {
        redis.exec("HSET", "h:1", "c", text, "d", "x");
        try (LiveTables tables = LiveTables.open(redis, "", column(type, format))) {
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT c FROM t"));
            assertEquals("22", error.getSQLState().substring(0, 2));
            for (String named : List.of("'t'", "'h:1'", "'c'", "'" + text + "'", reason)) {
                assertTrue(error.getMessage().contains(named), error.getMessage());
            }
            assertEquals(List.of("1"), tables.rows("SELECT id FROM t"));
        }
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", column(type, format))) {
            assertEquals(List.of("null"), tables.rows("SELECT c FROM t"));
        }
    }

    @Test
    void allBytesAreKept() throws Exception {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String megabyte = "0123456789abcdeé".repeat(1 << 16);
        redis.exec("HSET", "h:1", "bytes", all, "text", "a\0b", "big", megabyte, "odd", new byte[] {'a', (byte) 0xff});
        try (LiveTables tables = LiveTables.open(
                        redis,
                        "",
                        "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'bytes', type:'VARBINARY'}, {name:'text'},"
                                + " {name:'big'}, {name:'odd'}]}");
                ResultSet result = tables.connection().createStatement().executeQuery("SELECT * FROM t")) {
            assertTrue(result.next());
            assertArrayEquals(all, result.getBytes("bytes"));
            assertEquals("a\0b", result.getString("text"));
            assertEquals(megabyte, result.getString("big"));
            assertEquals("a\uDCFF", result.getString("odd"));
            assertNull(result.getObject("_ttl"));
        }
    }

    @Test
    void aMissingFieldIsNullAndAnEmptyOneIsEmpty() throws Exception {
        redis.exec("HSET", "h:1", "a", "", "other", 1);
        redis.exec("HSET", "h:2", "other", 1);
        try (LiveTables tables = LiveTables.open(
                redis, "", "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'a'}, {name:'n', type:'BIGINT'}]}")) {
            assertEquals(List.of("1||null", "2|null|null"), tables.rows("SELECT id, a, n FROM t"));
            assertEquals(List.of("2"), tables.rows("SELECT id FROM t WHERE a IS NULL"));
            assertEquals(List.of("1"), tables.rows("SELECT id FROM t WHERE a = ''"));
        }
    }

    @Test
    void keysThatAreGoneOrOfAnotherTypeAreNoRows() throws Exception {
        redis.exec("HSET", "h:1", "a", "x");
        redis.exec("SET", "h:2", "x");
        redis.exec("RPUSH", "h:3", "x");
        redis.exec("HSET", "h:4", "a", "x");
        redis.exec("DEL", "h:4");
        try (LiveTables tables =
                LiveTables.open(redis, "", "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'a'}]}")) {
            assertEquals(List.of("h:1|1|x|null"), tables.rows("SELECT * FROM t"));
            for (String id : List.of("2", "3", "4", "5")) {
                assertEquals(List.of(), tables.rows("SELECT * FROM t WHERE id = ?", id));
                assertEquals(List.of(), tables.rows("SELECT _key, _ttl FROM t WHERE id = ?", id));
                assertEquals(List.of(), tables.rows("SELECT _key FROM t WHERE _key = ?", "h:" + id));
            }
            assertEquals(List.of("1"), tables.rows("SELECT COUNT(*) FROM t"));
        }
    }

    /** A key that wasn't there when its fields were asked for, and is when its type is, has its fields all the same. */
    @Test
    void aHashThatComesWhileItIsReadHasItsFields() throws Exception {
        redis.exec("HSET", "h:1", "v", "1");
        redis.exec("HSET", "h:4", "v", "4");
        String model = "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'v'}]}";
        try (LiveTables tables = LiveTables.open(redis, "", model);
                Statement statement = tables.connection().createStatement();
                ResultSet result = statement.executeQuery("SELECT id, v FROM h WHERE id IN (1, 2, 3, 4)")) {
            assertTrue(result.next());
            assertEquals("1|1", result.getString(1) + "|" + result.getString(2));
            redis.exec("HSET", "h:2", "v", "2");
            redis.exec("HSET", "h:3", "w", "3");
            assertTrue(result.next());
            assertEquals("4|4", result.getString(1) + "|" + result.getString(2));
            assertTrue(result.next());
            assertEquals("2|2", result.getString(1) + "|" + result.getString(2));
            assertTrue(result.next());
            assertEquals("3|null", result.getString(1) + "|" + result.getString(2));
            assertFalse(result.next());
        }
    }

    @Test
    void justTheAskedFieldsAreRead() throws Exception {
        redis.exec("HSET", "h:1", "a", "x", "b", "y");
        redis.exec("PEXPIRE", "h:1", 5_000_000);
        try (LiveTables tables = LiveTables.open(
                redis, "", "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'a'}, {name:'bee', field:'b'}]}")) {
            assertEquals("SCAN MATCH h:* TYPE hash; HMGET key b", tables.explained("SELECT bee FROM t"));
            assertEquals(
                    List.of("SCAN 0 MATCH h:* COUNT 1000 TYPE hash", "HMGET h:1 b"), tables.sent("SELECT bee FROM t"));
            assertEquals(
                    List.of("HMGET h:1 a b", "PTTL h:1"),
                    tables.sent("SELECT * FROM t WHERE id IN ('1') AND bee > 'a'"));
            assertEquals(
                    List.of("SCAN 0 MATCH h:* COUNT 1000 TYPE hash"),
                    tables.sent("SELECT id, _key, COUNT(*) FROM t GROUP BY id, _key"));
            assertEquals(List.of("true"), tables.rows("SELECT _ttl BETWEEN 4000000 AND 5000000 FROM t"));
        }
    }

    @Test
    void keysThatArentTextAreRead() throws Exception {
        byte[] key = {'h', ':', (byte) 0xff, (byte) 0xfe, '*', '?'};
        redis.exec("HSET", key, "a", "x");
        try (LiveTables tables =
                LiveTables.open(redis, "", "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'a'}]}")) {
            assertEquals(List.of("h:\uDCFF\uDCFE*?|\uDCFF\uDCFE*?|x"), tables.rows("SELECT _key, id, a FROM t"));
            assertEquals(List.of("x"), tables.rows("SELECT a FROM t WHERE id = ?", "\uDCFF\uDCFE*?"));
        }
    }

    @Test
    void limitsStopReading() throws Exception {
        for (int i = 0; i < 500; i++) {
            redis.exec("HSET", "h:" + i, "a", i);
        }
        try (LiveTables tables = LiveTables.open(
                redis, "scanCount=10", "{name:'t', type:'hash', key:'h:{id}', columns:[{name:'a', type:'INTEGER'}]}")) {
            assertEquals(7, tables.rows("SELECT a FROM t LIMIT 7").size());
            assertEquals(3, tables.rows("SELECT a FROM t OFFSET 497").size());
            String counted = tables.counted("SELECT a FROM t LIMIT 7");
            assertTrue(counted.startsWith("hmget=7 scan="), counted);
        }
    }
}
