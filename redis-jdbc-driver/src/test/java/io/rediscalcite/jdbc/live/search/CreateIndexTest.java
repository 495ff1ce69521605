package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CreateIndexTest {
    private static final String HASH = "{name:'p', type:'hash', key:'p:{id}', columns:[{name:'id'}, {name:'n',"
            + " type:'INTEGER'}, {name:'city', field:'town'}, {name:'day', type:'DATE'}]}";
    private static final String JSON = "{name:'j', type:'json', key:'j:{id}', columns:[{name:'n', type:'BIGINT',"
            + " path:'$.a.n'}, {name:'s', path:'$.s'}]}";
    private static final String SET = "{name:'s', type:'set', key:'s:{id}'}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().withCaps();

    @AfterEach
    void empty() {
        redis.flush();
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Test
    void anIndexOverHashesIsUsedAtOnceAndGoneAgain() throws Exception {
        for (int i = 0; i < 500; i++) {
            redis.exec("HSET", "p:" + i, "n", i, "town", i % 2 == 0 ? "Ulm" : "ulm", "day", "2020-01-0" + (1 + i % 3));
        }
        try (Connection connection = IndexedTables.connect(redis, "", HASH)) {
            String sql = "SELECT city, COUNT(*), SUM(n) FROM p WHERE n < 100 AND city IS NOT NULL GROUP BY city";
            List<String> expected = IndexedTables.sorted(connection, sql);
            assertEquals(0, update(connection, "CREATE INDEX \"idx p\" ON p (n, city, day);"));
            String scans = IndexedTables.scans(connection, sql);
            assertTrue(scans.contains("FT.AGGREGATE idx p (@n:[-inf (100] -ismissing(@city)) GROUPBY 1 @city"), scans);
            assertEquals(expected, IndexedTables.sorted(connection, sql));
            assertEquals(List.of("Ulm|50|2450", "ulm|50|2500"), expected);
            assertEquals(
                    List.of("83"),
                    IndexedTables.rows(
                            connection, "SELECT COUNT(*) FROM p WHERE city = 'Ulm' AND day = DATE '2020-01-02'"));
            assertEquals(0, update(connection, "CREATE INDEX IF NOT EXISTS \"idx p\" ON redis.p (n)"));
            assertEquals(0, update(connection, "DROP INDEX \"idx p\""));
            assertEquals(0, update(connection, "drop index if exists \"idx p\""));
            assertEquals(500L, redis.exec("DBSIZE"));
            assertEquals(expected, IndexedTables.sorted(connection, sql));
        }
    }

    @Test
    void anIndexOverDocuments() throws Exception {
        for (int i = 0; i < 20; i++) {
            redis.exec("JSON.SET", "j:" + i, "$", "{\"a\":{\"n\":" + i + "},\"s\":\"x" + i + "\"}");
        }
        try (Connection connection = IndexedTables.connect(redis, "", JSON)) {
            update(connection, "CREATE INDEX idx ON j (n, s TAG)");
            String sql = "SELECT s FROM j WHERE n > 17 AND s <> 'x19'";
            assertTrue(IndexedTables.scans(connection, sql).contains("FT.SEARCH idx @n:[(17 +inf]"));
            assertEquals(List.of("x18"), IndexedTables.rows(connection, sql));
        }
    }

    @Test
    void keysThatCannotBeTakenAreAWarning() throws Exception {
        redis.exec("HSET", "p:1", "n", "", "town", "x");
        redis.exec("HSET", "p:2", "n", "2", "town", "x");
        try (Connection connection = IndexedTables.connect(redis, "", HASH);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE INDEX idx ON p (n)");
            assertTrue(statement.getWarnings().getMessage().contains("couldn't take 1 keys"));
            String scans = IndexedTables.scans(connection, "SELECT _key FROM p WHERE n = 2");
            assertTrue(scans.contains("idx: it couldn't take 1 documents, the last p:1"), scans);
        }
    }

    @Test
    void anIndexThatTookTheNameOfOursIsNotVouchedFor() throws Exception {
        redis.exec("HSET", "p:1", "n", "1");
        redis.exec("HSET", "p:2", "n", "1");
        try (Connection connection = IndexedTables.connect(redis, "", HASH)) {
            update(connection, "CREATE INDEX idx ON p (n)");
            update(connection, "DROP INDEX idx");
            IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SKIPINITIALSCAN SCHEMA n NUMERIC SORTABLE");
            redis.exec("HSET", "p:3", "n", "1");
            assertEquals(
                    List.of("p:1", "p:2", "p:3"),
                    IndexedTables.sorted(connection, "SELECT _key FROM p WHERE n = 1 AND _key IS NOT NULL"));
        }
    }

    @Test
    void theTablesOfAnIndexAreListed() throws Exception {
        String narrow = HASH.replace("'p:{id}'", "'p:1{id}'").replace("name:'p'", "name:'ones'");
        try (Connection connection = IndexedTables.connect(redis, "", HASH, narrow, JSON)) {
            update(connection, "CREATE INDEX idx ON p (n)");
            IndexedTables.send(redis, "FT.CREATE part PREFIX 1 p:17 SCHEMA n NUMERIC");
            IndexedTables.send(redis, "FT.CREATE some PREFIX 1 p: FILTER @n>3 SCHEMA n NUMERIC");
            update(connection, "CREATE INDEX all_json ON j (n)");
            assertEquals(
                    List.of(
                            "all_json|redis.j|",
                            "idx|redis.ones, redis.p|",
                            "part||redis.ones: its keys begin with p:17; redis.p: its keys begin with p:17",
                            "some||redis.ones: it leaves documents out by FILTER @n>3; redis.p: it leaves documents out by"
                                    + " FILTER @n>3"),
                    IndexedTables.rows(connection, "SELECT name, tables, refused FROM system.indexes ORDER BY name"));
        }
    }

    @Test
    void mistakesAreToldWithTheirPlace() throws Exception {
        try (Connection connection = IndexedTables.connect(redis, "", HASH, SET)) {
            assertRefused(connection, "CREATE INDEX i ON p n", "42000", "line 1, column 21: syntax error: expected (");
            assertRefused(connection, "CREATE UNIQUE INDEX i ON p (n)", "42000", "can't keep values unique");
            assertRefused(connection, "CREATE INDEX i ON nope (n)", "42S02", "there is no table 'nope'");
            assertRefused(
                    connection, "CREATE INDEX i ON p (nope)", "42000", "has no column 'nope'; it has _key, id, n");
            assertRefused(connection, "CREATE INDEX i ON p (id)", "42000", "is the part {id} of the key");
            assertRefused(connection, "CREATE INDEX i ON s (member)", "0A000", "over hashes and JSON documents alone");
            assertRefused(connection, "DROP INDEX nope", "58000", "FT.DROPINDEX failed");
            assertRefused(connection, "DROP INDEX nope now", "42000", "the statement should end here");
        }
        try (Connection connection = IndexedTables.connect(redis, "readOnly=true", HASH)) {
            assertRefused(connection, "CREATE INDEX i ON p (n)", "42501", "read");
        }
    }

    private static void assertRefused(Connection connection, String sql, String state, String message) {
        SQLException refused = assertThrows(SQLException.class, () -> update(connection, sql), sql);
        assertEquals(state, refused.getSQLState(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
    }
}
