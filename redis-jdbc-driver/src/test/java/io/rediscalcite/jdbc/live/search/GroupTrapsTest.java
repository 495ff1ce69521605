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

/** What FT.AGGREGATE computes isn't SQL's by itself: groups run together, NULLs count, numbers are cut to 12 digits. */
class GroupTrapsTest {
    private static final String TABLE =
            "{name:'p', type:'hash', key:'p:*', index:'idx', columns:[{name:'a'}, {name:'b'},"
                    + " {name:'n', type:'BIGINT'}, {name:'x', type:'DOUBLE'}]}";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().withCaps().set("enable-debug-command", "local");

    @AfterEach
    void empty() {
        redis.flush();
        redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 1);
    }

    private static void index(String schema) {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA " + schema);
    }

    private static void row(int i, Object... fieldsAndValues) {
        List<Object> command = new ArrayList<>(List.of("HSET", "p:" + i));
        command.addAll(List.of(fieldsAndValues));
        redis.exec(command.toArray());
    }

    @Test
    void twoTextsAreNotRunTogether() throws Exception {
        index("a TAG SORTABLE UNF b TAG SORTABLE UNF n NUMERIC");
        row(1, "a", "ab", "b", "c", "n", 1);
        row(2, "a", "a", "b", "bc", "n", 1);
        row(3, "a", "abc", "b", "", "n", 1);
        row(4, "a", "", "b", "abc", "n", 1);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(
                    4, traps.left("SELECT a, b, COUNT(*) FROM p GROUP BY a, b").size());
            assertEquals(
                    4, traps.asked("SELECT a, n, COUNT(*) FROM p GROUP BY a, n").size());
        }
    }

    @Test
    void groupsOfTextAreOfTheVeryText() throws Exception {
        String[] texts = {"a", "A", "ß", "ss", "SS", "😀", "a,b", " a", ""};
        for (String definition : List.of("TAG", "TAG SORTABLE", "TEXT SORTABLE", "TAG SORTABLE UNF", "TEXT")) {
            index("a " + definition + " n NUMERIC");
            for (int i = 0; i < texts.length; i++) {
                row(i, "a", texts[i], "n", i);
            }
            row(99, "n", 99);
            try (Traps traps = Traps.open(redis, TABLE)) {
                assertEquals(
                        texts.length + 1,
                        traps.asked("SELECT a, COUNT(*), SUM(n) FROM p GROUP BY a")
                                .size());
                assertEquals(List.of(String.valueOf(texts.length)), traps.asked("SELECT COUNT(DISTINCT a) FROM p"));
                assertEquals(List.of("a|1"), traps.asked("SELECT a, COUNT(*) FROM p WHERE a = 'a' GROUP BY a"));
            }
            redis.flush();
        }
    }

    @Test
    void groupsOfNumbersThatAreOneDouble() throws Exception {
        index("n NUMERIC SORTABLE x NUMERIC");
        row(1, "n", "9007199254740992", "x", "0.3");
        row(2, "n", "9007199254740993", "x", "0.30000000000000004");
        row(3, "x", "0");
        row(4, "x", "0");
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(3, traps.asked("SELECT n, COUNT(*) FROM p GROUP BY n").size());
            assertEquals(3, traps.left("SELECT x, COUNT(*) FROM p GROUP BY x").size());
        }
    }

    @Test
    void bothZerosAreOneNumber() throws Exception {
        index("a TAG SORTABLE UNF n NUMERIC SORTABLE");
        row(1, "a", "g", "n", "0");
        row(2, "a", "g", "n", "-0");
        row(3, "a", "g", "n", "7");
        row(4, "a", "h");
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("g|2", "h|0"), traps.asked("SELECT a, COUNT(DISTINCT n) FROM p GROUP BY a"));
            assertEquals(List.of("0|2", "7|1", "null|1"), traps.asked("SELECT n, COUNT(*) FROM p GROUP BY n"));
        }
    }

    @Test
    void sumsBeyondADoublesDigits() throws Exception {
        index("n NUMERIC SORTABLE x NUMERIC");
        row(1, "n", "9007199254740992", "x", "0.1");
        row(2, "n", "1", "x", "0.2");
        row(3, "n", "1", "x", "1234567.1234567");
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("9007199254740994|9007199254740992"), traps.asked("SELECT SUM(n), MAX(n) FROM p"));
            assertEquals(List.of("2"), traps.asked("SELECT SUM(n) FROM p WHERE n < 5"));
            traps.left("SELECT SUM(x), MAX(x) FROM p");
        }
    }

    @Test
    void valuesThatAreMissing() throws Exception {
        index("a TAG n NUMERIC x NUMERIC");
        row(1, "n", 1, "a", "k");
        row(2, "n", 2, "a", "k");
        row(3, "a", "k");
        row(4, "a", "none");
        row(5, "a", "zero", "n", 0);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(
                    List.of("k|3|2|3|1.5|1|2", "none|1|0|null|null|null|null", "zero|1|1|0|0.0|0|0"),
                    traps.asked("SELECT a, COUNT(*), COUNT(n), SUM(n), CAST(AVG(n) AS DOUBLE), MIN(n), MAX(n) FROM p"
                            + " GROUP BY a"));
            assertEquals(
                    List.of("0|0|null|null|null"),
                    traps.asked("SELECT COUNT(*), COUNT(n), SUM(n), AVG(n), MIN(n) FROM p WHERE n > 100"));
            assertEquals(List.of(), traps.asked("SELECT a, COUNT(*) FROM p WHERE n > 100 GROUP BY a"));
        }
    }

    @Test
    void moreGroupsThanTheServersCap() throws Exception {
        index("n NUMERIC SORTABLE");
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            rows.add(new Object[] {"HSET", "p:" + i, "n", i});
        }
        redis.pipeline(rows);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(
                    12_000, traps.asked("SELECT n, COUNT(*) FROM p GROUP BY n").size());
            assertEquals(List.of("11000"), traps.asked("SELECT n FROM p GROUP BY n ORDER BY n LIMIT 1 OFFSET 11000"));
        }
    }

    @Test
    void keysThatExpiredAreNotCounted() throws Exception {
        index("a TAG SORTABLE UNF n NUMERIC SORTABLE");
        row(1, "a", "x", "n", 1);
        row(2, "a", "x", "n", 2);
        redis.exec("DEBUG", "SET-ACTIVE-EXPIRE", 0);
        row(3, "a", "x", "n", 4);
        redis.exec("PEXPIRE", "p:2", 1);
        redis.exec("HPEXPIRE", "p:3", 1, "FIELDS", 1, "n");
        IndexedTables.waitForExpiry(redis);
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("x|2|1"), traps.asked("SELECT a, COUNT(*), SUM(n) FROM p GROUP BY a"));
            assertEquals(List.of("2"), traps.asked("SELECT COUNT(*) FROM p"));
        }
    }

    /** A text literal in a FILTER is lexed by rules of its own. */
    @Test
    void textsThatAFilterWouldMisread() throws Exception {
        index("a TAG SORTABLE UNF n NUMERIC");
        List<String> texts = List.of("x", "X", "x ", "x'y", "x\\", "\\x", "x\"y", "x\ny", "1", "1.0", "é", "$p0");
        for (int i = 0; i < texts.size(); i++) {
            row(i, "a", texts.get(i), "n", i);
        }
        row(99, "n", 99);
        try (Traps traps = Traps.open(redis, TABLE)) {
            for (String text : texts) {
                String sql = "SELECT COUNT(*), SUM(n) FROM p WHERE a = ?";
                assertEquals(List.of("1|" + texts.indexOf(text)), IndexedTables.rows(traps.indexed(), sql, text), text);
            }
            assertEquals(List.of("2"), traps.asked("SELECT COUNT(*) FROM p WHERE a IN ('1', 'x')"));
        }
    }

    @Test
    void nullsOfDocumentsAreNoValues() throws Exception {
        IndexedTables.send(redis, "FT.CREATE idx ON JSON PREFIX 1 p: SCHEMA $.n AS n NUMERIC SORTABLE $.a AS a TAG");
        redis.exec("JSON.SET", "p:1", "$", "{\"n\":null,\"a\":\"x\"}");
        redis.exec("JSON.SET", "p:2", "$", "{\"n\":3,\"a\":[\"x\",\"y\"]}");
        redis.exec("JSON.SET", "p:3", "$", "{\"a\":null}");
        String table = "{name:'p', type:'json', key:'p:*', index:'idx', columns:[{name:'n', type:'BIGINT', path:'$.n'},"
                + " {name:'a', path:'$.a'}]}";
        try (Traps traps = Traps.open(redis, table)) {
            assertEquals(List.of("3|3"), traps.asked("SELECT SUM(n), MAX(n) FROM p"));
            assertEquals(
                    List.of("1|3.0|1"),
                    traps.asked("SELECT COUNT(n), CAST(AVG(n) AS DOUBLE), COUNT(DISTINCT n) FROM p"));
            assertEquals(List.of("3|1", "null|2"), traps.asked("SELECT n, COUNT(*) FROM p GROUP BY n"));
            assertEquals(3, traps.left("SELECT a, COUNT(*) FROM p GROUP BY a").size());
        }
    }

    /** Each is asked for by itself, in the same transaction; a group that has no such rows isn't among its answers. */
    @Test
    void measuresOfSomeRows() throws Exception {
        index("a TAG SORTABLE UNF b TAG SORTABLE UNF n NUMERIC SORTABLE");
        for (int i = 0; i < 20; i++) {
            row(i, "a", "g" + i % 4, "b", i % 3 == 0 ? "x" : "y");
            if (i % 4 != 3) {
                row(i, "n", i);
            }
        }
        try (Traps traps = Traps.open(redis, TABLE)) {
            String sql = "SELECT a, COUNT(*) FILTER (WHERE n > 10), SUM(n) FILTER (WHERE n > 10), COUNT(*),"
                    + " MAX(n) FILTER (WHERE b = 'x') FROM p GROUP BY a";
            assertEquals(List.of("g0|2|28|5|12", "g1|2|30|5|9", "g2|2|32|5|18", "g3|0|null|5|null"), traps.asked(sql));
            String scans = IndexedTables.scans(traps.indexed(), sql);
            assertTrue(scans.contains("FT.AGGREGATE idx @n:[(10 +inf] GROUPBY 1 @a REDUCE COUNT 0 AS __n"), scans);
            assertEquals(List.of("0|20"), traps.asked("SELECT COUNT(*) FILTER (WHERE n > 100), COUNT(*) FROM p"));
            traps.left("SELECT COUNT(*) FILTER (WHERE n + 1 > 10) FROM p");
        }
    }

    /** The server stops at a document that lacks a factor, so that these aren't asked for. */
    @Test
    void productsOfColumns() throws Exception {
        index("a TAG SORTABLE UNF n NUMERIC SORTABLE x NUMERIC");
        row(1, "a", "g", "n", 3);
        row(2, "a", "g", "n", -4);
        row(3, "a", "g");
        row(4, "a", "h");
        try (Traps traps = Traps.open(redis, TABLE)) {
            String sql = "SELECT a, SUM(n * n), MIN(n * n), COUNT(*) FROM p GROUP BY a";
            assertEquals(List.of("g|25|9|3", "h|null|null|1"), traps.asked(sql));
            String scans = IndexedTables.scans(traps.indexed(), sql);
            assertTrue(scans.contains("@n:[-inf +inf] APPLY @n*@n AS __e0 GROUPBY 1 @a"), scans);
            assertEquals(List.of("4.949747468305833"), traps.asked("SELECT CAST(STDDEV(n) AS DOUBLE) FROM p"));
            traps.left("SELECT SUM(x * x) FROM p");
            String some = "SELECT SUM(n * n) FROM p WHERE a = 'g' AND x IS NULL";
            assertEquals(List.of("25"), traps.asked(some));
            row(5, "a", "g", "n", "3037000500");
            IndexedTables.rows(traps.indexed(), "SELECT STDDEV_POP(n), VAR_SAMP(n) FROM p");
        }
    }

    /** A product that doesn't fit its own type is a mistake, though the type that it is cast to has room for it. */
    @Test
    void castsOfProducts() throws Exception {
        index("n NUMERIC SORTABLE");
        row(1, "n", 3);
        String integers = TABLE.replace("'BIGINT'", "'INTEGER'");
        try (Traps traps = Traps.open(redis, integers)) {
            assertEquals(List.of("9"), traps.left("SELECT SUM(CAST(n * n AS BIGINT)) FROM p"));
            assertEquals(List.of("3"), traps.asked("SELECT SUM(CAST(n AS BIGINT)) FROM p"));
        }
    }

    @Test
    void anInfiniteNumberIsNotTakenForNone() throws Exception {
        index("a TAG SORTABLE UNF x NUMERIC SORTABLE");
        row(1, "a", "g", "x", "inf");
        row(2, "a", "g", "x", "1");
        row(3, "a", "h");
        String sql = "SELECT a, MIN(x), MAX(x), COUNT(x) FROM p GROUP BY a";
        for (String option : List.of("", "aggregatePushdown=approximate")) {
            try (Connection connection = IndexedTables.connect(redis, option, TABLE)) {
                assertEquals(
                        List.of("g|1.0|Infinity|2", "h|null|null|0"), IndexedTables.sorted(connection, sql), option);
            }
        }
    }

    /** The server prints 12 digits and counts what expired: it may where that was asked for, and EXPLAIN says so. */
    @Test
    void approximateWhereItIsAskedFor() throws Exception {
        index("x NUMERIC");
        row(1, "x", "0.1");
        row(2, "x", "0.2");
        try (Connection connection = IndexedTables.connect(redis, "aggregatePushdown=approximate", TABLE)) {
            String scans = IndexedTables.scans(connection, "SELECT SUM(x) FROM p");
            assertTrue(scans.contains("FT.AGGREGATE") && scans.contains("approximate=[true]"), scans);
            assertEquals(List.of("0.3"), IndexedTables.rows(connection, "SELECT SUM(x) FROM p"));
        }
        try (Traps traps = Traps.open(redis, TABLE)) {
            assertEquals(List.of("0.30000000000000004"), traps.left("SELECT SUM(x) FROM p"));
        }
    }
}
