package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Joins whose right side is found by the values of an indexed column. */
class IndexedJoinsTest {
    private static final int ORDERS = 12_000;
    private static final String[] TABLES = {
        "{name:'customer', type:'hash', key:'customer:{id}', columns:[{name:'id', type:'BIGINT'}, {name:'mail'}]}",
        "{name:'orders', type:'hash', key:'order:{id}', index:'idx', columns:[{name:'customer', type:'BIGINT'}, {name:'mail'},"
                + " {name:'kind'}, {name:'n', type:'INTEGER'}]}"
    };

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().withCaps();

    /** Each customer has three orders, but for those that end with 0, which have none; their mails are written twice, one folded. */
    @BeforeAll
    static void fill() {
        IndexedTables.send(
                redis, "FT.CREATE idx PREFIX 1 order: SCHEMA customer NUMERIC mail TAG kind TAG n NUMERIC SORTABLE");
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            int customer = i / 3;
            List<Object> order = new ArrayList<>(List.of("HSET", "order:" + i, "n", i, "kind", i % 2 == 0 ? "a" : "b"));
            if (customer % 10 != 0) {
                order.addAll(List.of("customer", customer, "mail", (i % 3 == 0 ? "M" : "m") + customer + ",x"));
            }
            commands.add(order.toArray());
        }
        for (int customer = 0; customer < ORDERS / 3; customer++) {
            commands.add(new Object[] {"HSET", "customer:" + customer, "mail", "m" + customer + ",x"});
        }
        redis.pipeline(commands);
        IndexedTables.awaitIndexes(redis);
    }

    private static void assertJoined(String sql, String asked, String... rows) throws Exception {
        try (Connection connection = IndexedTables.connect(redis, "", TABLES);
                Connection off = IndexedTables.connect(redis, "search=off", TABLES)) {
            String plan =
                    IndexedTables.rows(connection, "EXPLAIN PLAN FOR " + sql).get(0);
            assertTrue(plan.contains("RedisLookupJoin("), plan);
            assertTrue(plan.contains(asked), plan);
            assertEquals(List.of(rows), IndexedTables.sorted(connection, sql));
            assertEquals(List.of(rows), IndexedTables.sorted(off, sql));
            Map<String, Long> sent = new CommandCounter(redis).during(() -> IndexedTables.rows(connection, sql));
            assertFalse(sent.containsKey("scan"), sent.toString());
            assertEquals(1, sent.get("FT.SEARCH"), sent.toString());
        }
    }

    @Test
    void numbersOfTheLeftRowsAreAskedForAtOnce() throws Exception {
        assertJoined(
                "SELECT c.id, o.n FROM customer c JOIN orders o ON o.customer = c.id WHERE c._key IN ('customer:7', 'customer:9',"
                        + " 'customer:10')",
                "FT.SEARCH idx @customer:[$left.id $left.id]; HMGET key customer n",
                "7|21",
                "7|22",
                "7|23",
                "9|27",
                "9|28",
                "9|29");
    }

    @Test
    void whatTheIndexTakesForEqualIsNoPartner() throws Exception {
        assertJoined(
                "SELECT c.id, o.n FROM customer c LEFT JOIN orders o ON o.mail = c.mail AND o.kind = 'a'"
                        + " WHERE c._key IN ('customer:7', 'customer:10')",
                "@mail:{$p1}",
                "10|null",
                "7|22");
    }

    @Test
    void rowsWithAPartner() throws Exception {
        assertJoined(
                "SELECT c.id FROM customer c WHERE c._key IN ('customer:7', 'customer:10', 'customer:99999')"
                        + " AND EXISTS (SELECT 1 FROM orders o WHERE o.customer = c.id AND o.n > 0)",
                "FT.SEARCH idx (@n:[(0 +inf] @customer:[$left.id $left.id]); HMGET key customer n]",
                "7");
    }

    @Test
    void severalColumnsBelongTogether() throws Exception {
        assertJoined(
                "SELECT c.id, o.n FROM customer c JOIN orders o ON o.customer = c.id AND o.mail = c.mail"
                        + " WHERE c._key IN ('customer:7', 'customer:8')",
                "(@customer:[$left.id $left.id] @mail:{$p0})",
                "7|22",
                "7|23",
                "8|25",
                "8|26");
    }

    /** The documents that the plan was made by say little of the others: one value has most of them, which the server tells in time. */
    @Test
    void aValueOfMostRowsEndsTheLookups() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            commands.add(new Object[] {"HSET", "skew:" + i, "v", "m" + (i < 1500 ? i : 7)});
        }
        redis.pipeline(commands);
        String sql = "SELECT COUNT(*) FROM customer c JOIN skew s ON s.v || ',x' = c.mail WHERE c._key IN ("
                + keys(0, 20) + ")";
        String indexed = "SELECT COUNT(*) FROM (SELECT REPLACE(mail, ',x', '') AS v FROM customer WHERE _key IN ("
                + keys(0, 20) + ")) AS c JOIN skew s ON s.v = c.v";
        IndexedTables.send(redis, "FT.CREATE skewed PREFIX 1 skew: SCHEMA v TAG");
        IndexedTables.awaitIndexes(redis);
        try (Connection connection = IndexedTables.connect(
                redis,
                "",
                TABLES[0],
                "{name:'skew', type:'hash', key:'skew:{id}', index:'skewed', columns:[{name:'v'}]}")) {
            assertTrue(
                    IndexedTables.scans(connection, indexed).contains("FT.SEARCH skewed @v:{$p0} PARAMS p0 $left."),
                    IndexedTables.rows(connection, "EXPLAIN PLAN FOR " + indexed)
                            .get(0));
            Map<String, Long> sent = new CommandCounter(redis)
                    .during(() -> assertEquals(List.of("10520"), IndexedTables.rows(connection, indexed)));
            assertTrue(sent.get("scan") > 1, sent.toString());
            assertFalse(sent.containsKey("FT.AGGREGATE"), sent.toString());
            assertEquals(List.of("10520"), IndexedTables.rows(connection, sql));
        } finally {
            redis.exec("FT.DROPINDEX", "skewed", "DD");
        }
    }

    /** What the index can't be trusted with is read once, not once a batch. */
    @Test
    void anIndexThatFailsIsReplacedByOneScan() throws Exception {
        String sql = "SELECT COUNT(*) FROM customer c JOIN orders o ON o.customer = c.id WHERE c._key IN ("
                + keys(0, 1500) + ")";
        try (Connection connection =
                        IndexedTables.connect(redis, "", TABLES[0], TABLES[1].replace("'idx'", "'other'"));
                Statement making = connection.createStatement()) {
            making.execute("CREATE INDEX other ON orders (customer)");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                assertEquals("4050", only(statement));
                long searches =
                        new CommandCounter(redis).during(() -> only(statement)).get("FT.SEARCH");
                assertTrue(searches >= 2, searches + " batches");
                redis.exec("FT.DROPINDEX", "other");
                Map<String, Long> sent = new CommandCounter(redis).during(() -> assertEquals("4050", only(statement)));
                assertTrue(sent.containsKey("scan"), sent.toString());
                assertEquals(ORDERS, sent.get("hmget"), "each order is read once: " + sent);
            }
        }
    }

    private static String keys(int from, int to) {
        List<String> keys = new ArrayList<>();
        for (int i = from; i < to; i++) {
            keys.add("'customer:" + i + "'");
        }
        return String.join(", ", keys);
    }

    private static String only(PreparedStatement statement) throws Exception {
        try (ResultSet rows = statement.executeQuery()) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }
}
