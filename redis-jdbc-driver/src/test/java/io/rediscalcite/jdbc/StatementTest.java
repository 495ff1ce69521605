package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatementTest {
    private final ToyDatabase database = new ToyDatabase();
    private Connection connection;
    private Statement statement;

    @BeforeEach
    void connect() throws Exception {
        connection = database.connect();
        statement = connection.createStatement();
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void rowsArePulledAsTheyAreRead() throws Exception {
        ResultSet result = statement.executeQuery("SELECT n FROM endless");
        for (int i = 0; i < 10; i++) {
            assertTrue(result.next());
            assertEquals(i, result.getInt(1));
        }
        assertEquals(10, database.rowsRead.get());
        result.close();
        assertEquals(0, database.openEnumerators.get());
    }

    @Test
    void maxRowsEndsTheResult() throws Exception {
        statement.setMaxRows(3);
        assertEquals(List.of("0", "1", "2"), Sql.rows(statement.executeQuery("SELECT n FROM endless")));
        assertEquals(3, database.rowsRead.get());
    }

    @Test
    void aStatementClosesWhatItOpened() throws Exception {
        ResultSet first = statement.executeQuery("SELECT n FROM endless");
        assertTrue(first.next());
        ResultSet second = statement.executeQuery("SELECT n FROM endless");
        assertTrue(first.isClosed());
        assertTrue(second.next());
        assertEquals(1, database.openEnumerators.get());
        connection.close();
        assertTrue(second.isClosed());
        assertTrue(statement.isClosed());
        assertEquals(0, database.openEnumerators.get());
        assertEquals(1, database.closed.get());
        connection.close();
        assertEquals(1, database.closed.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM endless",
                "SELECT COUNT(*) FROM endless a JOIN flight b ON a.n < -b.id",
                "SELECT MAX(n) FROM (SELECT n FROM endless ORDER BY n DESC)",
                "SELECT n FROM endless WHERE n < 0",
                "SELECT a.n FROM flight f, flight g, flight h, endless a WHERE a.n + f.id < 0"
            })
    void queryTimeoutStopsAnything(String sql) throws Exception {
        statement.setQueryTimeout(1);
        long start = System.nanoTime();
        SQLTimeoutException thrown = assertThrows(SQLTimeoutException.class, () -> {
            try (ResultSet result = statement.executeQuery(sql)) {
                result.next();
            }
        });
        assertEquals("HYT00", thrown.getSQLState());
        assertEquals("the statement took longer than its query timeout of 1 s and was stopped", thrown.getMessage());
        assertTrue(System.nanoTime() - start < 3_000_000_000L);
        statement.setQueryTimeout(0);
        assertEquals(List.of("4"), Sql.rows(statement.executeQuery("SELECT COUNT(*) FROM flight")));
    }

    @Test
    void cancelStopsARunFromAnotherThread() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<SQLException> run = other.submit(() -> assertThrows(SQLException.class, () -> {
                try (ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM endless")) {
                    result.next();
                }
            }));
            while (database.rowsRead.get() == 0) {
                Thread.onSpinWait();
            }
            statement.cancel();
            SQLException thrown = run.get();
            assertEquals("57014", thrown.getSQLState());
            assertEquals("the statement was cancelled by the user", thrown.getMessage());
            assertEquals(List.of("4"), Sql.rows(statement.executeQuery("SELECT COUNT(*) FROM flight")));
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void cancelStopsAResultThatIsRead() throws Exception {
        ResultSet result = statement.executeQuery("SELECT n FROM endless");
        assertTrue(result.next());
        statement.cancel();
        assertEquals("57014", assertThrows(SQLException.class, result::next).getSQLState());
    }

    @Test
    void cancelOfNothingDoesNothing() throws Exception {
        statement.cancel();
        assertEquals(List.of("4"), Sql.rows(statement.executeQuery("SELECT COUNT(*) FROM flight")));
    }

    @Test
    void abortEndsWhatRuns() throws Exception {
        ResultSet result = statement.executeQuery("SELECT n FROM endless");
        connection.abort(Runnable::run);
        assertTrue(result.isClosed());
        assertTrue(connection.isClosed());
        assertFalse(connection.isValid(1));
        assertEquals(
                "08006",
                assertThrows(SQLException.class, connection::createStatement).getSQLState());
    }

    @Test
    void connectionManners() throws Exception {
        assertTrue(connection.getAutoCommit());
        connection.setAutoCommit(false);
        assertNull(connection.getWarnings());
        connection.commit();
        connection.rollback();
        assertTrue(connection.getWarnings().getMessage().startsWith("commit does nothing"));
        connection.clearWarnings();
        assertNull(connection.getWarnings());
        assertTrue(connection.isValid(1));
        assertEquals("redis", connection.getSchema());
        assertEquals(Connection.TRANSACTION_NONE, connection.getTransactionIsolation());
        assertThrows(SQLFeatureNotSupportedException.class, connection::setSavepoint);
        assertThrows(SQLException.class, () -> connection.setSchema("nope"));
        connection.setSchema("REDIS");
        assertEquals("redis", connection.getSchema());
        connection.setReadOnly(true);
        assertTrue(connection.isReadOnly());
    }

    @Test
    void everyGetter() throws Exception {
        ResultSet result = statement.executeQuery("SELECT * FROM flight WHERE id = 1");
        SQLException early = assertThrows(SQLException.class, () -> result.getInt("id"));
        assertEquals("42000", early.getSQLState());
        assertTrue(result.next());
        assertEquals("10.50", result.getString("price"));
        assertEquals(new BigDecimal("10.50"), result.getObject("price"));
        assertEquals(10, result.getInt("price"));
        assertEquals("2013-01-01", result.getString("day"));
        assertEquals(Date.valueOf("2013-01-01"), result.getDate("day"));
        assertEquals(LocalDate.of(2013, 1, 1), result.getObject("day", LocalDate.class));
        assertEquals("01:00:00.001", result.getString("at"));
        assertEquals(LocalTime.parse("01:00:00.001"), result.getObject("at", LocalTime.class));
        assertEquals("2013-01-01 00:00:00.123", result.getString("ts"));
        assertEquals(Timestamp.valueOf("2013-01-01 00:00:00.123"), result.getTimestamp("ts"));
        assertEquals(LocalDateTime.parse("2013-01-01T00:00:00.123"), result.getObject("ts", LocalDateTime.class));
        assertEquals(Instant.parse("2013-01-01T00:00:00.123Z"), result.getObject("ts", Instant.class));
        assertEquals(2, result.getBytes("raw").length);
        assertInstanceOf(byte[].class, result.getObject("raw"));
        assertTrue(result.getBoolean("ok"));
        assertEquals(1.5, result.getDouble("km"));
        assertEquals(1, result.getObject("id", Integer.class));
        assertEquals(0, result.getLong("_ttl"));
        assertTrue(result.wasNull());
        assertNull(result.getObject("_ttl"));
        assertNull(result.getObject("_ttl", Long.class));
        SQLException wrong = assertThrows(SQLException.class, () -> result.getInt("carrier"));
        assertEquals("column 'carrier' of type VARCHAR: 'AA' can't be read as Integer", wrong.getMessage());
        assertEquals("22P02", wrong.getSQLState());
        SQLException missing = assertThrows(SQLException.class, () -> result.getInt("dealy"));
        assertEquals("column 'dealy' is not in the result; closest columns: delay, day, _key", missing.getMessage());
    }

    @Test
    void objectsOfAnyClassThatTheValueFits() throws Exception {
        String uuid = "123e4567-e89b-12d3-a456-426614174000";
        ResultSet result = statement.executeQuery("SELECT f.*, '" + uuid + "' AS u FROM flight f WHERE id = 1");
        assertTrue(result.next());
        assertEquals(UUID.fromString(uuid), result.getObject("u", UUID.class));
        assertArrayEquals(new byte[] {1, 2}, result.getObject("raw", byte[].class));
        assertEquals(new BigDecimal("10.50"), result.getObject("price", BigDecimal.class));
        assertEquals(BigInteger.ONE, result.getObject("id", BigInteger.class));
        assertEquals(OffsetDateTime.parse("2013-01-01T00:00:00.123Z"), result.getObject("ts", OffsetDateTime.class));
        assertEquals(
                ZonedDateTime.of(LocalDateTime.parse("2013-01-01T00:00:00.123"), ZoneId.of("UTC")),
                result.getObject("ts", ZonedDateTime.class));
        assertEquals(Timestamp.valueOf("2013-01-01 00:00:00.123"), result.getObject("ts", java.util.Date.class));
        assertEquals("1", result.getObject("id", String.class));
        assertEquals(true, result.getObject("ok", Boolean.class));
        assertEquals((short) 3, result.getObject("delay", Short.class));
        assertEquals(1.5f, result.getObject("km", Float.class));
        for (Class<?> type : List.of(UUID.class, LocalDate.class, Integer.class, List.class)) {
            SQLException unfit = assertThrows(SQLException.class, () -> result.getObject("carrier", type));
            assertEquals("22P02", unfit.getSQLState(), unfit.getMessage());
        }
        assertNull(result.getObject("_ttl", UUID.class));
        assertTrue(result.wasNull());
    }

    @Test
    void arrays() throws Exception {
        ResultSet result = statement.executeQuery("SELECT ARRAY[1, 2], ARRAY['a']");
        assertTrue(result.next());
        assertEquals("[1, 2]", result.getString(1));
        assertArrayEquals(new int[] {1, 2}, (int[]) result.getArray(1).getArray());
        assertEquals(List.of("1", "2"), Sql.rows(result.getArray(1).getResultSet()));
    }

    @Test
    void manyThreadsShareAConnection() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<String>>> runs = IntStream.range(0, 64)
                    .mapToObj(i -> threads.submit(() -> Sql.rows(
                            connection, "SELECT carrier, SUM(id), " + i + " FROM flight GROUP BY carrier ORDER BY 1")))
                    .toList();
            for (int i = 0; i < runs.size(); i++) {
                assertEquals(List.of("AA|8|" + i, "B6|2|" + i), runs.get(i).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
