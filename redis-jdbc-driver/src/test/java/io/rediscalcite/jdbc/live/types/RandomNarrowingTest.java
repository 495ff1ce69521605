package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RandomRun;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Random queries over collections give the same rows whether Redis narrows them or not. A LIMIT of more rows than there are,
 * inside, keeps everything outside of it from Redis.
 */
class RandomNarrowingTest {
    private static final int QUERIES = 60;
    private static final String ALL_ROWS = " LIMIT 1000000";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static LiveTables tables;

    /** A column, and texts of values to compare it with; parameters take the same. */
    record Field(String name, String type, boolean ranges, List<String> values) {}

    /** A table; its rows are told apart by all of {@code columns}. */
    record Table(String name, String columns, List<String> orders, List<Field> fields) {
        Table {
            orders = List.copyOf(orders);
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Table> TABLES = List.of(
            new Table(
                    "s",
                    "_key, member",
                    List.of(),
                    List.of(new Field("member", "VARCHAR", false, texts("", "a", "b", "c", "x", "🕊")))),
            new Table(
                    "l",
                    "_key, position, element",
                    List.of("position"),
                    List.of(new Field(
                            "position",
                            "BIGINT",
                            true,
                            List.of(
                                    "0",
                                    "1",
                                    "2",
                                    "3",
                                    "5",
                                    "150",
                                    "-1",
                                    "-9223372036854775808",
                                    "9223372036854775807")))),
            new Table(
                    "z",
                    "_key, member, score, rank",
                    List.of("score", "rank"),
                    List.of(
                            new Field(
                                    "score",
                                    "DOUBLE",
                                    true,
                                    List.of("0", "-0.0", "1", "1.5", "2", "-3", "0.1", "9007199254740993", "1e300")),
                            new Field(
                                    "rank",
                                    "BIGINT",
                                    true,
                                    List.of("0", "1", "2", "5", "7", "-2", "9223372036854775807")),
                            new Field("member", "VARCHAR", false, texts("m0", "m1", "m2", "m7", "no", "")))),
            new Table(
                    "x",
                    "_key, _id, _ts, _seq, n",
                    List.of("_ts", "_id"),
                    List.of(
                            new Field("_ts", "TIMESTAMP", true, times(0, 1, 5, 9, 10, 99, 100, 1000, -1, -86_400_000)),
                            new Field(
                                    "_id",
                                    "VARCHAR",
                                    true,
                                    texts("0-1", "9-0", "9-1", "10-0", "10-2", "10-10", "100", "99-", "", "x", "1-")))),
            new Table(
                    "t",
                    "_key, _ts, value, room",
                    List.of("_ts"),
                    List.of(
                            new Field("_ts", "TIMESTAMP", true, times(0, 1, 5, 9, 10, 99, 100, 1000, -1, -86_400_000)),
                            new Field(
                                    "\"value\"",
                                    "DOUBLE",
                                    true,
                                    List.of("0", "-0.0", "1", "1.5", "-2", "1e300", "4.9e-324")),
                            new Field("room", "VARCHAR", false, texts("hall", "attic", "", "a=b", "a b")))));

    private static List<String> texts(String... values) {
        return Arrays.stream(values).map(value -> "'" + value + "'").toList();
    }

    private static List<String> times(long... millis) {
        return Arrays.stream(millis)
                .mapToObj(value -> "TIMESTAMP '"
                        + Instant.ofEpochMilli(value)
                                .toString()
                                .replace("T", " ")
                                .replace("Z", "") + "'")
                .toList();
    }

    private Random random = new Random();

    @BeforeAll
    static void load() throws Exception {
        Random random = new Random(7);
        for (int key = 0; key < 5; key++) {
            int rows = key == 4 ? 300 : 1 + random.nextInt(12);
            for (int i = 0; i < rows; i++) {
                redis.exec("RPUSH", "l:" + key, "e" + random.nextInt(5));
                redis.exec("ZADD", "z:" + key, score(random), "m" + i);
                redis.exec("TS.ADD", "t:" + key, time(random), value(random), "ON_DUPLICATE", "LAST");
            }
            List<String> ids = random.ints(rows, 0, 150)
                    .sorted()
                    .distinct()
                    .boxed()
                    .flatMap(millis ->
                            IntStream.range(1, 1 + random.nextInt(12)).mapToObj(sequence -> millis + "-" + sequence))
                    .toList();
            for (String id : ids) {
                redis.exec("XADD", "x:" + key, id, "n", random.nextInt(9));
            }
        }
        for (String member : List.of("", "a", "b", "🕊")) {
            redis.exec("SADD", "s:0", member);
        }
        redis.exec("SADD", "s:1", "c", "a");
        redis.exec("XADD", "x:9", "18446744073709551615-18446744073709551615", "n", 1);
        redis.exec("TS.ALTER", "t:0", "LABELS", "room", "hall");
        redis.exec("TS.ALTER", "t:1", "LABELS", "room", "a=b");
        redis.exec("TS.ALTER", "t:2", "LABELS", "room", "a b");
        redis.exec("TS.ADD", "t:3", 1L << 61, 1);
        redis.exec("HSET", "z:5", "no", "zset");
        tables = LiveTables.open(
                redis,
                "",
                "{name:'s', type:'set', key:'s:{id}'}",
                "{name:'l', type:'list', key:'l:{id}'}",
                "{name:'z', type:'zset', key:'z:{id}'}",
                "{name:'x', type:'stream', key:'x:{id}', columns:[{name:'n', type:'INTEGER'}]}",
                "{name:'t', type:'timeseries', key:'t:{id}', columns:[{name:'room'}]}");
    }

    private static String score(Random random) {
        return List.of("0", "-0.0", "1", "1.5", "2", "-3", "0.1", "inf", "-inf", "9007199254740992")
                .get(random.nextInt(10));
    }

    private static long time(Random random) {
        return random.nextInt(3) == 0 ? random.nextInt(12) : random.nextInt(2000);
    }

    private static String value(Random random) {
        return random.nextInt(4) == 0
                ? List.of("0", "-0.0", "1", "1.5", "-2", "1e300", "4.9e-324").get(random.nextInt(7))
                : String.valueOf(random.nextGaussian());
    }

    @AfterAll
    static void close() throws Exception {
        tables.close();
    }

    @ParameterizedTest
    @FieldSource("TABLES")
    void narrowedOrNotTheRowsAreTheSame(Table table) throws Exception {
        RandomRun run = RandomRun.of("narrowing of " + table, QUERIES);
        random = run.random();
        for (int i = 0; run.goesOn(); i++) {
            List<Object> parameters = new ArrayList<>();
            String where = where(table, parameters);
            String order = table.orders().isEmpty() || random.nextBoolean() ? "" : order(table);
            String limit = random.nextInt(3) > 0
                    ? ""
                    : " LIMIT " + random.nextInt(9) + (random.nextBoolean() ? " OFFSET " + random.nextInt(5) : "");
            String told = run + ", query " + i + ": " + table + where + order + limit + " " + parameters;
            compare(table, where, order, limit, parameters, told);
            compareAggregates(table, where, parameters, told);
        }
    }

    private void compareAggregates(Table table, String where, List<Object> parameters, String told)
            throws SQLException {
        List<String> groups = new ArrayList<>(List.of("_key", "id"));
        List<String> measures = new ArrayList<>(List.of("COUNT(*)"));
        switch (table.name()) {
            case "z" -> measures.addAll(List.of("MIN(score)", "MAX(score)"));
            case "x" -> measures.addAll(List.of("MIN(_ts)", "MAX(_ts)", "MIN(_id)", "MAX(_id)"));
            case "t" -> {
                groups.addAll(List.of(
                        "room",
                        "FLOOR(_ts TO SECOND)",
                        "date_trunc('minute', _ts)",
                        "FLOOR(_ts TO DAY)",
                        "date_bin(INTERVAL '0.007' SECOND, _ts, TIMESTAMP '1970-01-01 00:00:00.021')",
                        "date_bin(INTERVAL '1' SECOND, _ts, TIMESTAMP '2000-01-01 00:00:00.5')",
                        "TUMBLE(_ts, INTERVAL '0.1' SECOND)"));
                measures.addAll(List.of("MIN(_ts)", "MIN(\"value\")", "MAX(\"value\")"));
            }
            default -> {}
        }
        List<String> by = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            by.add(pick(groups));
        }
        boolean ofOneKey = by.contains("_key") || by.contains("id") || where.startsWith(" WHERE _key = ");
        if (table.name().equals("t") && ofOneKey) {
            // Sums of several keys depend on which of them comes first.
            measures.addAll(
                    List.of("SUM(\"value\")", "AVG(\"value\")", "ARG_MIN(\"value\", _ts)", "ARG_MAX(\"value\", _ts)"));
        }
        List<String> selected = by.stream()
                .map(group -> group.replace("TUMBLE(", "TUMBLE_START("))
                .collect(Collectors.toCollection(ArrayList::new));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            selected.add(pick(measures));
        }
        String select = "SELECT " + String.join(", ", selected) + " FROM ";
        String group = by.isEmpty() ? "" : " GROUP BY " + String.join(", ", by);
        assertEquals(
                sorted(rows(
                        select + "(SELECT * FROM " + table + ALL_ROWS + ") AS a" + where + group, parameters, told)),
                sorted(rows(select + table + where + group, parameters, told)),
                told + " " + select + group);
    }

    private void compare(Table table, String where, String order, String limit, List<Object> parameters, String told)
            throws SQLException {
        List<String> all =
                rows(select(table, "(SELECT * FROM " + table + ALL_ROWS + ") AS a", where), parameters, told);
        List<String> narrowed = rows(select(table, table.name(), where) + order + limit, parameters, told);
        if (limit.isEmpty()) {
            assertEquals(sorted(all), sorted(narrowed), told);
        } else {
            String[] words = limit.strip().split(" ");
            long offset = words.length > 2 ? Long.parseLong(words[3]) : 0;
            long expected = Math.max(0, Math.min(Long.parseLong(words[1]), all.size() - offset));
            assertEquals(expected, narrowed.size(), told);
            List<String> left = new ArrayList<>(all);
            narrowed.forEach(row -> assertTrue(left.remove(row), told + " gave " + row));
        }
        if (!order.isEmpty()) {
            String by = order.replace(" ORDER BY ", "").replaceAll(" (DESC|ASC)", "");
            assertEquals(
                    rows(
                            "SELECT " + by + " FROM (SELECT * FROM " + table + ALL_ROWS + ") AS a" + where + order
                                    + limit,
                            parameters,
                            told),
                    rows("SELECT " + by + " FROM " + table + where + order + limit, parameters, told),
                    told);
        }
    }

    private static String select(Table table, String from, String where) {
        return "SELECT " + table.columns() + " FROM " + from + where;
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static List<String> rows(String sql, List<Object> parameters, String told) throws SQLException {
        try (PreparedStatement statement = tables.connection().prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                // A sorted set has one zero, and a sum of zeros need not be the one that each was.
                return LiveTables.text(result).stream()
                        .map(row -> ("|" + row + "|").replaceAll("(?<=\\|)-0\\.0(?=\\|)", "0.0"))
                        .toList();
            }
        } catch (SQLException failed) {
            throw new SQLException(told, failed);
        }
    }

    private String order(Table table) {
        List<String> by = new ArrayList<>();
        by.add(pick(table.orders()));
        if (random.nextBoolean()) {
            by.add(pick(List.of(table.columns().split(", "))));
        }
        return by.stream()
                .distinct()
                .map(column -> column + pick(List.of("", " ASC", " DESC")))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    private String where(Table table, List<Object> parameters) {
        List<String> conjuncts = new ArrayList<>();
        switch (random.nextInt(3)) {
            case 0 -> conjuncts.add("_key = '" + table.name() + ":" + random.nextInt(6) + "'");
            case 1 -> conjuncts.add("id IN ('0', '3', '" + random.nextInt(9) + "')");
            default -> {}
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            conjuncts.add(condition(pick(table.fields()), 2, parameters));
        }
        return conjuncts.isEmpty() ? "" : " WHERE " + String.join(" AND ", conjuncts);
    }

    private String condition(Field field, int depth, List<Object> parameters) {
        if (depth > 0 && random.nextInt(3) == 0) {
            String left = condition(field, depth - 1, parameters);
            String right = condition(field, depth - 1, parameters);
            return "(" + left + (random.nextInt(3) == 0 ? " AND " : " OR ") + right + ")";
        }
        int form = random.nextInt(field.ranges() ? 9 : 4);
        if (form == 0) {
            return field.name() + " IN (" + value(field, parameters) + ", " + value(field, parameters) + ", "
                    + value(field, parameters) + ")";
        }
        if (form < 4) {
            return random.nextBoolean()
                    ? field.name() + " = " + value(field, parameters)
                    : value(field, parameters) + " = " + field.name();
        }
        if (form == 4) {
            return field.name() + " BETWEEN " + value(field, parameters) + " AND " + value(field, parameters);
        }
        if (form == 5 && random.nextInt(4) == 0) {
            return "NOT (" + field.name() + " < " + value(field, parameters) + ")";
        }
        return field.name() + " " + pick(List.of("<", "<=", ">", ">=", "<>")) + " " + value(field, parameters);
    }

    private String value(Field field, List<Object> parameters) {
        String literal = pick(field.values());
        if (random.nextInt(4) > 0) {
            return random.nextInt(20) == 0 ? "CAST(NULL AS " + field.type() + ")" : literal;
        }
        parameters.add(random.nextInt(8) == 0 ? null : parameter(field, literal));
        return "CAST(? AS " + field.type() + ")";
    }

    private static Object parameter(Field field, String literal) {
        return switch (field.type()) {
            case "BIGINT" -> Long.valueOf(literal);
            case "DOUBLE" -> Double.valueOf(literal);
            case "TIMESTAMP" -> Timestamp.valueOf(literal.substring("TIMESTAMP '".length(), literal.length() - 1));
            default -> literal.substring(1, literal.length() - 1);
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
