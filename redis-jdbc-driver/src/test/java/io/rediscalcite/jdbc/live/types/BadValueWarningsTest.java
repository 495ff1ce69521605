package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadValueWarningsTest {
    private static final String[] TABLES = {
        "{name:'hashes', type:'hash', key:'hash:{n}', columns:[{name:'n', type:'INTEGER'}, {name:'c', type:'INTEGER'}]}",
        "{name:'documents', type:'json', key:'json:{n}', columns:[{name:'n', type:'INTEGER'}, {name:'c', type:'INTEGER'}]}",
        "{name:'strings', type:'string', key:'string:{n}', valueType:'INTEGER', columns:[{name:'n', type:'INTEGER'}]}",
        "{name:'sets', type:'set', key:'set:{n}', columns:[{name:'n', type:'INTEGER'}]}",
        "{name:'lists', type:'list', key:'list:{n}', columns:[{name:'n', type:'INTEGER'}]}",
        "{name:'zsets', type:'zset', key:'zset:{n}', columns:[{name:'n', type:'INTEGER'}]}",
        "{name:'streams', type:'stream', key:'stream:{n}', columns:[{name:'n', type:'INTEGER'}, {name:'c', type:'INTEGER'}]}",
        "{name:'series', type:'timeseries', key:'series:{n}', columns:[{name:'n', type:'INTEGER'}, {name:'c', type:'INTEGER'}]}"
    };

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeEach
    void load() {
        redis.flush();
        for (String key : List.of("1", "two")) {
            redis.exec("HSET", "hash:" + key, "c", "bad");
            redis.exec("JSON.SET", "json:" + key, "$", "{\"c\":\"bad\"}");
            redis.exec("SET", "string:" + key, "bad");
            redis.exec("SADD", "set:" + key, "x");
            redis.exec("RPUSH", "list:" + key, "x");
            redis.exec("ZADD", "zset:" + key, 1, "x");
            redis.exec("XADD", "stream:" + key, "1-1", "c", "bad");
            redis.exec("TS.ADD", "series:" + key, 1, 1, "LABELS", "c", "bad");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            n, c FROM hashes ~ 1|null;null|null ~ 3
            n, c FROM documents ~ 1|null;null|null ~ 3
            n, value FROM strings ~ 1|null;null|null ~ 3
            n, member FROM sets ~ 1|x;null|x ~ 1
            n, element FROM lists ~ 1|x;null|x ~ 1
            n, member, rank FROM zsets ~ 1|x|0;null|x|0 ~ 1
            n, c FROM streams ~ 1|null;null|null ~ 3
            n, c FROM series ~ 1|null;null|null ~ 3
            """)
    void everyTypeReadsThemAsNullAndCountsThem(String query, String rows, int count) throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", TABLES);
                Statement statement = tables.connection().createStatement()) {
            try (ResultSet result = statement.executeQuery("SELECT " + query)) {
                assertEquals(
                        rows,
                        String.join(
                                ";", LiveTables.text(result).stream().sorted().toList()));
            }
            SQLWarning warning = statement.getWarnings();
            assertNotNull(warning);
            assertTrue(
                    warning.getMessage().startsWith(count == 1 ? "1 value was" : count + " values were"),
                    warning.getMessage());
            assertTrue(warning.getMessage().contains("' is INTEGER, but key '"), warning.getMessage());
            assertEquals("01000", warning.getSQLState());
            assertNull(warning.getNextWarning());
        }
    }

    @Test
    void anotherRunBeginsWithoutThem() throws Exception {
        try (LiveTables tables = LiveTables.open(redis, "onBadValue=null", TABLES);
                PreparedStatement statement =
                        tables.connection().prepareStatement("SELECT c FROM hashes WHERE _key = ?")) {
            assertNull(statement.getWarnings());
            run(statement, "hash:1");
            SQLWarning warning = statement.getWarnings();
            assertNotNull(warning);
            assertEquals(
                    "1 value was read as NULL: column 'c' of table 'hashes' is INTEGER, but key 'hash:1' has 'bad' there:"
                            + " it isn't an INTEGER",
                    warning.getMessage());
            assertEquals(warning, statement.getWarnings());
            run(statement, "hash:3");
            assertNull(statement.getWarnings());
            run(statement, "hash:1");
            statement.clearWarnings();
            assertNull(statement.getWarnings());
        }
    }

    private static void run(PreparedStatement statement, String key) throws SQLException {
        statement.setString(1, key);
        try (ResultSet result = statement.executeQuery()) {
            LiveTables.text(result);
        }
    }
}
