package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program sets on a connection or a statement reaches what is sent. */
@Timeout(60)
class StatementSettingsTest {
    private static final int ITEMS = 5000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= ITEMS; i++) {
            commands.add(Live.command("HSET", "item:" + i, "v", i));
        }
        redis.pipeline(commands);
        connection = Live.connect(redis.url());
        Live.rows(connection, "SELECT v FROM item LIMIT 1");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    /** How many keys were fetched when the first row is there. */
    private static long keysForTheFirstRow(Connection from, int fetchSize) throws Exception {
        long[] keys = new long[1];
        try (Statement statement = from.createStatement()) {
            statement.setFetchSize(fetchSize);
            assertEquals(fetchSize, statement.getFetchSize());
            keys[0] = new CommandCounter(redis)
                    .during(() -> {
                        try (ResultSet rows = statement.executeQuery("SELECT v FROM item")) {
                            assertTrue(rows.next());
                        }
                    })
                    .getOrDefault("hmget", 0L);
            assertEquals(
                    ITEMS,
                    Live.rows(statement.executeQuery("SELECT v FROM item")).size());
        }
        return keys[0];
    }

    /** The first pipeline, and as many as {@code prefetch} allows behind it. */
    @Test
    void theFetchSizeIsTheMostKeysOfAPipeline() throws Exception {
        long few = keysForTheFirstRow(connection, 7);
        assertTrue(few >= 7 && few <= 7 * 5, few + " keys");
        long usual = keysForTheFirstRow(connection, 0);
        assertTrue(usual >= 100, usual + " keys");
        try (Connection small = Live.connect(redis.url() + "?batchSize=7")) {
            long asTheOptionSays = keysForTheFirstRow(small, 0);
            assertTrue(asTheOptionSays >= 7 && asTheOptionSays <= 7 * 5, asTheOptionSays + " keys");
            long asTheStatementSays = keysForTheFirstRow(small, 100);
            assertTrue(asTheStatementSays >= 100, asTheStatementSays + " keys");
        }
        try (PreparedStatement prepared = connection.prepareStatement("SELECT v FROM item WHERE v > ?")) {
            prepared.setInt(1, 10);
            prepared.setFetchSize(Integer.MAX_VALUE);
            assertEquals(ITEMS - 10, Live.rows(prepared.executeQuery()).size());
            assertEquals(
                    "22P02",
                    assertThrows(SQLException.class, () -> prepared.setFetchSize(-1))
                            .getSQLState());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO item (id, v) VALUES (9999, 1)",
                "UPDATE item SET v = 0 WHERE id = 1",
                "DELETE FROM item",
                "TRUNCATE TABLE item",
                "CREATE INDEX by_v ON item (v)",
                "DROP INDEX by_v"
            })
    void aReadOnlyConnectionSendsNoWrite(String write) throws Exception {
        try (Connection reading = Live.connect(redis.url());
                Statement statement = reading.createStatement()) {
            Live.rows(reading, "SELECT v FROM item LIMIT 1");
            reading.setReadOnly(true);
            assertTrue(reading.isReadOnly() && reading.getMetaData().isReadOnly());
            Map<String, Long> sent = new CommandCounter(redis).during(() -> {
                assertRefused(() -> statement.executeUpdate(write));
                assertRefused(() -> {
                    try (PreparedStatement prepared = reading.prepareStatement(write)) {
                        prepared.executeUpdate();
                    }
                });
                assertRefused(() -> {
                    statement.addBatch(write);
                    statement.executeBatch();
                });
            });
            assertEquals(Map.of(), sent);
            assertEquals(List.of("1"), Live.rows(reading, "SELECT v FROM item WHERE id = 1"));
            reading.setReadOnly(false);
            assertFalse(reading.isReadOnly());
            assertEquals(1, statement.executeUpdate("UPDATE item SET v = 1 WHERE id = 1"));
        }
    }

    /** Pools set false on each connection that is made or given back. */
    @Test
    void aConnectionThatWasOpenedReadOnlyStaysSo() throws Exception {
        try (Connection reading = Live.connect(redis.url() + "?readOnly=true");
                Statement statement = reading.createStatement()) {
            assertTrue(reading.isReadOnly());
            reading.setReadOnly(false);
            assertTrue(reading.isReadOnly());
            assertTrue(reading.getWarnings().getMessage().contains("readOnly=true"));
            assertRefused(() -> statement.executeUpdate("DELETE FROM item"));
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws SQLException;
    }

    private static void assertRefused(Writing writing) {
        SQLException refused = assertThrows(SQLException.class, writing::run);
        assertEquals("42501", refused.getSQLState(), refused.getMessage());
        assertTrue(refused.getMessage().contains("read-only"), refused.getMessage());
    }
}
