package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of prepared statements push down as literals do, and one statement runs many times. */
class ParametersTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= 300; i++) {
            commands.add(Live.command("HSET", "item:" + i, "name", "n" + i, "price", i + ".50"));
        }
        commands.add(Live.command("HSET", "day:2024-02-29", "n", 1));
        redis.pipeline(commands);
        connection = Live.withTables(
                redis,
                "",
                "{name:'item', type:'hash', key:'item:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'name'},"
                        + " {name:'price', type:'DECIMAL(10,2)'}]}",
                "{name:'days', type:'hash', key:'day:{day}', columns:[{name:'day', type:'DATE'},"
                        + " {name:'n', type:'INTEGER'}]}");
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    /** Parameters are separated by commas; {@code null} is NULL, digits a number. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT name FROM item WHERE _key = ? ~ item:3 ~ n3 ~ hmget=1
            SELECT name FROM item WHERE ? = _key ~ item:3 ~ n3 ~ hmget=1
            SELECT name FROM item WHERE id = ? ~ 3 ~ n3 ~ hmget=1
            SELECT name FROM item WHERE id IN (?, ?, ?) ~ 1,2,999 ~ n1;n2 ~ hmget=3 type=1
            SELECT name FROM item WHERE id IN (?, ?, ?) ~ 2,2,2 ~ n2 ~ hmget=1
            SELECT name FROM item WHERE id IN (?, 5) ~ 4 ~ n4;n5 ~ hmget=2
            SELECT name FROM item WHERE id = ? OR id = ? ~ 4,5 ~ n4;n5 ~ hmget=2
            SELECT name FROM item WHERE id = ? AND name = ? ~ 4,n5 ~ "" ~ hmget=1
            SELECT name FROM item WHERE id = ? ~ null ~ "" ~ ""
            SELECT name FROM item WHERE _key = ? ~ null ~ "" ~ ""
            SELECT name FROM item WHERE id IN (?, ?) ~ null,7 ~ n7 ~ hmget=1
            SELECT name FROM item WHERE _key = ? ~ other:3 ~ "" ~ ""
            SELECT COUNT(*) FROM (SELECT id FROM item LIMIT ?) ~ 7 ~ 7 ~ scan=1
            SELECT COUNT(*) FROM (SELECT id FROM item LIMIT ? OFFSET ?) ~ 7,297 ~ 3 ~ scan=1
            SELECT id FROM item ORDER BY id LIMIT ? OFFSET ? ~ 2,3 ~ 4;5 ~ scan=1
            SELECT id FROM item OFFSET ? ~ 300 ~ "" ~ scan=1
            SELECT id FROM item LIMIT ? ~ 0 ~ "" ~ ""
            SELECT COUNT(*) FROM (SELECT id FROM item LIMIT ?) ~ null ~ 300 ~ scan=1
            SELECT COUNT(*) FROM (SELECT id FROM item LIMIT ? OFFSET ?) ~ null,null ~ 300 ~ scan=1
            SELECT id FROM item WHERE id < 3 ORDER BY id LIMIT ? OFFSET ? ~ null,null ~ 1;2 ~ scan=1
            SELECT id FROM item WHERE id < 5 ORDER BY id LIMIT ? OFFSET ? ~ null,3 ~ 4 ~ scan=1
            SELECT id FROM item WHERE id < 5 ORDER BY id LIMIT ? OFFSET ? ~ 2,null ~ 1;2 ~ scan=1
            SELECT n FROM (VALUES (1), (2)) AS t(n) WHERE n > 1 LIMIT ? OFFSET ? ~ null,null ~ 2 ~ ""
            SELECT COUNT(*) FROM item WHERE _key LIKE ? ~ item:1_ ~ 10 ~ scan=1
            SELECT COUNT(*) FROM item WHERE price > ? ~ 290 ~ 11 ~ hmget=300 scan=1
            SELECT CAST(? AS INTEGER) + 1 ~ 2 ~ 3 ~ ""
            """)
    void parametersAreLiterals(String sql, String parameters, String rows, String commands) throws Exception {
        List<Object> values = new ArrayList<>();
        for (String text : parameters.split(",")) {
            boolean number = text.matches("[0-9]+");
            values.add(number ? (Object) Integer.valueOf(text) : text.equals("null") ? null : text);
        }
        assertEquals(new Live.Answer(rows, commands), Live.ask(redis, connection, sql, values.toArray()));
    }

    @Test
    void oneStatementRunsWithManyValues() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT name, price FROM item WHERE id = ?")) {
            for (int i = 300; i >= 0; i--) {
                statement.setLong(1, i);
                try (ResultSet result = statement.executeQuery()) {
                    assertEquals(i == 0 ? List.of() : List.of("n" + i + "|" + i + ".50"), Live.rows(result));
                }
            }
            statement.setNull(1, Types.BIGINT);
            try (ResultSet result = statement.executeQuery()) {
                assertEquals(List.of(), Live.rows(result));
            }
        }
    }

    @Test
    void aDateIsAKeyPart() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT n FROM days WHERE day = ?")) {
            statement.setDate(1, Date.valueOf("2024-02-29"));
            try (ResultSet result = statement.executeQuery()) {
                assertEquals(List.of("1"), Live.rows(result));
            }
            statement.setObject(1, java.time.LocalDate.of(2024, 3, 1));
            try (ResultSet result = statement.executeQuery()) {
                assertEquals(List.of(), Live.rows(result));
            }
        }
    }

    @Test
    void aMissingValueIsAnErrorThatCountsFromOne() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM item WHERE id IN (?, ?)")) {
            statement.setInt(1, 1);
            SQLException error = assertThrows(SQLException.class, statement::executeQuery);
            assertEquals("parameter 2 of 2 has no value: set it before the statement runs", error.getMessage());
            assertThrows(SQLException.class, () -> statement.setInt(3, 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            SELECT id FROM item LIMIT ?
            SELECT id FROM item OFFSET ?
            """)
    void aNegativeNumberOfRowsIsRefused(String sql) {
        SQLException error = assertThrows(SQLException.class, () -> Live.rows(connection, sql, -1));
        assertEquals("42000", error.getSQLState(), error.getMessage());
    }

    @Test
    void maxRowsStopsReading() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM item")) {
            statement.setMaxRows(5);
            try (ResultSet result = statement.executeQuery()) {
                assertEquals(5, Live.rows(result).size());
            }
        }
    }
}
