package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Definitions of indexes and settings of the server under which an index finds fewer documents, or others, and doesn't say so. */
class IndexTrapsTest {
    private static final String TABLE =
            "{name:'p', type:'hash', key:'p:{id}', columns:[{name:'n', type:'INTEGER'}, {name:'c'}]}";
    private static final String SQL = "SELECT _key FROM p WHERE n >= 2";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().withCaps();

    @AfterEach
    void empty() {
        redis.flush();
        redis.exec("FT.CONFIG", "SET", "DEFAULT_DIALECT", 1);
        redis.exec("FT.CONFIG", "SET", "TIMEOUT", 500);
    }

    private static void rows(int count) {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(new Object[] {"HSET", "p:" + i, "n", i, "c", "c" + i % 2});
        }
        redis.pipeline(commands);
    }

    @Test
    void anIndexWithAFilterLeavesDocumentsOut() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: FILTER @n!=3 SCHEMA n NUMERIC");
        rows(5);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("p:2", "p:3", "p:4"), traps.left(SQL));
            String scans = IndexedTables.scans(traps.indexed(), SQL);
            assertTrue(scans.contains("idx: it leaves documents out by FILTER @n!=3"), scans);
        }
    }

    @Test
    void anIndexOfANarrowerPrefix() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 2 p:1 p:2 SCHEMA n NUMERIC");
        rows(40);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(38, traps.left(SQL).size());
        }
    }

    /** A prefix is no pattern: its star is one. */
    @Test
    void aPrefixWithAStar() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p:* SCHEMA n NUMERIC");
        rows(5);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("p:2", "p:3", "p:4"), traps.left(SQL));
        }
    }

    /** Keys of other tables that an index takes in are found by it, and are no rows. */
    @Test
    void anIndexOfABroaderPrefix() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx SCHEMA n NUMERIC SORTABLE");
        rows(5);
        for (int i = 0; i < 20; i++) {
            redis.exec("HSET", "q:" + i, "n", 100 + i);
        }
        try (Traps traps = Traps.open(redis, TABLE.replace("columns", "index:'idx', columns"))) {
            assertEquals(List.of("p:2", "p:3", "p:4"), traps.asked(SQL));
            assertEquals(List.of("5|10"), traps.asked("SELECT COUNT(*), SUM(n) FROM p"));
            assertEquals(
                    List.of("4"),
                    traps.asked("SELECT n FROM (SELECT n FROM p ORDER BY n DESC NULLS LAST LIMIT 1) AS s"));
        }
    }

    @Test
    void anIndexOverKeysOfTheOtherType() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx ON JSON PREFIX 1 p: SCHEMA $.n AS n NUMERIC");
        rows(5);
        redis.exec("JSON.SET", "p:9", "$", "{\"n\":9}");
        try (Traps traps = Traps.open(redis, TABLE.replace("columns", "index:'idx', columns"))) {
            assertEquals(List.of("p:2", "p:3", "p:4"), traps.left(SQL));
        }
    }

    /** An attribute that isn't kept finds nothing, and its opposite everything; so does a name that the index hasn't got. */
    @Test
    void columnsThatTheIndexDoesNotKnow() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE NOINDEX N AS other NUMERIC");
        rows(5);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("p:2", "p:3", "p:4"), traps.left(SQL));
            assertEquals(List.of("p:1", "p:3"), traps.left("SELECT _key FROM p WHERE c <> 'c0'"));
        }
    }

    /** Dialects cut queries otherwise, and some count and sort wrongly: each query says its own. */
    @Test
    void theServersDialectDoesNotMatter() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE c TAG INDEXMISSING");
        rows(30);
        redis.exec("HSET", "p:none", "x", "1");
        for (int dialect = 1; dialect <= 4; dialect++) {
            redis.exec("FT.CONFIG", "SET", "DEFAULT_DIALECT", dialect);
            try (Traps traps = Traps.open(redis, TABLE.replace("columns", "index:'idx', columns"))) {
                assertEquals(
                        14,
                        traps.asked("SELECT _key FROM p WHERE n <> 3 AND c = 'c1'")
                                .size());
                assertEquals(List.of("p:none"), traps.asked("SELECT _key FROM p WHERE c IS NULL OR n IS NULL"));
                assertEquals(
                        List.of("28", "29"),
                        traps.asked("SELECT n FROM (SELECT n FROM p ORDER BY n DESC NULLS LAST LIMIT 2) AS s"));
                assertEquals(List.of("31|435"), traps.asked("SELECT COUNT(*), SUM(n) FROM p"));
            }
        }
    }

    /** A reply of an offset and a limit beyond the cap is cut without a word; one of neither has ten rows. */
    @Test
    void pagesBeyondTheServersCap() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE");
        rows(12_000);
        redis.exec("FT.CONFIG", "SET", "TIMEOUT", 1);
        try (Connection connection =
                IndexedTables.connect(redis, "", TABLE.replace("columns", "index:'idx', columns"))) {
            String sorted = "SELECT n FROM p ORDER BY n NULLS LAST LIMIT 10 OFFSET ";
            for (int offset : List.of(0, 9_985, 9_990, 9_995, 10_000, 11_990)) {
                List<String> rows = IndexedTables.rows(connection, sorted + offset);
                assertEquals(10, rows.size());
                assertEquals(String.valueOf(offset), rows.get(0));
            }
            assertEquals(
                    12_000,
                    IndexedTables.rows(connection, "SELECT _key FROM p WHERE n >= 0")
                            .size());
            assertEquals(
                    11_000,
                    IndexedTables.rows(connection, "SELECT _key FROM p WHERE n >= 0 LIMIT 11000")
                            .size());
            assertEquals(List.of("12000"), IndexedTables.rows(connection, "SELECT COUNT(*) FROM p WHERE n >= 0"));
        }
    }

    /** Places, shapes and vectors are found by likeness, which SQL has no comparison for. */
    @Test
    void placesAndVectorsAreComparedAsTexts() throws Exception {
        IndexedTables.send(
                redis,
                "FT.CREATE idx PREFIX 1 p: SCHEMA c GEO n NUMERIC v VECTOR FLAT 6 TYPE FLOAT32 DIM 1 DISTANCE_METRIC L2");
        redis.exec("HSET", "p:1", "n", 1, "c", "2.35,48.85", "v", "abcd");
        redis.exec("HSET", "p:2", "n", 2, "c", "2.35, 48.85", "v", "abcd");
        String table = TABLE.replace("columns", "index:'idx', columns").replace("{name:'c'}", "{name:'c'}, {name:'v'}");
        try (Traps traps = Traps.open(redis, table)) {
            assertEquals(List.of("1"), traps.left("SELECT n FROM p WHERE c = '2.35,48.85'"));
            assertEquals(List.of("1", "2"), traps.left("SELECT n FROM p WHERE v = 'abcd'"));
            assertEquals(2, traps.left("SELECT c, COUNT(*) FROM p GROUP BY c").size());
        }
    }

    @Test
    void pathsThatNeedQuotes() throws Exception {
        redis.exec(
                "FT.CREATE",
                "idx",
                "ON",
                "JSON",
                "PREFIX",
                1,
                "p:",
                "SCHEMA",
                "$[\"a.b\"]",
                "AS",
                "x",
                "NUMERIC",
                "$.é",
                "AS",
                "é",
                "TAG");
        redis.exec("JSON.SET", "p:1", "$", "{\"a.b\":1,\"é\":\"x\"}");
        redis.exec("JSON.SET", "p:2", "$", "{\"a.b\":2,\"é\":\"y\"}");
        String table = "{name:'p', type:'json', key:'p:{id}', columns:[{name:'n', type:'INTEGER', path:'$[\"a.b\"]'},"
                + " {name:'e', path:'$[\"é\"]'}]}";
        try (Traps traps = Traps.open(redis, table)) {
            assertEquals(List.of("p:2"), traps.asked(SQL));
            assertEquals(List.of("p:1"), IndexedTables.rows(traps.indexed(), "SELECT _key FROM p WHERE e = 'x'"));
        }
    }

    /** While others write: a row that is there all the time, and meets the condition, is found each time. */
    @Test
    void rowsThatAreRewrittenMeanwhile() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n NUMERIC SORTABLE");
        rows(11_000);
        try (Connection connection =
                IndexedTables.connect(redis, "", TABLE.replace("columns", "index:'idx', columns"))) {
            Thread writer = new Thread(() -> {
                try (var own = new io.rediscalcite.testing.RespConnection(redis.port(), null)) {
                    for (int i = 0; !Thread.interrupted(); i++) {
                        own.exec("HSET", "p:" + i % 11_000, "n", i % 11_000, "c", "again " + i);
                    }
                }
            });
            writer.start();
            try {
                for (int i = 0; i < 5; i++) {
                    assertEquals(
                            11_000,
                            IndexedTables.rows(connection, "SELECT _key FROM p WHERE n >= 0")
                                    .size());
                    assertEquals(
                            List.of("11000"), IndexedTables.rows(connection, "SELECT COUNT(*) FROM p WHERE n >= 0"));
                }
            } finally {
                writer.interrupt();
                writer.join();
            }
        }
    }
}
