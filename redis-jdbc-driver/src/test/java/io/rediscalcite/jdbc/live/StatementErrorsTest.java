package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that can't be right, and users who may not: one clear error, and the connection goes on. */
class StatementErrorsTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        Live.load(
                redis,
                """
                HSET flight:1 carrier UA delay 5
                HSET flight:2 carrier AA delay 7
                HSET secret:1 v 1
                SET airline:UA United
                SET airline:AA American
                """);
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
            SELECT * FROM flihgt ~ 42S02 ~ line 1, column 15: table 'flihgt' not found; closest tables: flight
            SELECT * FROM other.flight ~ 42S02 ~ table
            SELECT nope FROM flight ~ 42000 ~ column 'nope' not found
            SELECT f.nope FROM flight f ~ 42000 ~ 'nope'
            SELEC 1 ~ 42000 ~ line 1, column 1
            SELECT (1 ~ 42000 ~ ends too early
            SELECT 'open ~ 42000 ~ line 1, column 8
            -- nothing ~ 42000 ~ ends too early
            SELECT 1; SELECT 2 ~ 42000 ~ near ';'
            SELECT carrier FROM flight GROUP BY delay ~ 42000 ~ 'carrier' is not being grouped
            SELECT 1/0 FROM flight ~ 22 ~ division by zero
            SELECT delay FROM flight WHERE id = 'abc' ~ 22 ~ abc
            SELECT CAST(carrier AS INTEGER) FROM flight ~ 22 ~ A
            SELECT CAST('2023-02-29' AS DATE) FROM flight ~ 22 ~ 2023-02-29
            SELECT (SELECT id FROM flight) FROM airline ~ 21000 ~ more than one row
            SELECT * FROM flight JOIN airline ON carrier = nope ~ 42000 ~ 'nope'
            DROP TABLE flight ~ 42000 ~ DROP
            CREATE TABLE t (a INTEGER) ~ 0A000 ~ CREATE TABLE
            CREATE TABLE t (a BIT(1), b TEXT, c DOUBLE PRECISION) ~ 0A000 ~ CREATE TABLE
            SELECT id FROM flight UNION SELECT id, carrier FROM flight ~ 42000 ~ column
            """)
    void aStatementThatCantBeRight(String sql, String state, String named) throws Exception {
        SQLException error = assertThrows(SQLException.class, () -> Live.rows(connection, sql));
        assertTrue(error.getSQLState().startsWith(state), error.getSQLState() + " " + error.getMessage());
        assertTrue(error.getMessage().contains(named), error.getMessage());
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
        assertEquals(List.of("5"), Live.rows(connection, "SELECT delay FROM flight WHERE id = 1"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            textBlock =
                    """
            ~* +@all -hmget ; SELECT carrier FROM flight WHERE id = 1 ; HMGET
            ~* +@all -hmget ; SELECT carrier FROM flight ; HMGET
            ~* +@all -scan ; SELECT carrier FROM flight ; SCAN
            ~* +@all -type ; SELECT id FROM flight WHERE id = 1 ; TYPE
            ~* +@all -pttl ; SELECT _ttl FROM flight ; PTTL
            ~* +@all -mget ; SELECT * FROM airline ; MGET
            ~airline:* +@all -config ; SELECT carrier FROM flight ; HMGET
            ~airline:* +@all -config ; SELECT carrier FROM flight WHERE id = 1 ; HMGET
            """)
    void aUserWhoMayNot(String rules, String sql, String command) throws Exception {
        String[] words = rules.split(" ");
        redis.exec("ACL", "DELUSER", "limited");
        redis.exec(
                "ACL",
                "SETUSER",
                "limited",
                "on",
                ">pw-limited",
                words[0],
                words[1],
                words.length > 2 ? words[2] : "+ping");
        String url = redis.url().replace("//", "//limited:pw-limited@");
        String model = Live.model(
                "{name:'flight', type:'hash', key:'flight:{id}', columns:[{name:'id', type:'BIGINT'},"
                        + " {name:'carrier'}]}",
                "{name:'airline', type:'string', key:'airline:{id}'}");
        try (Connection limited = Live.connect(url + "?model=" + Live.percent(model))) {
            SQLException error = assertThrows(SQLException.class, () -> Live.rows(limited, sql));
            assertEquals("42501", error.getSQLState(), error.getMessage());
            assertTrue(error.getMessage().contains(command), error.getMessage());
            assertTrue(error.getMessage().contains("NOPERM"), error.getMessage());
        }
    }

    /** Only what reading needs: no INFO, no CONFIG, no CLUSTER. */
    @Test
    void aUserWithFewCommandsIsEnough() throws Exception {
        redis.exec(
                "ACL",
                "SETUSER",
                "reader",
                "on",
                ">pw-reader",
                "~*",
                "+hello",
                "+auth",
                "+scan",
                "+hmget",
                "+mget",
                "+type",
                "+pttl",
                "+hgetall",
                "+hlen",
                "+select");
        try (Connection reader = Live.connect(redis.url().replace("//", "//reader:pw-reader@"))) {
            assertTrue(reader.isValid(1));
            assertEquals(List.of("AA|7", "UA|5"), Live.sorted(Live.rows(reader, "SELECT carrier, delay FROM flight")));
            assertEquals(
                    List.of("AA|American", "UA|United"),
                    Live.sorted(Live.rows(
                            reader, "SELECT f.carrier, a.\"value\" FROM flight f JOIN airline a ON a.id = f.carrier")));
        }
    }
}
