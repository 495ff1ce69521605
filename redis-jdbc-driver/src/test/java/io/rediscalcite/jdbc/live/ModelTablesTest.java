package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of a model: keys, types, values that don't fit, and models that are wrong. */
class ModelTablesTest {
    private static final String PARCELS =
            "{name:'parcels', type:'hash', key:'parcel:{id}', columns:[{name:'id', type:'BIGINT'},"
                    + " {name:'weight', type:'INTEGER'}]}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static final String VALUES = "{name:'vals', type:'hash', key:'val:{id}', columns:[{name:'id',"
            + " type:'INTEGER'}, {name:'c', type:'%s', field:'%s'}]}";

    @BeforeAll
    static void load() {
        Live.load(
                redis,
                """
                HSET flight:1 carrier UA arr_delay 5 day 2024-02-29
                HSET flight:2 carrier AA arr_delay -3
                HSET flight:2:legs n 4
                HSET x:flight:3 carrier ZZ
                HSET sale:2024-01-31:eu total 10.10
                HSET sale:2024-02-29:us total 20.20
                HSET sale:2024-02-29:eu total 30.30
                SET airline:UA United
                SET temp:a 21.5
                SET temp:b -3
                HSET val:1 good 1 long 9223372036854775807 dec 12345678901234567890.12345 day 2024-02-29 empty_ x
                HSET val:1 at 2024-02-29T12:34:56.789 flag true real 1.5 text ключ🕊 min -9223372036854775808
                HSET val:2 good 2 long 9223372036854775808 dec 1.5x day 2023-02-29 flag perhaps real abc text plain min -9223372036854775809
                HSET val:2 at yesterday
                """);
        redis.exec("HSET", "val:1", "empty", "");
        redis.exec("HSET", "val:1", "bytes", new byte[] {0, (byte) 0xff, 10});
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT * FROM flights ~ flight:1|1|UA|5|null;flight:2|2|AA|-3|null ~ hmget=2 pttl=2 scan=1
            SELECT delay FROM flights WHERE id = 2 ~ -3 ~ hmget=1
            SELECT SUM(delay) FROM flights ~ 2 ~ hmget=2 scan=1
            SELECT * FROM sales WHERE day = DATE '2024-02-29' AND region = 'eu' ~ sale:2024-02-29:eu|2024-02-29|eu|30.30|null ~ hmget=1 pttl=1
            SELECT total FROM sales WHERE day = DATE '2024-02-29' ~ 20.20;30.30 ~ hmget=2 scan=1
            SELECT total FROM sales WHERE region IN ('eu', 'us') AND day IN (DATE '2024-01-31', DATE '2024-02-29') ~ 10.10;20.20;30.30 ~ hmget=4 type=1
            SELECT SUM(total) FROM sales WHERE day >= DATE '2024-02-01' ~ 50.50 ~ hmget=3 scan=1
            SELECT * FROM temps ~ temp:a|a|21.5|null;temp:b|b|-3.0|null ~ mget=1 pttl=2 scan=1
            SELECT SUM("value") FROM temps ~ 18.5 ~ mget=1 scan=1
            SELECT id, "value" FROM temps WHERE "value" < 0 ~ b|-3.0 ~ mget=1 scan=1
            SELECT * FROM any_flight ~ flight:1|UA|null;flight:2:legs|null|null;flight:2|AA|null ~ hmget=3 pttl=3 scan=1 type=1
            SELECT _slot, carrier FROM slots WHERE id = '1' ~ 4357|UA ~ hmget=1
            SELECT "value" FROM one ~ United ~ mget=1
            """)
    void tablesAreWhatTheModelSays(String sql, String rows, String commands) throws Exception {
        try (Connection connection = Live.withTables(
                redis,
                "",
                "{name:'flights', type:'hash', key:'flight:{id}', columns:[{name:'id', type:'BIGINT'},"
                        + " {name:'carrier', type:'VARCHAR'}, {name:'delay', type:'INTEGER', field:'arr_delay'}]}",
                "{name:'sales', type:'hash', key:'sale:{day}:{region}', columns:[{name:'day', type:'DATE'},"
                        + " {name:'region'}, {name:'total', type:'DECIMAL(10,2)'}]}",
                "{name:'temps', type:'string', key:'temp:{id}', valueType:'DECIMAL(6,1)'}",
                "{name:'any_flight', type:'hash', key:'flight:*', columns:[{name:'carrier'}]}",
                "{name:'slots', type:'hash', key:'flight:{id}', columns:[{name:'carrier'}], systemColumns:['_slot']}",
                "{name:'one', type:'string', key:'airline:UA'}")) {
            Live.Answer answer = Live.ask(redis, connection, sql);
            assertEquals(rows, answer.rows());
            assertEquals(commands, answer.commands());
        }
    }

    /** Of few rows, a plan with Calcite's own node, which writes only to collections, would cost less. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "DELETE FROM parcels WHERE _key = 'parcel:1' AND weight = 6",
                "DELETE FROM parcels WHERE id = 1 AND weight = 6",
                "DELETE FROM parcels WHERE _key = 'parcel:1'",
                "DELETE FROM parcels WHERE 1 = 0",
                "UPDATE parcels SET weight = 7 WHERE 1 = 0",
                "UPDATE parcels SET weight = 7 WHERE _key = 'parcel:1' AND weight = 6",
                "UPDATE parcels SET weight = weight + 1 WHERE id = 1 AND weight = 6",
                "INSERT INTO parcels (id, weight) VALUES (2, 6)",
                "INSERT INTO parcels (id, weight) SELECT id + 2, weight FROM parcels WHERE id = 1 AND weight = 6",
            })
    void theFirstStatementOfAConnectionWrites(String sql) throws Exception {
        redis.exec("DEL", "parcel:1", "parcel:2", "parcel:3");
        redis.exec("HSET", "parcel:1", "weight", "6");
        try (Connection connection = Live.withTables(redis, "", PARCELS);
                Statement statement = connection.createStatement()) {
            assertEquals(sql.contains("1 = 0") ? 0 : 1, statement.executeUpdate(sql));
        }
    }

    /** Whatever else a new connection sends, it looks at no other key: nothing is weighed where all keys are known. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT carrier FROM flights WHERE _key = 'flight:1' ~ UA ~ ""
            SELECT carrier FROM flights WHERE _key = ? ~ UA ~ flight:1
            SELECT carrier FROM flights WHERE _key IN ('flight:1', 'flight:2') ~ AA;UA ~ ""
            SELECT carrier FROM flights WHERE id = 2 AND delay < 0 ~ AA ~ ""
            SELECT carrier FROM flights WHERE id = ? AND carrier LIKE 'U%' ~ UA ~ 1
            SELECT carrier, COUNT(*) FROM flights WHERE id IN (1, 2, 3) GROUP BY carrier ORDER BY 1 LIMIT 1 ~ AA|1 ~ ""
            SELECT c FROM (SELECT delay AS d, carrier AS c, id AS i, id AS j FROM flights) f WHERE i = 2 AND d = -3 AND j = 2 ~ AA ~ ""
            SELECT carrier FROM flights WHERE id = 1 UNION ALL SELECT carrier FROM flights WHERE id = 2 ~ AA;UA ~ ""
            SELECT total FROM sales WHERE day = DATE '2024-02-29' AND region = 'eu' ~ 30.30 ~ ""
            SELECT total FROM sales WHERE region IN ('eu', 'us') AND day = DATE '2024-02-29' ~ 20.20;30.30 ~ ""
            """)
    void theFirstLookupAsksForNoNumberOfKeys(String sql, String rows, String parameter) throws Exception {
        Object[] parameters = parameter.isEmpty() ? new Object[0] : new Object[] {parameter};
        Map<String, Long> commands = new CommandCounter(redis).during(() -> {
            try (Connection connection = Live.withTables(
                    redis,
                    "",
                    "{name:'flights', type:'hash', key:'flight:{id}', columns:[{name:'id', type:'BIGINT'},"
                            + " {name:'carrier'}, {name:'delay', type:'INTEGER', field:'arr_delay'}]}",
                    "{name:'sales', type:'hash', key:'sale:{day}:{region}', columns:[{name:'day', type:'DATE'},"
                            + " {name:'region'}, {name:'total', type:'DECIMAL(10,2)'}]}")) {
                assertEquals(rows, String.join(";", Live.sorted(Live.rows(connection, sql, parameters))));
            }
        });
        assertFalse(commands.containsKey("scan") || commands.containsKey("dbsize"), commands.toString());
    }

    @Test
    void theFirstWriteToAKnownKeyAsksForNoNumberOfKeys() throws Exception {
        redis.exec("HSET", "parcel:1", "weight", "5");
        Map<String, Long> commands = new CommandCounter(redis).during(() -> {
            try (Connection connection = Live.withTables(redis, "", PARCELS);
                    Statement statement = connection.createStatement()) {
                assertEquals(1, statement.executeUpdate("UPDATE parcels SET weight = weight + 1 WHERE id = 1"));
                assertEquals(1, statement.executeUpdate("DELETE FROM parcels WHERE _key = 'parcel:1' AND weight = 6"));
            }
        });
        assertFalse(commands.containsKey("scan") || commands.containsKey("dbsize"), commands.toString());
    }

    @Test
    void aModelFileIsAsGoodAsAnInlineOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("flights.json");
        Files.writeString(
                file,
                Live.model("{name:'flights', type:'hash', key:'flight:{id}'}")
                        .substring("inline:".length())
                        .replace("operand:{", "operand:{url:'jdbc:redis-sql://nowhere.invalid:1', "),
                StandardCharsets.UTF_8);
        try (Connection connection = Live.connect(redis.url() + "?model=" + file)) {
            assertEquals(List.of("AA"), Live.rows(connection, "SELECT carrier FROM flights WHERE carrier < 'B'"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            BIGINT ~ long ~ 9223372036854775807
            BIGINT ~ min ~ -9223372036854775808
            DECIMAL(25,5) ~ dec ~ 12345678901234567890.12345
            DATE ~ day ~ 2024-02-29
            TIMESTAMP ~ at ~ 2024-02-29 12:34:56.789
            BOOLEAN ~ flag ~ true
            DOUBLE ~ real ~ 1.5
            VARCHAR ~ text ~ ключ🕊
            VARCHAR ~ empty ~ ""
            VARCHAR ~ missing ~ null
            BIGINT ~ missing ~ null
            VARBINARY ~ bytes ~ 00ff0a
            """)
    void valuesAreExact(String type, String field, String value) throws Exception {
        try (Connection connection = Live.withTables(redis, "", String.format(Locale.ROOT, VALUES, type, field))) {
            assertEquals(List.of("1|" + value), Live.rows(connection, "SELECT id, c FROM vals WHERE id = 1"));
            boolean isNull = value.equals("null");
            assertEquals(
                    List.of(isNull + "|" + (isNull ? 0 : 1)),
                    Live.rows(connection, "SELECT MAX(c) IS NULL, COUNT(c) FROM vals WHERE id = 1"));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            BIGINT ~ long ~ 9223372036854775808
            BIGINT ~ min ~ -9223372036854775809
            TINYINT ~ long ~ 9223372036854775808
            DECIMAL(25, 5) ~ dec ~ 1.5x
            DATE ~ day ~ 2023-02-29
            TIMESTAMP ~ at ~ yesterday
            BOOLEAN ~ flag ~ perhaps
            DOUBLE ~ real ~ abc
            """)
    void aValueThatDoesntFitIsAnErrorOrNull(String type, String field, String text) throws Exception {
        String table = String.format(Locale.ROOT, VALUES, type, field);
        try (Connection connection = Live.withTables(redis, "", table)) {
            SQLException error =
                    assertThrows(SQLException.class, () -> Live.rows(connection, "SELECT c FROM vals WHERE id = 2"));
            assertEquals("22", error.getSQLState().substring(0, 2));
            for (String named : List.of("'vals'", "'val:2'", "'c'", "'" + text + "'", type)) {
                assertTrue(error.getMessage().contains(named), error.getMessage());
            }
            assertEquals(List.of("2"), Live.rows(connection, "SELECT id FROM vals WHERE id = 2"));
        }
        try (Connection connection = Live.withTables(redis, "&onBadValue=null", table)) {
            assertEquals(List.of("null"), Live.rows(connection, "SELECT c FROM vals WHERE id = 2"));
            assertEquals(List.of("2"), Live.rows(connection, "SELECT id FROM vals WHERE id = 2 AND c IS NULL"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            {name:'t', type:'hash', key:'t:{id}', colums:[]} ~ 'colums' ~ columns
            {name:'t', type:'hsh', key:'t:{id}'} ~ 'hsh' ~ hash
            {name:'t', type:'hash', key:'t:{id}', columns:[{name:'a', type:'INTEGR'}]} ~ INTEGR ~ INTEGER
            {name:'t', type:'hash', key:'t:{id}', columns:[{name:'a'}, {name:'A'}]} ~ 'A' ~ columns
            {name:'t', type:'hash', key:'t:{id'} ~ t:{id ~ key
            {name:'t', type:'hash'} ~ key ~ tables
            {type:'hash', key:'t:{id}'} ~ name ~ tables
            {name:'t', type:'hash', key:'t:{id}'}, {name:'T', type:'hash', key:'u:{id}'} ~ 'T' ~ already
            {name:'t', type:'hash', key:'t:{id}', columns:[{name:'a', type:'DECIMAL(5,9)'}]} ~ DECIMAL(5,9) ~ range
            """)
    void aWrongModelIsOneClearError(String table, String named, String hint) {
        SQLException error = assertThrows(
                SQLException.class, () -> Live.withTables(redis, "", table).close());
        assertEquals("42000", error.getSQLState());
        assertTrue(error.getMessage().contains(named), error.getMessage());
        assertTrue(error.getMessage().contains(hint), error.getMessage());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            "inline:{version:'1.0', schemas:[" ~ inline model
            /nowhere/at/all.json ~ /nowhere/at/all.json
            inline:[] ~ inline model
            """)
    void aModelThatCantBeReadSaysSo(String model, String named) {
        SQLException error =
                assertThrows(SQLException.class, () -> Live.connect(redis.url() + "?model=" + Live.percent(model))
                        .close());
        assertEquals("42000", error.getSQLState());
        assertTrue(error.getMessage().contains(named), error.getMessage());
    }

    @Test
    void anOperandThatIsntKnownNamesTheClosest() {
        String model = Live.model("{name:'t', type:'hash', key:'t:{id}'}").replace("tables:", "batchSise:7, tables:");
        SQLException error =
                assertThrows(SQLException.class, () -> Live.connect(redis.url() + "?model=" + Live.percent(model))
                        .close());
        assertTrue(error.getMessage().contains("'batchSise'"), error.getMessage());
        assertTrue(error.getMessage().contains("batchSize"), error.getMessage());
    }
}
