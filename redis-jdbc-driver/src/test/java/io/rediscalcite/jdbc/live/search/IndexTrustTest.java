package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An index that may miss rows when the query runs is passed over for a scan; the statement was planned with it. */
class IndexTrustTest {
    private static final String TABLE =
            "{name:'p', type:'hash', key:'p:{id}', index:'idx', columns:[{name:'n'," + " type:'INTEGER'}, {name:'c'}]}";
    private static final String SQL = "SELECT _key FROM p WHERE n >= 2";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().withCaps().set("enable-debug-command", "local");

    private final List<String> plans = new ArrayList<>();

    @AfterEach
    void empty() {
        redis.flush();
        redis.exec("FT.CONFIG", "SET", "TIMEOUT", 500);
        redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 1);
    }

    private static void rows() {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE c TAG INDEXMISSING");
        for (int i = 0; i < 5; i++) {
            redis.exec("HSET", "p:" + i, "n", i, "c", "c" + i % 2);
        }
        IndexedTables.awaitIndexes(redis);
    }

    /** The rows of {@code sql}, planned before {@code change} happens, and the commands that its run sends. */
    private String afterwards(String sql, CommandCounter.ThrowingRunnable change) throws Exception {
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            plans.add(IndexedTables.scans(connection, sql));
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                // The first run may count keys.
                statement.executeQuery().close();
                change.run();
                List<String> rows = new ArrayList<>();
                Map<String, Long> sent = new CommandCounter(redis).during(() -> {
                    try (ResultSet result = statement.executeQuery()) {
                        while (result.next()) {
                            rows.add(result.getString(1));
                        }
                    }
                });
                return String.join(" ", rows.stream().sorted().toList()) + (sent.containsKey("scan") ? " by SCAN" : "");
            }
        }
    }

    @Test
    void anIndexNamesTheKeys() throws Exception {
        rows();
        assertEquals("p:2 p:3 p:4", afterwards(SQL, () -> {}));
        assertTrue(plans.get(0).contains("commands=[FT.SEARCH idx @n:[2 +inf]; HMGET key n]"), plans.get(0));
    }

    @Test
    void aDroppedIndex() throws Exception {
        rows();
        assertEquals("p:2 p:3 p:4 by SCAN", afterwards(SQL, () -> redis.exec("FT.DROPINDEX", "idx")));
    }

    @Test
    void anIndexMadeAnewWithOtherPrefixes() throws Exception {
        rows();
        assertEquals("p:2 p:3 p:4 by SCAN", afterwards(SQL, () -> {
            redis.exec("FT.DROPINDEX", "idx");
            IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p:3 SCHEMA n NUMERIC SORTABLE c TAG INDEXMISSING");
        }));
    }

    @Test
    void aDocumentThatCouldNotBeIndexed() throws Exception {
        rows();
        assertEquals("p:2 p:3 p:4 p:7 by SCAN", afterwards(SQL, () -> {
            redis.exec("HSET", "p:7", "n", "7", "c", "x");
            redis.exec("HSET", "p:8", "n", "", "c", "x");
            redis.exec("DEL", "p:8");
        }));
    }

    @Test
    void keysInAnotherDatabaseAreInTheIndexToo() throws Exception {
        rows();
        assertEquals("p:2 p:3 p:4 by SCAN", afterwards(SQL, () -> {
            redis.exec("SELECT", 1);
            redis.exec("HSET", "p:3", "n", 0);
            redis.exec("SELECT", 0);
        }));
    }

    @Test
    void anExpiredKeyIsNoRow() throws Exception {
        rows();
        assertEquals("p:2 p:4", afterwards(SQL, () -> {
            redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 0);
            redis.exec("PEXPIRE", "p:3", 1);
            IndexedTables.waitForExpiry(redis);
        }));
    }

    @Test
    void theFirstRowsAreNoExpiredOnes() throws Exception {
        rows();
        String top = "SELECT _key FROM p ORDER BY n DESC NULLS LAST LIMIT 2";
        assertEquals("p:3 p:4", afterwards(top, () -> {}));
        assertEquals("p:2 p:3 by SCAN", afterwards(top, () -> {
            redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 0);
            redis.exec("PEXPIRE", "p:4", 1);
            IndexedTables.waitForExpiry(redis);
        }));
    }

    @Test
    void aFieldThatExpiredIsNull() throws Exception {
        rows();
        String missing = "SELECT _key FROM p WHERE n IS NULL";
        assertEquals("", afterwards(missing, () -> {}));
        assertEquals("p:3 by SCAN", afterwards(missing, () -> {
            redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 0);
            redis.exec("HPEXPIRE", "p:3", 1, "FIELDS", 1, "n");
            IndexedTables.waitForExpiry(redis);
        }));
    }

    @Test
    void aServerThatGivesUpAfterAMillisecond() throws Exception {
        rows();
        List<Object[]> more = new ArrayList<>();
        for (int i = 10; i < 40_000; i++) {
            more.add(new Object[] {"HSET", "p:" + i, "n", i % 2 == 0 ? 100 : 0});
        }
        redis.pipeline(more);
        redis.exec("FT.CONFIG", "SET", "TIMEOUT", 1);
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            String sql = "SELECT _key FROM p WHERE n >= 2";
            assertTrue(IndexedTables.scans(connection, sql).contains("FT.SEARCH"));
            // More than the 10,000 that this server gives at most.
            assertEquals(3 + 19_995, IndexedTables.rows(connection, sql).size());
            assertEquals(
                    9_000, IndexedTables.rows(connection, sql + " LIMIT 9000").size());
            assertEquals(
                    10_001, IndexedTables.rows(connection, sql + " LIMIT 10001").size());
            assertEquals(
                    List.of("100"), IndexedTables.rows(connection, "SELECT n FROM p WHERE n > 5 LIMIT 1 OFFSET 9999"));
        }
    }

    @Test
    void anIndexThatIsBeingBuilt() throws Exception {
        List<Object[]> more = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            more.add(new Object[] {"HSET", "p:" + i, "n", i % 1000, "c", "x" + i});
        }
        redis.pipeline(more);
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE c TAG INDEXMISSING");
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            boolean built = false;
            while (!built) {
                assertEquals(
                        100,
                        IndexedTables.rows(connection, "SELECT _key FROM p WHERE n IN (7, 8)")
                                .size());
                built = redis.exec("FT.INFO", "idx").toString().contains("percent_indexed, 1,");
            }
        }
    }

    @Test
    void anIndexOverNewKeysAlone() throws Exception {
        for (int i = 0; i < 5; i++) {
            redis.exec("HSET", "p:" + i, "n", i, "c", "c" + i % 2);
        }
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SKIPINITIALSCAN SCHEMA n NUMERIC");
        redis.exec("HSET", "p:9", "n", 9);
        String found = TABLE.replace(", index:'idx'", "");
        try (Connection connection = IndexedTables.connect(redis, "", found)) {
            assertTrue(IndexedTables.scans(connection, SQL).contains("FT.SEARCH"));
            assertEquals(List.of("p:2", "p:3", "p:4", "p:9"), IndexedTables.sorted(connection, SQL));
        }
    }

    @Test
    void aKeyUnderThePrefixThatIsNoRow() throws Exception {
        rows();
        redis.exec("HSET", "p:9:cart", "n", 99);
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            assertEquals(List.of("p:2", "p:3", "p:4"), IndexedTables.sorted(connection, SQL));
            String top = "SELECT _key FROM p ORDER BY n DESC NULLS LAST LIMIT 2";
            assertTrue(IndexedTables.scans(connection, top).contains("FT.SEARCH"));
            assertEquals(List.of("p:4", "p:3"), IndexedTables.rows(connection, top));
        }
    }

    @Test
    void aDocumentOfUnindexedAttributesAloneIsSkipped() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC c TAG NOINDEX SORTABLE");
        redis.exec("HSET", "p:1", "n", 1);
        redis.exec("HSET", "p:2", "c", "x");
        assertEquals(1L, ((List<?>) redis.exec("FT.SEARCH", "idx", "*", "NOCONTENT")).get(0));
        try (Connection connection = IndexedTables.connect(redis, "", TABLE.replace("p:{id}", "p:*"))) {
            assertEquals(List.of("2"), IndexedTables.rows(connection, "SELECT COUNT(*) FROM p"));
            assertEquals(List.of("p:2"), IndexedTables.rows(connection, "SELECT _key FROM p WHERE n IS NULL"));
            assertEquals(List.of("1"), IndexedTables.rows(connection, "SELECT COUNT(*) FROM p WHERE n > 0"));
            assertTrue(IndexedTables.scans(connection, "SELECT COUNT(*) FROM p WHERE n > 0")
                    .contains("FT.AGGREGATE"));
        }
    }

    @Test
    void aHashFieldThatHidesTheName() throws Exception {
        rows();
        List<Object[]> more = new ArrayList<>();
        for (int i = 10; i < 10_020; i++) {
            more.add(new Object[] {"HSET", "p:" + i, "n", 5, "__key", "p:" + (i + 1)});
        }
        redis.pipeline(more);
        try (Connection connection = IndexedTables.connect(redis, "", TABLE)) {
            assertEquals(3 + 10_010, IndexedTables.rows(connection, SQL).size());
            redis.exec("HSET", "p:10019", "__key", "x");
            assertEquals(3 + 10_010, IndexedTables.rows(connection, SQL).size());
        }
    }

    @Test
    void aUserWithoutPermissionForSearch() throws Exception {
        rows();
        IndexedTables.send(redis, "ACL SETUSER reader on >x ~* +@all -ft.search -ft._list -ft.info -ft.aggregate");
        try (Connection connection = IndexedTables.connect(redis, "user=reader&password=x", TABLE)) {
            assertFalse(IndexedTables.scans(connection, SQL).contains("FT."));
            assertEquals(List.of("p:2", "p:3", "p:4"), IndexedTables.sorted(connection, SQL));
        }
        IndexedTables.send(redis, "ACL SETUSER reader +ft._list +ft.info");
        try (Connection connection = IndexedTables.connect(redis, "user=reader&password=x", TABLE)) {
            assertEquals(List.of("p:2", "p:3", "p:4"), IndexedTables.sorted(connection, SQL));
        }
    }

    @Test
    void searchIsOff() throws Exception {
        rows();
        try (Connection connection = IndexedTables.connect(redis, "search=off", TABLE)) {
            String scan = IndexedTables.scans(connection, SQL);
            assertFalse(scan.contains("FT.SEARCH"), scan);
            assertTrue(scan.contains("idx: search=off"), scan);
            assertEquals(List.of("p:2", "p:3", "p:4"), IndexedTables.sorted(connection, SQL));
        }
    }
}
