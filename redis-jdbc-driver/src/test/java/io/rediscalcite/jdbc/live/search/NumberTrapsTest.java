package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** NUMERIC attributes are doubles, know no digits, and sort what is missing as they like. */
class NumberTrapsTest {
    private static String hash(String type) {
        return "{name:'p', type:'hash', key:'p:*', index:'idx', columns:[{name:'n', type:'" + type + "'}, {name:'i',"
                + " type:'INTEGER'}]}";
    }

    private static String json(String type) {
        return "{name:'p', type:'json', key:'p:*', index:'idx', columns:[{name:'n', type:'" + type
                + "', path:'$.n'}, {name:'i', type:'INTEGER', path:'$.i'}]}";
    }

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().withCaps();

    @AfterEach
    void empty() {
        redis.flush();
    }

    private static void hashes(String definition, String... values) {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n " + definition + " i NUMERIC");
        for (int i = 0; i < values.length; i++) {
            redis.exec("HSET", "p:" + i, "i", i);
            if (!values[i].isEmpty()) {
                redis.exec("HSET", "p:" + i, "n", values[i]);
            }
        }
    }

    private static void documents(String definition, String... values) {
        IndexedTables.send(
                redis, "FT.CREATE idx ON JSON PREFIX 1 p: SCHEMA $.n AS n " + definition + " $.i AS i NUMERIC");
        for (int i = 0; i < values.length; i++) {
            String member = values[i].isEmpty() ? "" : "\"n\":" + values[i] + ",";
            redis.exec("JSON.SET", "p:" + i, "$", "{" + member + "\"i\":" + i + "}");
        }
    }

    @Test
    void numbersThatAreOneDouble() throws Exception {
        hashes(
                "NUMERIC SORTABLE",
                "9007199254740992",
                "9007199254740993",
                "9007199254740991",
                "9223372036854775807",
                "9223372036854775806",
                "");
        try (Traps traps = Traps.open(redis, hash("BIGINT"))) {
            assertEquals(List.of("1"), traps.asked("SELECT i FROM p WHERE n = 9007199254740993"));
            assertEquals(List.of("1", "3", "4"), traps.asked("SELECT i FROM p WHERE n > 9007199254740992"));
            assertEquals(List.of("3"), traps.asked("SELECT i FROM p WHERE n > 9223372036854775806"));
            assertEquals(
                    4,
                    traps.asked("SELECT i FROM p WHERE n <> 9007199254740992").size());
            assertEquals(List.of("2"), traps.asked("SELECT i FROM p WHERE n < 9007199254740992"));
            assertEquals(
                    List.of("9223372036854775806"),
                    traps.asked("SELECT n FROM (SELECT n FROM p ORDER BY n DESC NULLS LAST LIMIT 1 OFFSET 1) AS s"));
        }
    }

    @Test
    void decimalsThatAreOneDouble() throws Exception {
        hashes("NUMERIC", "1234567890123456.7891", "1234567890123456.7892", "0.1", "0.3", "-0.5");
        try (Traps traps = Traps.open(redis, hash("DECIMAL(20, 4)"))) {
            assertEquals(List.of("1"), traps.asked("SELECT i FROM p WHERE n > 1234567890123456.7891"));
            assertEquals(List.of("3"), traps.asked("SELECT i FROM p WHERE n = 0.3"));
            // The server reads .5 as 5, so that a number is never written so.
            assertEquals(List.of("2", "4"), traps.asked("SELECT i FROM p WHERE n < .3 AND n > -.6"));
        }
    }

    /** Whole or not: rows come as they are stored, where an index would print 12 digits. */
    @Test
    void digitsAreThoseOfTheDocument() throws Exception {
        hashes("NUMERIC SORTABLE", "0.30000000000000004", "1234567.1234567", "1e3", "007", "-0");
        try (Traps traps = Traps.open(redis, hash("DOUBLE"))) {
            assertEquals(
                    List.of("0.30000000000000004", "1000.0", "1234567.1234567", "7.0"),
                    traps.asked("SELECT n FROM p WHERE n > 0"));
            assertEquals(List.of("4"), traps.asked("SELECT i FROM p WHERE n = 0"));
        }
    }

    /** A value that the index can't read keeps its document out: then all of it is scanned, and the error is SQL's. */
    @Test
    void oneDocumentInAHundredCannotBeIndexed() throws Exception {
        hashes("NUMERIC SORTABLE");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            // The blank is none to SQL.
            rows.add(new Object[] {"HSET", "p:" + i, "i", i, "n", i % 100 == 7 ? " " + i : i});
        }
        redis.pipeline(rows);
        try (Traps traps = Traps.open(redis, hash("INTEGER"))) {
            assertEquals(1000, traps.left("SELECT i FROM p WHERE n >= 1000").size());
            assertEquals(List.of("2000|1999000"), traps.left("SELECT COUNT(*), SUM(n) FROM p"));
            String plan = IndexedTables.scans(traps.indexed(), "SELECT i FROM p WHERE n = 1");
            assertTrue(plan.contains("idx: it couldn't take 20 documents, the last p:1907"), plan);
        }
    }

    @Test
    void documentsOfTheWrongTypeCannotBeIndexed() throws Exception {
        for (String wrong : List.of("\"7\"", "true", "{}", "[1,\"x\"]")) {
            documents("NUMERIC", "1", "2");
            redis.exec("JSON.SET", "p:9", "$", "{\"i\":9,\"n\":" + wrong + "}");
            try (Traps traps = Traps.open(redis, json("VARCHAR"))) {
                assertEquals(List.of("0", "1", "9"), traps.left("SELECT i FROM p WHERE i >= 0"));
            }
            redis.flush();
        }
    }

    @Test
    void anEmptyArrayAtASortablePathCannotBeIndexed() throws Exception {
        documents("NUMERIC SORTABLE", "1", "[]");
        try (Traps traps = Traps.open(redis, json("VARCHAR"))) {
            assertEquals(List.of("0", "1"), traps.left("SELECT i FROM p WHERE i >= 0"));
        }
    }

    @Test
    void unknownIsNotFalse() throws Exception {
        hashes("NUMERIC", "1", "2", "", "3");
        try (Traps traps = Traps.open(redis, hash("INTEGER"))) {
            assertEquals(List.of("1", "3"), traps.asked("SELECT i FROM p WHERE NOT (n = 1)"));
            assertEquals(List.of("1", "3"), traps.asked("SELECT i FROM p WHERE n <> 1"));
            assertEquals(List.of("3"), traps.asked("SELECT i FROM p WHERE n NOT IN (1, 2)"));
            assertEquals(List.of("2"), traps.asked("SELECT i FROM p WHERE n IS NULL"));
            assertEquals(List.of("1", "2"), traps.asked("SELECT i FROM p WHERE n = 2 OR n IS NULL"));
            assertEquals(List.of("0", "1", "3"), traps.asked("SELECT i FROM p WHERE n IS NOT NULL"));
            // One side of an OR that the index doesn't know makes it useless.
            assertEquals(List.of("0", "3"), traps.left("SELECT i FROM p WHERE n = 1 OR n + i = 6"));
        }
    }

    @Test
    void missingAndNullOfDocuments() throws Exception {
        documents("NUMERIC", "1", "null", "", "2");
        try (Traps traps = Traps.open(redis, json("INTEGER"))) {
            assertEquals(List.of("1", "2"), traps.asked("SELECT i FROM p WHERE n IS NULL"));
            assertEquals(List.of("0", "3"), traps.asked("SELECT i FROM p WHERE n IS NOT NULL"));
            assertEquals(List.of("3"), traps.asked("SELECT i FROM p WHERE n <> 1"));
        }
    }

    /** An index sorts what is missing last, ascending or descending; but a document's null first, if the path isn't SORTABLE. */
    @Test
    void missingNumbersAreSortedBySql() throws Exception {
        for (String definition : List.of("NUMERIC", "NUMERIC SORTABLE", "NUMERIC INDEXMISSING SORTABLE")) {
            hashes(definition, "5", "", "1", "", "3");
            try (Traps traps = Traps.open(redis, hash("INTEGER"))) {
                assertTops(traps);
            }
            redis.flush();
            documents(definition, "5", "null", "1", "", "3");
            try (Traps traps = Traps.open(redis, json("INTEGER"))) {
                assertTops(traps);
            }
            redis.flush();
        }
    }

    private static void assertTops(Traps traps) throws Exception {
        assertTop(traps, "n LIMIT 3", "1", "3", "5");
        assertTop(traps, "n LIMIT 4", "1", "3", "5", "null");
        assertTop(traps, "n NULLS FIRST LIMIT 3", "null", "null", "1");
        assertTop(traps, "n DESC LIMIT 3", "null", "null", "5");
        assertTop(traps, "n DESC NULLS LAST LIMIT 2", "5", "3");
        assertTop(traps, "n LIMIT 2 OFFSET 2", "5", "null");
    }

    private static void assertTop(Traps traps, String order, String... rows) throws Exception {
        String sql = "SELECT n FROM p ORDER BY " + order;
        traps.asked(sql);
        assertEquals(List.of(rows), IndexedTables.rows(traps.indexed(), sql), sql);
    }

    @Test
    void numbersIndexedAsTextAreLeft() throws Exception {
        hashes("TAG SORTABLE", "5", "05", "5.0", "+5", "10");
        try (Traps traps = Traps.open(redis, hash("DOUBLE"))) {
            assertEquals(List.of("0", "1", "2", "3"), traps.left("SELECT i FROM p WHERE n = 5"));
            assertEquals(List.of("4"), traps.left("SELECT i FROM (SELECT i FROM p ORDER BY n DESC LIMIT 1) AS s"));
        }
    }

    @Test
    void textsIndexedAsNumbersAreLeft() throws Exception {
        hashes("NUMERIC SORTABLE", "5", "05", "5.0", "10");
        try (Traps traps = Traps.open(redis, hash("VARCHAR"))) {
            assertEquals(List.of("0"), traps.left("SELECT i FROM p WHERE n = '5'"));
            assertEquals(List.of("0", "2"), traps.left("SELECT i FROM p WHERE n > '2'"));
            // The server would group by numbers that it prints anew.
            assertEquals(4, traps.left("SELECT n, COUNT(*) FROM p GROUP BY n").size());
            assertEquals(List.of("4"), traps.left("SELECT COUNT(DISTINCT n) FROM p"));
        }
    }

    /** The server's parser gives up at some depth, with an error: then the query scans. */
    @Test
    void aConditionNestedDeeply() throws Exception {
        hashes("NUMERIC", "1", "2", "3");
        StringBuilder condition = new StringBuilder("n = 1");
        for (int i = 0; i < 120; i++) {
            condition
                    .insert(0, i % 2 == 0 ? "(n < " + (100 + i) + " AND " : "(i = " + (100 + i) + " OR ")
                    .append(')');
        }
        try (Traps traps = Traps.open(redis, hash("INTEGER"))) {
            assertEquals(List.of("0"), traps.asked("SELECT i FROM p WHERE " + condition));
        }
    }

    @Test
    void oddNamesOfAttributes() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA n AS a-b.c NUMERIC SORTABLE i AS N NUMERIC");
        redis.exec("HSET", "p:1", "n", 1, "i", 1);
        redis.exec("HSET", "p:2", "n", 2, "i", 2);
        try (Traps traps = Traps.open(redis, hash("INTEGER"))) {
            assertEquals(List.of("2"), traps.asked("SELECT i FROM p WHERE n > 1"));
            assertEquals(
                    List.of("2"),
                    traps.asked("SELECT i FROM (SELECT i FROM p ORDER BY n DESC NULLS LAST LIMIT 1) AS s"));
            assertEquals(List.of("3|1"), traps.asked("SELECT SUM(n), MIN(i) FROM p"));
        }
    }
}
