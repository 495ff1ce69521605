package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names of rows that Redis or this side makes, and how JDBC tells them. */
class GeneratedKeysTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static LiveTables tables;

    @BeforeAll
    static void open() throws SQLException {
        tables = LiveTables.open(
                redis,
                "",
                "{name:'h', type:'hash', key:'h:{id}', columns:[{name:'id', generated:'ulid'}, {name:'a'}]}",
                "{name:'s', type:'string', key:'s:{city}:{id}', columns:[{name:'id', generated:'uuid'}]}",
                "{name:'x', type:'stream', key:'x:{id}', columns:[{name:'a'}]}");
    }

    @AfterAll
    static void close() throws SQLException {
        tables.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static List<String> keys(Statement statement) throws SQLException {
        try (ResultSet keys = statement.getGeneratedKeys()) {
            return LiveTables.text(keys);
        }
    }

    @Test
    void aBatchTellsTheKeyOfEachEntry() throws SQLException {
        try (PreparedStatement insert =
                tables.connection().prepareStatement("INSERT INTO h (a) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 5_000; i++) {
                insert.setString(1, "v" + i);
                insert.addBatch();
            }
            insert.executeBatch();
            List<String> keys = keys(insert);
            assertEquals(5_000, new HashSet<>(keys).size());
            for (int i = 0; i < 5_000; i += 100) {
                assertTrue(keys.get(i).matches("[0-9A-HJKMNP-TV-Z]{26}"), keys.get(i));
                assertEquals("v" + i, redis.exec("HGET", "h:" + keys.get(i), "a"));
            }
            assertTrue(keys.get(0).substring(0, 10).compareTo(keys.get(4_999).substring(0, 10)) <= 0);
        }
    }

    @Test
    void aPartOfTheKeyIsGeneratedWhereItIsLeftOut() throws SQLException {
        String insert = "INSERT INTO s (city, id, value) VALUES ('Oslo', ?, ?)";
        try (Statement statement = tables.connection().createStatement();
                PreparedStatement prepared =
                        tables.connection().prepareStatement(insert, new String[] {"_key", "ID"})) {
            prepared.setString(2, "a");
            for (String id : Arrays.asList(null, "mine")) {
                prepared.setString(1, id);
                prepared.addBatch();
            }
            prepared.executeBatch();
            List<String> keys = keys(prepared);
            assertTrue(keys.get(0).matches("s:Oslo:([0-9a-f-]{36})\\|\\1"), keys.get(0));
            assertEquals("s:Oslo:mine|mine", keys.get(1));
            assertEquals(1, statement.executeUpdate("INSERT INTO s (_key, value) VALUES ('s:Oslo:', 'c')"));
            assertEquals("c", redis.exec("GET", "s:Oslo:"));
            assertEquals(List.of(), keys(statement));
        }
    }

    @Test
    void theNameTellsAPartThatIsGivenWithin() throws SQLException {
        try (Statement statement = tables.connection().createStatement()) {
            statement.executeUpdate("INSERT INTO h (_key, a) VALUES ('h:mine', 'v')", Statement.RETURN_GENERATED_KEYS);
            assertEquals(
                    List.of("h:mine|mine"),
                    keys(statement).stream()
                            .map(key -> key.contains("|") ? key : "h:" + key + "|" + key)
                            .toList());
            statement.executeUpdate("INSERT INTO h (a) VALUES ('v')", new int[0]);
            assertEquals(List.of(), keys(statement));
        }
    }

    @Test
    void entriesTellTheirIds() throws SQLException {
        try (Statement statement = tables.connection().createStatement()) {
            for (String ttl : List.of("NULL", "60000")) {
                redis.flush();
                statement.executeUpdate(
                        "INSERT INTO x (id, _id, a, _ttl) VALUES ('1', '5-1', 'a', " + ttl + ")",
                        Statement.RETURN_GENERATED_KEYS);
                List<String> ids = new ArrayList<>(keys(statement));
                statement.executeUpdate(
                        "INSERT INTO x (id, a, _ttl) VALUES ('1', 'b', " + ttl + ")", Statement.RETURN_GENERATED_KEYS);
                ids.addAll(keys(statement));
                assertEquals("5-1", ids.get(0));
                assertEquals(
                        Set.of("5-1|a", ids.get(1) + "|b"),
                        new HashSet<>(tables.rows("SELECT _id, a FROM x WHERE id = '1'")));
            }
        }
    }

    @Test
    void onlyWhatIsGeneratedCanBeAskedFor() throws SQLException {
        try (Statement statement = tables.connection().createStatement()) {
            statement.executeUpdate("INSERT INTO h (a) VALUES ('v')", new String[] {"a"});
            SQLException thrown = assertThrows(SQLException.class, () -> keys(statement));
            assertEquals("column 'a' isn't generated; these are: _key, id", thrown.getMessage());
            statement.executeUpdate("UPDATE h SET a = 'w'", Statement.RETURN_GENERATED_KEYS);
            assertFalse(statement.getGeneratedKeys().next());
        }
    }
}
