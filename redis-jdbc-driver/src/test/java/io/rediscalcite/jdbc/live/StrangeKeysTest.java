package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values of any bytes: each is found, by scan and by name, and none is taken for another. */
class StrangeKeysTest {
    private static final List<String> PARTS = List.of(
            "a", "[a]", "[", "]", "?", "*", "**", "\\", "\\*", "^", "a-z", "{x}", "'", "''", "\"", "%", "_", " ", " a ",
            "a b", "\n", "\t", "\0", "ключ", "🕊", "é", "e\u0301", "\uffff", "");

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        for (String part : PARTS) {
            redis.exec("HSET", "odd:" + part, "v", "<" + part + ">");
        }
        redis.exec("HSET", new byte[] {'o', 'd', 'd', ':', (byte) 0xff}, "v", "binary");
        redis.exec("HSET", "odd:a:b", "v", "two parts");
        redis.exec("HSET", "odd", "v", "none");
        redis.exec("HSET", "oddity", "v", "none");
        redis.exec("SET", "odd:text", "a string");
        redis.exec("HSET", "g[a]:1", "v", "bracket");
        redis.exec("HSET", "ga:1", "v", "plain");
        redis.exec("HSET", "pair::", "v", "both empty");
        redis.exec("HSET", "pair:a:", "v", "second empty");
        redis.exec("HSET", "pair::b", "v", "first empty");
        redis.exec("HSET", "big:1", "v", "x".repeat(1_000_000));
        redis.exec("HSET", "big:2", "v", "ы".repeat(500_000));
        redis.exec("SET", "blob:1", new byte[1_000_000]);
        connection = Live.withTables(
                redis,
                "",
                "{name:'odd', type:'hash', key:'odd:{id}', columns:[{name:'v'}]}",
                "{name:'gs', type:'hash', key:'g[a]:{id}', columns:[{name:'v'}]}",
                "{name:'pairs', type:'hash', key:'pair:{a}:{b}', columns:[{name:'v'}]}",
                "{name:'big', type:'hash', key:'big:{id}', columns:[{name:'v'}]}",
                "{name:'blobs', type:'string', key:'blob:{id}', valueType:'VARBINARY'}");
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @Test
    void aScanFindsEachOnce() throws Exception {
        List<String> found = Live.rows(connection, "SELECT v FROM odd WHERE v LIKE '<%'");
        assertEquals(Live.sorted(PARTS.stream().map(part -> "<" + part + ">").toList()), Live.sorted(found));
        assertEquals(List.of(String.valueOf(PARTS.size() + 1)), Live.rows(connection, "SELECT COUNT(*) FROM odd"));
    }

    @Test
    void eachIsFoundByItsNameAlone() throws Exception {
        for (String part : PARTS) {
            String quoted = part.replace("'", "''");
            Live.Answer found = new Live.Answer("<" + part + ">", "hmget=1");
            assertEquals(found, Live.ask(redis, connection, "SELECT v FROM odd WHERE id = '" + quoted + "'"));
            assertEquals(found, Live.ask(redis, connection, "SELECT v FROM odd WHERE _key = 'odd:" + quoted + "'"));
            assertEquals(found, Live.ask(redis, connection, "SELECT v FROM odd WHERE id = ?", part));
            assertEquals(found, Live.ask(redis, connection, "SELECT v FROM odd WHERE _key = ?", "odd:" + part));
        }
    }

    @Test
    void aLikePrefixIsLiteral() throws Exception {
        for (String part : PARTS) {
            if (part.isEmpty() || part.contains("%") || part.contains("_") || part.contains("\\")) {
                continue;
            }
            List<String> expected = PARTS.stream()
                    .filter(other -> other.startsWith(part))
                    .map(other -> "<" + other + ">")
                    .toList();
            String sql = "SELECT v FROM odd WHERE _key LIKE 'odd:" + part.replace("'", "''") + "%'";
            assertEquals(Live.sorted(expected), Live.sorted(Live.rows(connection, sql)), sql);
        }
    }

    @Test
    void aKeyOfOtherBytesThanUtf8IsARowAndIsFoundByItsText() throws Exception {
        String key =
                Live.rows(connection, "SELECT _key FROM odd WHERE v = 'binary'").get(0);
        assertEquals(List.of("binary"), Live.rows(connection, "SELECT v FROM odd WHERE _key = ?", key));
        assertEquals(
                List.of("binary"),
                Live.rows(connection, "SELECT v FROM odd WHERE id = ?", key.substring("odd:".length())));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT v FROM gs ~ bracket
            SELECT v FROM gs WHERE id = '1' ~ bracket
            SELECT v FROM gs WHERE _key = 'ga:1' ~ ""
            SELECT v FROM gs WHERE _key LIKE 'ga%' ~ ""
            SELECT a, b, v FROM pairs ~ a||second empty;|b|first empty;||both empty
            SELECT v FROM pairs WHERE a = '' ~ both empty;first empty
            SELECT v FROM pairs WHERE a = '' AND b = '' ~ both empty
            SELECT v FROM pairs WHERE b = '' ~ both empty;second empty
            SELECT v FROM pairs WHERE a IN ('', 'a') AND b IN ('', 'b') ~ both empty;first empty;second empty
            SELECT v FROM pairs WHERE a = ':' ~ ""
            SELECT v FROM pairs WHERE a = ':' AND b = '' ~ ""
            SELECT v FROM odd WHERE id = 'a:b' ~ ""
            SELECT v FROM odd WHERE _key = 'odd:a:b' ~ ""
            SELECT v FROM odd WHERE _key = 'odd' ~ ""
            SELECT v FROM odd WHERE id = 'text' ~ ""
            SELECT id, CHAR_LENGTH(v) FROM big ~ 1|1000000;2|500000
            SELECT id, OCTET_LENGTH("value") FROM blobs ~ 1|1000000
            """)
    void otherShapes(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", Live.sorted(Live.rows(connection, sql))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT v FROM big WHERE id = '1'", "SELECT v FROM big WHERE v LIKE 'x%'"})
    void aMegabyteArrivesWhole(String sql) throws Exception {
        assertEquals(List.of("x".repeat(1_000_000)), Live.rows(connection, sql));
    }

    @Test
    void bytesArriveAsTheyAre() throws Exception {
        byte[] bytes = new byte[256];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        redis.exec("SET", "blob:2", bytes);
        try (PreparedStatement statement = connection.prepareStatement("SELECT \"value\" FROM blobs WHERE id = '2'");
                ResultSet result = statement.executeQuery()) {
            result.next();
            assertArrayEquals(bytes, result.getBytes(1));
        } finally {
            redis.exec("DEL", "blob:2");
        }
    }

    /** Three bytes of a character and its beginning alone: never the same text. */
    @Test
    void brokenUtf8IsNoOtherKey() throws Exception {
        byte[] whole = "odd:\u20ac".getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(whole, whole.length - 1);
        redis.exec("HSET", cut, "v", "cut");
        try {
            assertEquals(List.of(), Live.rows(connection, "SELECT v FROM odd WHERE id = '\u20ac'"));
            assertEquals(List.of(), Live.rows(connection, "SELECT v FROM odd WHERE id = '\ufffd'"));
            assertEquals(List.of("cut"), Live.rows(connection, "SELECT v FROM odd WHERE v = 'cut'"));
        } finally {
            redis.exec("DEL", cut);
        }
    }
}
