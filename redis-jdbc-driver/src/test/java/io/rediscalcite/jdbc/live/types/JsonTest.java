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

class JsonTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static String column(String type, String path) {
        return "{name:'t', type:'json', key:'j:{id}', columns:[{name:'c', type:'" + type + "', path:'"
                + path.replace("\\", "\\\\").replace("'", "\\'") + "'}]}";
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            BIGINT ~ $.n ~ {"n":9223372036854775807} ~ 9223372036854775807
            BIGINT ~ $.n ~ {"n":-9223372036854775808} ~ -9223372036854775808
            BIGINT ~ $.n ~ {"n":9007199254740993} ~ 9007199254740993
            BIGINT ~ $.n ~ {"n":"42"} ~ 42
            DECIMAL(20, 0) ~ $.n ~ {"n":18446744073709551615} ~ 18446744073709551615
            DECIMAL(31, 10) ~ $.n ~ {"n":"123456789012345678901.0123456789"} ~ 123456789012345678901.0123456789
            DOUBLE ~ $.n ~ {"n":0.1} ~ 0.1
            DOUBLE ~ $.n ~ {"n":1e308} ~ 1.0E308
            DECIMAL(10, 2) ~ $.n ~ {"n":19.99} ~ 19.99
            BOOLEAN ~ $.b ~ {"b":true} ~ true
            BOOLEAN ~ $.b ~ {"b":false} ~ false
            VARCHAR ~ $.s ~ {"s":""} ~ ``
            VARCHAR ~ $.s ~ {"s":null} ~ null
            VARCHAR ~ $.s ~ {"t":1} ~ null
            VARCHAR ~ $.s ~ {"s":"null"} ~ null
            VARCHAR ~ $.s ~ {"s":12.50} ~ 12.5
            VARCHAR ~ $.s ~ {"s":{"a":[1,2]}} ~ {"a":[1,2]}
            JSON ~ $.s ~ {"s":"x"} ~ "x"
            JSON ~ $.s ~ {"s":[1,"x",null]} ~ [1,"x",null]
            JSON ~ $ ~ {"s":[1,{"a":{}}]} ~ {"s":[1,{"a":{}}]}
            DATE ~ $.d ~ {"d":"2024-02-29"} ~ 2024-02-29
            TIMESTAMP ~ $.d ~ {"d":"2024-02-29T12:00:00.5+05:30"} ~ 2024-02-29 06:30:00.5
            TIMESTAMP ~ $.d ~ {"d":"1969-12-31T23:59:59Z"} ~ 1969-12-31 23:59:59
            VARCHAR ~ $.a.b.c ~ {"a":{"b":{"c":"deep"}}} ~ deep
            INTEGER ~ $.a[1] ~ {"a":[1,2,3]} ~ 2
            INTEGER ~ $.a[-1] ~ {"a":[1,2,3]} ~ 3
            JSON ~ $.a ~ {"a":[1,2,3]} ~ [1,2,3]
            JSON ~ $..x ~ {"x":1,"a":{"x":2}} ~ [1,2]
            JSON ~ $..x ~ {"y":1} ~ null
            VARCHAR ~ $.a[*].n ~ {"a":[{"n":"p"},{"n":"q"}]} ~ ["p","q"]
            VARCHAR ~ $.a[*].n ~ {"a":[{"n":"p"}]} ~ ["p"]
            VARCHAR ~ $.a[0:2] ~ {"a":[1,2,3]} ~ [1,2]
            VARCHAR ~ $.a[?(@>1)] ~ {"a":[1,2,3]} ~ [2,3]
            VARCHAR ~ $["a.b"] ~ {"a.b":"dotted"} ~ dotted
            VARCHAR ~ $["a'b"] ~ {"a'b":"quoted"} ~ quoted
            VARCHAR ~ $["a b"]["c,d"] ~ {"a b":{"c,d":"x"}} ~ x
            VARCHAR ~ $["a:b"] ~ {"a:b":"x"} ~ x
            VARCHAR ~ $["a*b"] ~ {"a*b":"x"} ~ x
            VARCHAR ~ $["ключ"] ~ {"ключ":"x"} ~ x
            """)
    void aPathGivesWhatWasWritten(String type, String path, String document, String expected) throws Exception {
        redis.exec("JSON.SET", "j:1", "$", document);
        try (LiveTables tables = LiveTables.open(redis, "", column(type, path))) {
            assertEquals(List.of(expected), tables.rows("SELECT c FROM t"));
            assertEquals(List.of("1|" + expected), tables.rows("SELECT id, c FROM t WHERE id = '1'"));
        }
    }

    @Test
    void textIsUnescaped() throws Exception {
        redis.exec("JSON.SET", "j:1", "$", "{\"c\":\"a\\\"b\\\\c\\n\\u0000\\ud83d\\udd4a é\"}");
        try (LiveTables tables = LiveTables.open(redis, "", column("VARCHAR", "$.c"))) {
            assertEquals(List.of("a\"b\\c\n\0🕊 é"), tables.rows("SELECT c FROM t"));
        }
    }

    @Test
    void manyPathsAtOnce() throws Exception {
        redis.exec(
                "JSON.SET",
                "j:1",
                "$",
                "{\"name\":\"Ann\",\"tags\":[\"a\",\"b\"],\"spec\":{\"engines\":2,\"a.b\":null},\"n\":null}");
        redis.exec("JSON.SET", "j:2", "$", "{\"name\":\"Bob\",\"spec\":{\"engines\":4}}");
        redis.exec("JSON.SET", "j:3", "$", "[1,2]");
        redis.exec("PEXPIRE", "j:2", 5_000_000);
        try (LiveTables tables = LiveTables.open(
                redis,
                "",
                "{name:'t', type:'json', key:'j:{id}', systemColumns:['_document'], columns:[{name:'name'},"
                        + " {name:'engines', type:'INTEGER', path:'$.spec.engines'}, {name:'tags', type:'JSON'},"
                        + " {name:'text', type:'VARCHAR', path:'$.name'}, {name:'quoted', type:'JSON', path:'$.name'},"
                        + " {name:'a.b'}, {name:'n'}]}")) {
            assertEquals(
                    List.of(
                            "1|Ann|2|[\"a\",\"b\"]|Ann|\"Ann\"|null|null",
                            "2|Bob|4|null|Bob|\"Bob\"|null|null",
                            "3|null|null|null|null|null|null|null"),
                    tables.rows("SELECT id, name, engines, tags, text, quoted, \"a.b\", n FROM t"));
            assertEquals(
                    List.of("{\"name\":\"Bob\",\"spec\":{\"engines\":4}}|true"),
                    tables.rows("SELECT _document, _ttl > 4000000 FROM t WHERE id = '2'"));
            assertEquals(List.of("1|true", "2|false", "3|true"), tables.rows("SELECT id, _ttl IS NULL FROM t"));
            assertEquals(List.of("3|[1,2]"), tables.rows("SELECT id, _document FROM t WHERE name IS NULL"));
            assertEquals(
                    "SCAN MATCH j:* TYPE ReJSON-RL; JSON.GET key $.spec.engines",
                    tables.explained("SELECT engines FROM t"));
            assertEquals(List.of("JSON.GET j:1 $.spec.engines"), tables.sent("SELECT engines FROM t WHERE id = '1'"));
            assertEquals(
                    List.of("JSON.GET j:1 $.name $.spec.engines"),
                    tables.sent("SELECT name, engines, quoted FROM t WHERE id = '1'"));
            assertEquals(List.of("JSON.GET j:1"), tables.sent("SELECT _document FROM t WHERE id = '1'"));
            assertEquals(List.of("SCAN 0 MATCH j:* COUNT 1000 TYPE ReJSON-RL"), tables.sent("SELECT COUNT(*) FROM t"));
        }
    }

    @Test
    void keysThatAreGoneOrOfAnotherTypeAreNoRows() throws Exception {
        redis.exec("JSON.SET", "j:1", "$", "{\"c\":1}");
        redis.exec("HSET", "j:2", "c", "1");
        redis.exec("SET", "j:3", "{\"c\":1}");
        try (LiveTables tables = LiveTables.open(
                redis,
                "",
                "{name:'t', type:'json', key:'j:{id}', systemColumns:['_document'], columns:[{name:'c'}, {name:'d'}]}")) {
            assertEquals(List.of("j:1|1|1|null|null|{\"c\":1}"), tables.rows("SELECT * FROM t"));
            for (String id : List.of("2", "3", "4")) {
                for (String columns : List.of("*", "c", "d", "_document", "_key", "_ttl", "c, _document, _ttl")) {
                    assertEquals(List.of(), tables.rows("SELECT " + columns + " FROM t WHERE id = ?", id), columns);
                }
            }
        }
    }

    @Test
    void oneOddValueBreaksNoQueryThatDoesntReadIt() throws Exception {
        redis.exec("JSON.SET", "j:1", "$", "{\"c\":1,\"d\":\"good\"}");
        redis.exec("JSON.SET", "j:2", "$", "{\"c\":{\"odd\":1},\"d\":\"bad\"}");
        String table = "{name:'t', type:'json', key:'j:{id}', columns:[{name:'c', type:'INTEGER'}, {name:'d'}]}";
        try (LiveTables tables = LiveTables.open(redis, "", table)) {
            assertEquals(List.of("bad", "good"), tables.rows("SELECT d FROM t"));
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT c FROM t"));
            assertTrue(error.getMessage().contains("'j:2' has '{\"odd\":1}'"), error.getMessage());
        }
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", table)) {
            assertEquals(List.of("1|1", "2|null"), tables.rows("SELECT id, c FROM t"));
        }
    }

    @Test
    void aMegabyteIsReadWhole() throws Exception {
        String text = "0123456789abcdeé".repeat(1 << 16);
        redis.exec("JSON.SET", "j:1", "$", "{\"c\":\"" + text + "\",\"after\":7}");
        try (LiveTables tables = LiveTables.open(redis, "", column("VARCHAR", "$.c"))) {
            assertEquals(List.of(text), tables.rows("SELECT c FROM t"));
        }
        String name = "k".repeat(100_000);
        redis.exec("JSON.SET", "j:1", "$", "{\"c\":{\"" + name + "\":1}}");
        try (LiveTables tables = LiveTables.open(redis, "", column("JSON", "$.c"))) {
            assertEquals(List.of("{\"" + name + "\":1}"), tables.rows("SELECT c FROM t"));
        }
    }

    @Test
    void aPathThatIsNoPathIsAnErrorThatSaysSo() throws Exception {
        redis.exec("JSON.SET", "j:1", "$", "{}");
        try (LiveTables tables = LiveTables.open(redis, "", column("VARCHAR", "$.[["))) {
            SQLException error = assertThrows(SQLException.class, () -> tables.rows("SELECT c FROM t"));
            assertTrue(error.getMessage().contains("JSON.GET"), error.getMessage());
        }
    }
}
