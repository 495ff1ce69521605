package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TAG and TEXT attributes hold other texts than the documents do; what is asked of them finds no row too few. */
class TextTrapsTest {
    private static final String HASH =
            "{name:'p', type:'hash', key:'p:*', index:'idx', columns:[{name:'v'}, {name:'n', type:'INTEGER'}]}";
    private static final String JSON =
            "{name:'p', type:'json', key:'p:*', index:'idx', columns:[{name:'v', path:'$.v'}, {name:'n', type:'INTEGER', path:'$.n'}]}";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().withCaps();

    @AfterEach
    void empty() {
        redis.flush();
        redis.exec("FT.CONFIG", "SET", "MAXPREFIXEXPANSIONS", 200);
    }

    private static void hashes(String definition, List<String> values) {
        IndexedTables.send(redis, "FT.CREATE idx PREFIX 1 p: SCHEMA v " + definition + " n NUMERIC");
        for (int i = 0; i < values.size(); i++) {
            redis.exec("HSET", "p:" + i, "v", values.get(i), "n", i);
        }
    }

    private static void documents(String definition, List<String> values) {
        IndexedTables.send(
                redis, "FT.CREATE idx ON JSON PREFIX 1 p: SCHEMA $.v AS v " + definition + " $.n AS n NUMERIC");
        for (int i = 0; i < values.size(); i++) {
            redis.exec("JSON.SET", "p:" + i, "$", "{\"v\":" + values.get(i) + ",\"n\":" + i + "}");
        }
    }

    private static void assertEachIsFound(Traps traps, List<String> values) throws Exception {
        for (String value : values) {
            long same = Collections.frequency(values, value);
            assertEquals(same, traps.asked("SELECT n FROM p WHERE v = ?", value).size(), value);
        }
    }

    @Test
    void aTagIsCutAtTheSeparatorAndTrimmed() throws Exception {
        List<String> values =
                List.of("a", " a", "a ", "a,b", ",a", "a,,b", "b,a", "\ta", "a\n", "a\r", "a\u000b", "a\u00a0");
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEachIsFound(traps, values);
            assertEquals(List.of("0", "1"), traps.asked("SELECT n FROM p WHERE v IN ('a', ' a')"));
        }
    }

    @Test
    void aTagFoldsCaseOfAsciiAlone() throws Exception {
        List<String> values = List.of("a", "A", "é", "É", "k", "\u212a", "ß", "ss", "I", "ı", "i");
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEachIsFound(traps, values);
            assertEquals(
                    List.of("1"),
                    traps.left("SELECT n FROM p WHERE v <> 'a' AND v NOT IN ('é', 'É', 'k', '\u212a',"
                            + " 'ß', 'ss', 'I', 'ı', 'i')"));
            assertEquals(List.of("0", "1"), traps.left("SELECT n FROM p WHERE UPPER(v) = 'A'"));
        }
    }

    @Test
    void anEmptyTagIsKeptOnlyWhereItIsAskedFor() throws Exception {
        List<String> values = List.of("", " ", ",", "a,", "a");
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(List.of("0"), traps.left("SELECT n FROM p WHERE v = ''"));
            assertEquals(List.of("0", "4"), traps.left("SELECT n FROM p WHERE v IN ('a', '')"));
        }
        redis.flush();
        hashes("TAG INDEXEMPTY", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(List.of("0"), traps.asked("SELECT n FROM p WHERE v = ''"));
            assertEquals(List.of("2"), traps.asked("SELECT n FROM p WHERE v = ','"));
        }
    }

    @Test
    void aLongTagIsCut() throws Exception {
        List<String> values = List.of("a".repeat(4095), "a".repeat(4096), "a".repeat(4097), "a".repeat(5000) + ",b");
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            for (String value : values) {
                assertEquals(
                        1,
                        IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v = ?", value)
                                .size());
            }
            assertEquals(List.of("2"), traps.left("SELECT n FROM p WHERE v = '" + values.get(2) + "'"));
        }
        redis.flush();
        String longest = "a".repeat(65537);
        documents("TAG", List.of("\"a\"", "\"" + longest + "\""));
        try (Traps traps = Traps.open(redis, JSON)) {
            assertEquals(List.of("0"), traps.asked("SELECT n FROM p WHERE v = ?", "a"));
            assertEquals(List.of("1"), IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v = ?", longest));
        }
    }

    @Test
    void aTagEndsAtANul() throws Exception {
        hashes("TAG", List.of("a\0b", "a", "\0"));
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(List.of("1"), traps.asked("SELECT n FROM p WHERE v = ?", "a"));
            for (String value : List.of("a\0b", "\0")) {
                assertEquals(
                        1,
                        IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v = ?", value)
                                .size());
            }
        }
    }

    /** Bound as parameters, so that no character of a value means anything; a backslash alone has to be doubled. */
    @Test
    void valuesOfAnyCharacterAreFound() throws Exception {
        Set<String> values = new LinkedHashSet<>();
        for (int c = 1; c < 0x250; c++) {
            values.add("x" + (char) c + "y");
        }
        for (int c = 0x21; c < 0x7f; c++) {
            values.add(String.valueOf((char) c));
            values.add("\\" + (char) c);
            values.add((char) c + "\\");
        }
        values.addAll(
                List.of("{$p0}", "w'*'", "a\"|\"b", "\\\\", "$p0", "日本", "😀", "\uFFEE", "-@v:{x}", "(*)", "%a%"));
        List<String> all = List.copyOf(values);
        for (String definition : List.of("TAG", "TAG CASESENSITIVE SEPARATOR ;", "TAG WITHSUFFIXTRIE", "TEXT")) {
            hashes(definition, all);
            try (Traps traps = Traps.open(redis, HASH)) {
                List<String> found = new ArrayList<>();
                for (String value : all) {
                    found.addAll(IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v = ?", value));
                }
                List<String> expected = new ArrayList<>();
                for (int i = 0; i < all.size(); i++) {
                    expected.add(String.valueOf(i));
                }
                assertEquals(expected, found, definition);
            }
            redis.flush();
        }
    }

    @Test
    void listsOfAnyLengthAreAskedForAtOnce() throws Exception {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            values.add("value " + i);
        }
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(
                    3000,
                    traps.asked("SELECT n FROM p WHERE v IN ('" + String.join("', '", values) + "')")
                            .size());
        }
    }

    @Test
    void textHasNoOrderInAnIndex() throws Exception {
        hashes("TAG SORTABLE", List.of("a", "B", "ab", "\uFFEE", "😀"));
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(List.of("2"), traps.left("SELECT n FROM p WHERE v > 'a' AND v < 'b'"));
            assertEquals(List.of("3", "4"), traps.left("SELECT n FROM p WHERE v >= '\uFFEE'"));
            assertEquals(List.of("1"), traps.left("SELECT n FROM (SELECT n, v FROM p ORDER BY v LIMIT 1) AS s"));
        }
    }

    /** The server looks at 200 tags with a beginning and leaves out the others without a word; tags of removed documents count. */
    @Test
    void aBeginningOfManyTags() throws Exception {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            values.add("pre" + i);
        }
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(
                    1000, traps.asked("SELECT n FROM p WHERE v LIKE 'pre%'").size());
            for (int i = 0; i < 900; i++) {
                redis.exec("DEL", "p:" + i);
            }
            assertEquals(100, traps.asked("SELECT n FROM p WHERE v LIKE 'pre%'").size());
            redis.exec("FT.CONFIG", "SET", "MAXPREFIXEXPANSIONS", 100_000);
            assertEquals(
                    10,
                    traps.asked("SELECT n FROM p WHERE v LIKE 'pre99%' AND n > 0")
                            .size());
            assertEquals(List.of(), traps.asked("SELECT n FROM p WHERE v LIKE 'p_e999'  AND n > 999"));
        }
    }

    @Test
    void beginningsThatTagsHaveInAnotherForm() throws Exception {
        redis.exec("FT.CONFIG", "SET", "MAXPREFIXEXPANSIONS", 100_000);
        List<String> values = List.of("ab", "abc", "Abc", "x,abc", "abc,x", " abc", "ab\0c", "a", "日本", "a b", "a  b");
        hashes("TAG", values);
        try (Traps traps = Traps.open(redis, HASH)) {
            assertEquals(
                    5 - 1, traps.asked("SELECT n FROM p WHERE v LIKE 'ab%'").size());
            // One byte is too little to ask for.
            assertEquals(7, traps.left("SELECT n FROM p WHERE v LIKE 'a%'").size());
            assertEquals(List.of("5"), traps.left("SELECT n FROM p WHERE v LIKE ' %'"));
            assertEquals(List.of("8"), traps.left("SELECT n FROM p WHERE v LIKE '日_'"));
            assertEquals(List.of("9"), IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v LIKE 'a b%'"));
            assertEquals(List.of("3"), traps.left("SELECT n FROM p WHERE v LIKE 'x,%'"));
            assertEquals(List.of("1", "2", "3", "5"), traps.left("SELECT n FROM p WHERE v LIKE '%bc'"));
        }
    }

    @Test
    void anArrayIsATagForEachElement() throws Exception {
        documents(
                "TAG CASESENSITIVE INDEXMISSING INDEXEMPTY",
                List.of("\"a\"", "[\"a\",\"b\"]", "null", "\"A\"", "\"\"", "\"a \"", "[]"));
        try (Traps traps = Traps.open(redis, JSON)) {
            assertEquals(List.of("0"), traps.asked("SELECT n FROM p WHERE v = 'a'"));
            assertEquals(List.of("5"), traps.asked("SELECT n FROM p WHERE v = 'a '"));
            // The text of an array is no tag.
            assertEquals(List.of("1"), traps.left("SELECT n FROM p WHERE v = '[\"a\",\"b\"]'"));
            assertEquals(List.of("1"), traps.asked("SELECT n FROM p WHERE v = ?", "[\"a\",\"b\"]"));
            assertEquals(List.of("1", "6"), traps.left("SELECT n FROM p WHERE v LIKE '[%'"));
            // A null isn't missing to the index.
            assertEquals(List.of("2"), traps.left("SELECT n FROM p WHERE v IS NULL"));
            assertEquals(6, traps.asked("SELECT n FROM p WHERE v IS NOT NULL").size());
        }
    }

    @Test
    void wordsAreCutStemmedAndLeftOut() throws Exception {
        List<String> values = List.of(
                "the cat",
                "cat the",
                "cats",
                "running",
                "run",
                "the",
                "Hello World",
                "world hello",
                "hello\nworld",
                "a_b",
                "a.b",
                "3.14",
                "é",
                "straße",
                "x",
                "");
        for (String definition : List.of("TEXT", "TEXT NOSTEM", "TEXT SORTABLE", "TEXT WITHSUFFIXTRIE")) {
            hashes(definition, values);
            try (Traps traps = Traps.open(redis, HASH)) {
                for (String value : values) {
                    assertEquals(
                            1,
                            IndexedTables.rows(traps.indexed(), "SELECT n FROM p WHERE v = ?", value)
                                    .size(),
                            value);
                }
                assertEquals(List.of("0"), traps.asked("SELECT n FROM p WHERE v = 'the cat'"));
                assertEquals(List.of("5"), traps.left("SELECT n FROM p WHERE v = 'the'"));
                assertEquals(List.of("13"), traps.left("SELECT n FROM p WHERE v = 'straße'"));
                assertTrue(traps.left("SELECT n FROM p WHERE v LIKE 'ru%'").size() == 2);
            }
            redis.flush();
        }
    }
}
