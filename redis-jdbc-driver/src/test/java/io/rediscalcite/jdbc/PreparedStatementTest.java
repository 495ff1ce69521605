package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class PreparedStatementTest {
    private static Connection connection;

    @BeforeAll
    static void connect() throws Exception {
        connection = new ToyDatabase().connect();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @FunctionalInterface
    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    /** Flight 1 is found by {@code column = ?}, the parameter set by {@code setter}. */
    private static DynamicTest finds(String column, String how, Setter setter) {
        return DynamicTest.dynamicTest(column + " by " + how, () -> {
            String sql = "SELECT id FROM flight WHERE " + column + " = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                setter.set(statement);
                assertEquals(List.of("1"), Sql.rows(statement.executeQuery()));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> everyType() {
        LocalDateTime ts = LocalDateTime.parse("2013-01-01T00:00:00.123");
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        return Stream.of(
                finds("id", "setInt", s -> s.setInt(1, 1)),
                finds("id", "setString", s -> s.setString(1, "1")),
                finds("id", "setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("1.0"))),
                finds("delay", "setLong", s -> s.setLong(1, 3)),
                finds("delay", "setShort", s -> s.setShort(1, (short) 3)),
                finds("delay", "setObject", s -> s.setObject(1, 3, Types.INTEGER)),
                finds("delay", "setObject of a JDBCType", s -> s.setObject(1, "3", JDBCType.INTEGER)),
                finds("price", "setBigDecimal", s -> s.setBigDecimal(1, new BigDecimal("10.5"))),
                finds("price", "setDouble", s -> s.setDouble(1, 10.5)),
                finds("km", "setDouble", s -> s.setDouble(1, 1.5)),
                finds("km", "setFloat", s -> s.setFloat(1, 1.5f)),
                finds("id < 3 AND ok", "setBoolean", s -> s.setBoolean(1, true)),
                finds("id < 3 AND carrier", "setString", s -> s.setString(1, "AA")),
                finds("id < 3 AND carrier", "setObject", s -> s.setObject(1, "AA")),
                finds("id < 3 AND carrier", "a reader", s -> s.setCharacterStream(1, new StringReader("AA!"), 2)),
                finds("raw", "setBytes", s -> s.setBytes(1, new byte[] {1, 2})),
                finds("raw", "a stream", s -> s.setBinaryStream(1, new ByteArrayInputStream(new byte[] {1, 2}))),
                finds("day", "setDate", s -> s.setDate(1, Date.valueOf("2013-01-01"))),
                finds("day", "LocalDate", s -> s.setObject(1, LocalDate.parse("2013-01-01"))),
                finds("day", "setString", s -> s.setString(1, "2013-01-01")),
                finds("at", "LocalTime", s -> s.setObject(1, LocalTime.parse("01:00:00.001"))),
                finds(
                        "at",
                        "setTime",
                        s -> s.setTime(
                                1,
                                new Time(Timestamp.valueOf("1970-01-01 01:00:00.001")
                                        .getTime()))),
                finds("ts", "setTimestamp", s -> s.setTimestamp(1, Timestamp.valueOf(ts))),
                finds(
                        "ts",
                        "setTimestamp with a calendar",
                        s -> s.setTimestamp(1, Timestamp.from(Instant.parse("2012-12-31T15:00:00.123Z")), tokyo)),
                finds("ts", "LocalDateTime", s -> s.setObject(1, ts)),
                finds("ts", "Instant", s -> s.setObject(1, Instant.parse("2013-01-01T00:00:00.123Z"))),
                finds(
                        "ts",
                        "OffsetDateTime",
                        s -> s.setObject(1, OffsetDateTime.parse("2013-01-01T02:00:00.123+02:00"))),
                finds("ts", "setString", s -> s.setString(1, "2013-01-01 00:00:00.123")));
    }

    @Test
    void nullEqualsNothing() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM flight WHERE delay = ?")) {
            statement.setNull(1, Types.INTEGER);
            assertEquals(List.of(), Sql.rows(statement.executeQuery()));
            statement.setObject(1, null);
            assertEquals(List.of(), Sql.rows(statement.executeQuery()));
        }
    }

    @Test
    void isRunAgainWithOtherValues() throws Exception {
        String sql = "SELECT id FROM flight WHERE id >= ? ORDER BY id LIMIT ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            assertEquals(2, statement.getParameterMetaData().getParameterCount());
            assertEquals("BIGINT", statement.getParameterMetaData().getParameterTypeName(1));
            assertEquals("id", statement.getMetaData().getColumnLabel(1));
            for (int first = 1; first <= 3; first++) {
                statement.setInt(1, first);
                statement.setInt(2, 1);
                assertEquals(List.of(String.valueOf(first)), Sql.rows(statement.executeQuery()));
            }
        }
    }

    @Test
    void mistakes() throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("SELECT id FROM flight WHERE delay = ?")) {
            assertMessage(
                    "42000",
                    "parameter 1 of 1 has no value: set it before the statement runs",
                    statement::executeQuery);
            assertMessage("22P02", "there is no parameter 2: the statement has 1", () -> statement.setInt(2, 1));
            assertMessage(
                    "22P02",
                    "parameter 1 is of type INTEGER; String 'soon' doesn't fit",
                    () -> statement.setString(1, "soon"));
            assertMessage(
                    "22P02",
                    "parameter 1 is of type INTEGER; Double '2.5' doesn't fit",
                    () -> statement.setDouble(1, 2.5));
            assertMessage(
                    "42000",
                    "a prepared statement has its own SQL: call the method without text",
                    () -> statement.executeQuery("SELECT 1"));
        }
        assertMessage(
                "42000",
                "line 1, column 8: column 'nope' not found in any table",
                () -> connection.prepareStatement("SELECT nope FROM flight"));
    }

    private static void assertMessage(String state, String message, Executable call) {
        SQLException thrown = assertThrows(SQLException.class, call);
        assertEquals(message, thrown.getMessage());
        assertEquals(state, thrown.getSQLState());
    }
}
