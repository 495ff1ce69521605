package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One clear message and the right SQLState for each mistake. */
class ErrorsTest {
    private static Connection connection;

    @BeforeAll
    static void connect() throws Exception {
        connection = new ToyDatabase().connect();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @Test
    void aChainTooLong() {
        String sql = IntStream.range(0, 20_000)
                .mapToObj(i -> "id = " + i + " AND delay > " + i)
                .collect(Collectors.joining(" OR ", "SELECT id FROM flight WHERE ", ""));
        SQLException thrown = assertThrows(SQLException.class, () -> Sql.rows(connection, sql));
        assertEquals("42000", thrown.getSQLState());
        assertTrue(thrown.getMessage().endsWith("write long chains of AND or OR as IN, or join with VALUES"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT nope FROM flight ~ 42000 ~ line 1, column 8: column 'nope' not found in any table
            SELECT * FROM flihgt ~ 42S02 ~ line 1, column 15: table 'flihgt' not found; closest tables: flight, airline, queue
            SELECT * FROM redis.nope ~ 42S02 ~ line 1, column 15: table 'nope' not found; closest tables: queue, scores, endless
            SELECT (1 ~ 42000 ~ line 1, column 9: syntax error: the statement ends too early
            SELECT 1 FORM flight x ~ 42000 ~ line 1, column 15: syntax error near 'flight'
            SELECT date FROM flight ~ 42000 ~ line 1, column 8: syntax error near 'date FROM'; as a name it needs double quotes, as "date"
            SELECT id, FROM flight ~ 42000 ~ line 1, column 10: syntax error near ', FROM'
            SELECT 'abc ~ 42000 ~ line 1, column 8: syntax error: a quote ' is never closed
            SELECT # ~ 42000 ~ line 1, column 9: syntax error: the statement ends too early
            SELECT # FROM flight ~ 42000 ~ line 1, column 8: syntax error near '#'
            SELECT 1; SELECT 2 ~ 42000 ~ line 1, column 9: syntax error near ';'
            SHOW TABLES ~ 42000 ~ line 1, column 1: syntax error: a statement begins with SELECT, WITH, VALUES, INSERT, UPDATE, DELETE or EXPLAIN PLAN FOR
            SELECT id FROM flight WHERE id = 'x' ~ 22P02 ~ the text 'x' is not a number
            SELECT foo(1) ~ 42000 ~ line 1, column 8: no match found for function signature foo(<NUMERIC>)
            SELECT carrier, delay FROM flight GROUP BY carrier ~ 42000 ~ line 1, column 17: expression 'delay' is not being grouped
            SELECT id, SUM(carrier) FROM flight GROUP BY id ~ 42000 ~ line 1, column 12: cannot apply 'SUM' to arguments of type 'SUM(<VARCHAR>)'. Supported form(s): 'SUM(<NUMERIC>)'
            SELECT AVG(carrier) OVER () FROM flight ~ 42000 ~ line 1, column 8: cannot apply 'AVG' to arguments of type 'AVG(<VARCHAR>)'. Supported form(s): 'AVG(<NUMERIC>)'
            SELECT 'ab' LIKE 'a\\' ~ 22P02 ~ the LIKE pattern 'a\\' must not end with its escape character
            SELECT 1/0 ~ 22P02 ~ division by zero
            SELECT delay + delay FROM flight ~ 22P02 ~ integer overflow
            CREATE TABLE t (a INTEGER) ~ 0A000 ~ line 1, column 1: CREATE TABLE is not supported: tables come from Redis keys and from the model
            """)
    void mistake(String sql, String state, String message) {
        SQLException thrown = assertThrows(SQLException.class, () -> Sql.rows(connection, sql));
        assertEquals(message, thrown.getMessage());
        assertEquals(state, thrown.getSQLState());
    }
}
