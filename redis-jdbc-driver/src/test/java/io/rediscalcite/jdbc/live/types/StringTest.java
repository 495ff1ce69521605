package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StringTest {
    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static String table(String type) {
        return "{name:'t', type:'string', key:'s:{id}', valueType:'" + type + "'}";
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            BIGINT ~ 9223372036854775807 ~ 9223372036854775807
            BIGINT ~ -9223372036854775808 ~ -9223372036854775808
            DOUBLE ~ 1e308 ~ 1.0E308
            DECIMAL(31, 1) ~ 123456789012345678901234567890.5 ~ 123456789012345678901234567890.5
            VARCHAR ~ "" ~ ""
            VARCHAR ~ 🕊 ~ 🕊
            BOOLEAN ~ f ~ false
            DATE ~ 1969-12-31 ~ 1969-12-31
            TIMESTAMP ~ 2024-02-29T00:00:00+01:00 ~ 2024-02-28 23:00:00
            """)
    void aValueIsWhatWasWritten(String type, String text, String expected) throws Exception {
        redis.exec("SET", "s:1", text);
        try (LiveTables tables = LiveTables.open(redis, "", table(type))) {
            assertEquals(List.of("s:1|1|" + expected + "|null"), tables.rows("SELECT * FROM t"));
            assertEquals(List.of(expected), tables.rows("SELECT \"value\" FROM t WHERE id = '1'"));
        }
    }

    @Test
    void keysThatAreGoneOrOfAnotherTypeAreNoRows() throws Exception {
        redis.exec("SET", "s:1", "x");
        redis.exec("HSET", "s:2", "x", "y");
        redis.exec("SETBIT", "s:3", 7, 1);
        redis.exec("PEXPIRE", "s:1", 5_000_000);
        try (LiveTables tables = LiveTables.open(redis, "", table("VARCHAR"))) {
            assertEquals(List.of("1|x|false", "3|\u0001|true"), tables.rows("SELECT id, value, _ttl IS NULL FROM t"));
            assertEquals(List.of("1|x"), tables.rows("SELECT id, value FROM t WHERE id IN ('1', '2', '4')"));
            assertEquals(List.of("1"), tables.rows("SELECT id FROM t WHERE id IN ('1', '2', '4')"));
            assertEquals(
                    List.of("s:1|1|x|false"),
                    tables.rows("SELECT _key, id, value, _ttl IS NULL FROM t WHERE id IN ('1', '2', '4')"));
            assertEquals("SCAN MATCH s:* TYPE string; MGET key", tables.explained("SELECT value FROM t"));
            assertEquals(List.of("MGET s:1 s:2 s:4"), tables.sent("SELECT value FROM t WHERE id IN ('1', '2', '4')"));
        }
    }

    @Test
    void oneOddValueBreaksNoQueryThatDoesntReadIt() throws Exception {
        redis.exec("SET", "s:1", "1");
        redis.exec("SET", "s:2", "one");
        try (LiveTables tables = LiveTables.open(redis, "", table("INTEGER"))) {
            assertEquals(List.of("1", "2"), tables.rows("SELECT id FROM t"));
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT SUM(value) FROM t"));
            assertTrue(error.getMessage().contains("key 's:2' has 'one'"), error.getMessage());
        }
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", table("INTEGER"))) {
            assertEquals(List.of("1|1", "2|null"), tables.rows("SELECT id, value FROM t"));
        }
    }

    @Test
    void allBytesAndAMegabyteAreKept() throws Exception {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        redis.exec("SET", "s:1", bytes);
        try (LiveTables tables = LiveTables.open(redis, "", table("VARBINARY"));
                ResultSet result = tables.connection().createStatement().executeQuery("SELECT value FROM t")) {
            assertTrue(result.next());
            assertArrayEquals(bytes, result.getBytes(1));
        }
    }
}
