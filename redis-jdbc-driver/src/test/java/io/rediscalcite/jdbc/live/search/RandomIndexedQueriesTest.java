package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.live.search.RandomFields.Field;
import io.rediscalcite.testing.RandomRun;
import io.rediscalcite.testing.RedisServerExtension;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random queries over random rows, with indexes of many definitions: the rows are those of the same query with {@code search=off}.
 */
class RandomIndexedQueriesTest {
    private static final int QUERIES = 1000;
    private static final int ROWS = 300;

    /** Attributes of hashes by definition: of the two texts, of all numbers, of the date and the boolean. */
    private static final List<String> HASH_INDEXES = List.of(
            "v TAG w TAG # NUMERIC dt TAG f TAG",
            "v TAG CASESENSITIVE INDEXEMPTY INDEXMISSING SORTABLE UNF w TAG CASESENSITIVE INDEXMISSING INDEXEMPTY"
                    + " # NUMERIC SORTABLE dt TAG INDEXMISSING f TAG INDEXMISSING",
            "v TAG SEPARATOR ; SORTABLE w TAG SEPARATOR ; INDEXEMPTY # NUMERIC dt TAG CASESENSITIVE f TAG CASESENSITIVE",
            "v TEXT w TEXT NOSTEM # NUMERIC SORTABLE",
            "v TEXT INDEXMISSING SORTABLE w TEXT INDEXEMPTY # NUMERIC INDEXMISSING",
            "v AS a-b TAG WITHSUFFIXTRIE w AS c.d TAG # NUMERIC f AS flag TAG",
            "v TAG NOINDEX SORTABLE w TAG i NUMERIC NOINDEX SORTABLE b NUMERIC x NUMERIC SORTABLE",
            "w TAG SORTABLE UNF i NUMERIC SORTABLE",
            "v AS t TEXT v AS g TAG CASESENSITIVE # NUMERIC SORTABLE");

    private static final List<String> JSON_INDEXES = List.of(
            "$.v AS v TAG $.w AS w TAG # NUMERIC $.dt AS dt TAG $.f AS f TAG",
            "$.v AS v TAG CASESENSITIVE INDEXMISSING INDEXEMPTY $.w AS w TAG CASESENSITIVE INDEXEMPTY SORTABLE UNF"
                    + " # NUMERIC SORTABLE $.f AS f TAG INDEXMISSING",
            "$.v AS v TAG SEPARATOR , $.w AS w TEXT # NUMERIC");

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().withCaps().set("list-max-listpack-size", "128");

    private Random random = new Random();
    private final List<String> tables = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    @Test
    void indexesGiveTheRowsOfScans() throws Exception {
        RandomRun run = RandomRun.of("queries on indexes", QUERIES);
        random = run.random();
        List<String> declarations = new ArrayList<>();
        for (int i = 0; i < HASH_INDEXES.size(); i++) {
            declare("h" + i, "hash", "h:*", "", HASH_INDEXES.get(i), declarations);
        }
        for (int i = 0; i < JSON_INDEXES.size(); i++) {
            declare("j" + i, "json", "j:*", "$.", JSON_INDEXES.get(i), declarations);
        }
        fill();
        String[] model = declarations.toArray(String[]::new);
        int queries = 0;
        try (Connection auto = IndexedTables.connect(redis, "", model);
                Connection off = IndexedTables.connect(redis, "search=off", model)) {
            for (String sql : List.of("SELECT w, SUM(i) FROM h1 GROUP BY w", "SELECT v FROM j1 WHERE b > 1 LIMIT 3")) {
                assertTrue(IndexedTables.scans(auto, sql).contains("FT."), sql);
            }
            for (; run.goesOn(); queries++) {
                parameters.clear();
                Query query = query();
                Object[] values = parameters.toArray();
                String where = run + ", query " + queries + ": " + query.sql() + " " + parameters;
                assertEquals(answer(off, query, values, where), answer(auto, query, values, where), where);
            }
        }
    }

    /**
     * A statement.
     *
     * @param anyZero columns from 0 in which {@code 0.0} and {@code -0.0} may stand for each other: they are equal in SQL, and which one
     *     is the smallest, the largest or the last that a LIMIT takes is whichever comes first, in a scan's order or an index's
     */
    private record Query(String sql, Set<Integer> anyZero) {
        Query(String sql) {
            this(sql, Set.of());
        }

        String read(int column, String text) {
            return anyZero.contains(column) && text.equals("-0.0") ? "0.0" : text;
        }
    }

    private static String answer(Connection connection, Query query, Object[] values, String where) {
        try {
            return String.join("\n", IndexedTables.sorted(connection, query.sql(), query::read, values));
        } catch (SQLException failed) {
            throw new AssertionError(where, failed);
        }
    }

    private void declare(String name, String type, String key, String path, String index, List<String> declarations) {
        List<String> columns = new ArrayList<>();
        for (Field field : RandomFields.ALL) {
            columns.add("{name:'" + field.name() + "', type:'" + field.type() + "'"
                    + (path.isEmpty() ? "" : ", path:'" + path + field.name() + "'") + "}");
        }
        declarations.add("{name:'" + name + "', type:'" + type + "', key:'" + key + "', index:'idx:" + name
                + "', columns:[" + String.join(", ", columns) + "]}");
        tables.add(name);
        StringBuilder numbers = new StringBuilder();
        String attribute = index.substring(Math.max(0, index.indexOf("# ") + 2));
        String flags = attribute.split(" (?=dt|f|\\$)")[0];
        for (Field field : RandomFields.ALL) {
            if (field.family().equals("number") || field.family().equals("time")) {
                numbers.append(path).append(field.name());
                numbers.append(path.isEmpty() ? "" : " AS " + field.name())
                        .append(' ')
                        .append(flags)
                        .append(' ');
            }
        }
        String schema = index.replace("# " + flags, numbers.toString());
        IndexedTables.send(
                redis,
                "FT.CREATE idx:" + name + " ON " + type + " PREFIX 1 " + key.replace("*", "") + " SCHEMA " + schema);
    }

    private void fill() {
        for (int row = 0; row < ROWS; row++) {
            List<Object> hash = new ArrayList<>(List.of("HSET", "h:" + row, "z", "z"));
            List<String> json = new ArrayList<>();
            for (Field field : RandomFields.ALL) {
                if (random.nextInt(4) == 0) {
                    if (random.nextInt(3) == 0) {
                        json.add("\"" + field.name() + "\":null");
                    }
                    continue;
                }
                String value = pick(field.values());
                hash.add(field.name());
                hash.add(value);
                json.add("\"" + field.name() + "\":" + json(field, value));
            }
            redis.exec(hash.toArray());
            redis.exec("JSON.SET", "j:" + row, "$", "{" + String.join(",", json) + "}");
        }
    }

    private String json(Field field, String value) {
        return switch (field.family()) {
            case "number", "time" -> new BigDecimal(value).toString();
            case "boolean" -> random.nextBoolean() ? String.valueOf(random.nextBoolean()) : "\"" + value + "\"";
            default -> {
                String text = "\""
                        + value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t") + "\"";
                boolean several = field.name().equals("v") && random.nextInt(5) == 0;
                yield several ? "[" + text + ",\"a\"]" : text;
            }
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Query query() {
        String table = pick(tables);
        String where = random.nextInt(6) == 0 ? "" : " WHERE " + condition(2);
        Field number = pick(RandomFields.ALL.subList(2, 8));
        return switch (random.nextInt(14)) {
            case 0 -> new Query("SELECT COUNT(*) FROM " + table + where);
            case 1 ->
                new Query(
                        "SELECT " + number.name() + " FROM (SELECT " + number.name() + " FROM " + table + where
                                + " ORDER BY " + number.name() + pick(List.of("", " DESC"))
                                + pick(List.of("", " NULLS FIRST", " NULLS LAST")) + " LIMIT " + random.nextInt(20)
                                + pick(List.of("", " OFFSET 3")) + ") AS s",
                        Set.of(0));
            case 2 ->
                new Query("SELECT COUNT(*) FROM (SELECT _key FROM " + table + where + " LIMIT " + random.nextInt(50)
                        + ") AS s");
            case 3 -> new Query("SELECT * FROM " + table + where);
            case 4, 5, 6 -> groups(table, where);
            case 7, 8 -> join(table);
            default ->
                new Query("SELECT _key, " + number.name() + ", "
                        + pick(RandomFields.ALL).name() + " AS other FROM " + table + where);
        };
    }

    private Query join(String table) {
        parameters.clear();
        String left = pick(tables);
        List<String> keys = new ArrayList<>();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            keys.add("'" + left.charAt(0) + ":" + random.nextInt(ROWS) + "'");
        }
        String some = random.nextInt(5) == 0
                ? left
                : "(SELECT * FROM " + left + " WHERE _key IN (" + String.join(", ", keys) + "))";
        String right = random.nextInt(3) == 0 ? "(SELECT * FROM " + table + " WHERE " + condition(1) + ")" : table;
        String on = pick(List.of(
                        "l.v = r.v",
                        "l.w = r.v",
                        "l.i = r.i",
                        "l.b = r.b",
                        "l.i = r.b",
                        "l.b = r.i",
                        "l.dt = r.dt",
                        "l.v = r.v AND l.i = r.i"))
                + pick(List.of("", "", " AND r.x > 0", " AND r.i IS NOT NULL"));
        return new Query(
                random.nextInt(4) == 0
                        ? "SELECT l._key FROM " + some + " AS l WHERE " + pick(List.of("", "NOT "))
                                + "EXISTS (SELECT 1 FROM " + right + " AS r WHERE " + on + ")"
                        : "SELECT l._key, r._key AS other, r.v, r.b FROM " + some + " AS l "
                                + pick(List.of("", "LEFT ")) + "JOIN " + right + " AS r ON " + on);
    }

    private Query groups(String table, String where) {
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            keys.add(pick(List.of("v", "w", "i", "b", "i", "w", "dt")));
        }
        List<String> selected = new ArrayList<>(keys);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            // Of doubles the order of adding up would show.
            String number = pick(List.of("i", "i", "b", "p", "d"));
            selected.add(pick(List.of(
                    "COUNT(*)",
                    "COUNT(" + pick(List.of("v", "w", "i", "x", "dt")) + ")",
                    "COUNT(DISTINCT " + pick(List.of("v", "w", "i")) + ")",
                    "SUM(" + number + ")",
                    "AVG(i)",
                    "COUNT(*) FILTER (WHERE "
                            + pick(List.of("i > 1", "b IS NOT NULL", "w = 'a'", "x < 5 AND i <> 2", "v IN ('a', 'b')"))
                            + ")",
                    "SUM(b) FILTER (WHERE i > 0)",
                    "SUM(CAST(i AS BIGINT) * i)",
                    "MIN(" + pick(List.of("i", "b", "x", "w", "dt")) + ")",
                    "MAX(" + number + ")")));
        }
        String by = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
        String having = random.nextInt(4) == 0 ? " HAVING COUNT(*) > " + random.nextInt(4) : "";
        Set<Integer> anyZero = IntStream.range(0, selected.size())
                .filter(i ->
                        selected.get(i).startsWith("MIN(") || selected.get(i).startsWith("MAX("))
                .boxed()
                .collect(Collectors.toSet());
        return new Query("SELECT " + String.join(", ", selected) + " FROM " + table + where + by + having, anyZero);
    }

    private String condition(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return leaf(pick(RandomFields.ALL));
        }
        String left = condition(depth - 1);
        return switch (random.nextInt(5)) {
            case 0, 1, 2 -> "(" + left + " AND " + condition(depth - 1) + ")";
            case 3 -> "(" + left + " OR " + condition(depth - 1) + ")";
            default -> "(NOT " + left + ")";
        };
    }

    private String leaf(Field field) {
        String name = field.name();
        if (random.nextInt(7) == 0) {
            return name + pick(List.of(" IS NULL", " IS NOT NULL"));
        }
        if (field.family().equals("boolean")) {
            return pick(List.of("f", "f = FALSE", "f IS TRUE", "f IS NOT TRUE", "NOT f", "f <> TRUE"));
        }
        if (field.family().equals("text") && random.nextInt(4) == 0) {
            String value = pick(RandomFields.TEXTS);
            String prefix = value.substring(
                    0, value.offsetByCodePoints(0, Math.min(2, value.codePointCount(0, value.length()))));
            return name + " LIKE '" + prefix.replaceAll("[%_\\\\']", "") + "%'";
        }
        return switch (random.nextInt(5)) {
            case 0 -> name + " IN (" + value(field) + ", " + value(field) + ", " + value(field) + ")";
            case 1 -> name + " NOT IN (" + value(field) + ", " + value(field) + ")";
            case 2 -> name + " BETWEEN " + value(field) + " AND " + value(field);
            default -> name + pick(List.of(" = ", " = ", " <> ", " < ", " <= ", " > ", " >= ")) + value(field);
        };
    }

    private String value(Field field) {
        String value = pick(field.values());
        Object parameter = null;
        String literal =
                switch (field.family()) {
                    case "text" -> "'" + value.replace("'", "''") + "'";
                    case "date" -> "DATE '" + value + "'";
                    case "time" ->
                        "TIMESTAMP '"
                                + pick(List.of("2013-01-31 05:00:07.12", "1970-01-01 00:00:00", "1970-01-02 00:00:00"))
                                + "'";
                    default ->
                        random.nextInt(6) == 0
                                ? "2.5"
                                : value.contains("e") ? value : new BigDecimal(value).toPlainString();
                };
        if (random.nextInt(4) == 0) {
            parameter = switch (field.name()) {
                case "v", "w" -> value;
                case "i" -> Integer.valueOf(new BigDecimal(value).intValueExact());
                case "b" -> Long.valueOf(new BigDecimal(value).longValueExact());
                case "d", "p" -> new BigDecimal(value);
                case "x" -> Double.valueOf(value);
                default -> null;
            };
        }
        if (parameter != null) {
            parameters.add(parameter);
            return "?";
        }
        return literal;
    }
}
