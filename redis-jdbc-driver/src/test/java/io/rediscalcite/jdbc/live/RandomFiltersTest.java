package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RandomRun;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random conditions over random rows: the answer is that of the same condition in Java over the same rows, with SQL's three
 * truth values.
 */
class RandomFiltersTest {
    private static final int QUERIES = 300;
    private static final List<String> REGIONS =
            List.of("eu", "us", "", "[x]", "a*", "a b", "e?", "ключ", "🕊", "e", "eu2", "\\");
    private static final List<String> NAMES = List.of("", "n1", "n2", "N1", "n1 ", "имя", "%", "_");

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private record Row(String region, long id, @Nullable String name, @Nullable Long age) {
        String key() {
            return "r:" + region + ":" + id;
        }
    }

    /** A condition as SQL and as Java: true, false, or null where SQL doesn't know. */
    private record Condition(String sql, Function<Row, @Nullable Boolean> test) {}

    private Random random = new Random();
    private final List<Row> rows = new ArrayList<>();

    @Test
    void theAnswerIsJavas() throws Exception {
        RandomRun run = RandomRun.of("filters", QUERIES);
        random = run.random();
        try (Connection connection = Live.withTables(
                redis,
                "&scanCount=10&batchSize=9",
                "{name:'r', type:'hash', key:'r:{region}:{id}', columns:[{name:'region'}, {name:'id', type:'BIGINT'},"
                        + " {name:'name'}, {name:'age', type:'BIGINT'}]}")) {
            fill();
            for (int i = 0; run.goesOn(); i++) {
                Condition condition = condition(3);
                String sql = query(condition.sql());
                List<String> expected = rows.stream()
                        .filter(row -> Objects.equals(condition.test().apply(row), true))
                        .map(row -> sql.startsWith("SELECT _key ")
                                ? row.key()
                                : row.region() + "|" + row.id() + "|" + row.name() + "|" + row.age())
                        .toList();
                assertEquals(
                        Live.sorted(expected),
                        Live.sorted(Live.rows(connection, sql)),
                        run + ", query " + i + ": " + sql);
            }
        }
    }

    private String query(String condition) {
        return switch (random.nextInt(4)) {
            case 0 -> "SELECT _key FROM r WHERE " + condition;
            case 1 -> "SELECT region, id, name, age FROM (SELECT * FROM r) AS s WHERE " + condition;
            default -> "SELECT region, id, name, age FROM r WHERE " + condition;
        };
    }

    private void fill() {
        for (String region : REGIONS) {
            for (long id = 0; id < 12; id++) {
                if (random.nextInt(3) > 0) {
                    String name = random.nextInt(4) == 0 ? null : pick(NAMES);
                    Long age = random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(6);
                    Row row = new Row(region, id, name, age);
                    rows.add(row);
                    redis.exec("HSET", row.key(), "unrelated", "x");
                    if (name != null) {
                        redis.exec("HSET", row.key(), "name", name);
                    }
                    if (age != null) {
                        redis.exec("HSET", row.key(), "age", age);
                    }
                }
            }
        }
        redis.exec("SET", "r:eu:99", "a string");
        redis.exec("HSET", "r:eu:1:more", "name", "n1");
        redis.exec("HSET", "rr:eu:1", "name", "n1");
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private Condition condition(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf();
        }
        Condition a = condition(depth - 1);
        Condition b = condition(depth - 1);
        return switch (random.nextInt(5)) {
            case 0, 1 ->
                new Condition(
                        "(" + a.sql() + " AND " + b.sql() + ")",
                        row -> and(a.test().apply(row), b.test().apply(row)));
            case 2, 3 ->
                new Condition(
                        "(" + a.sql() + " OR " + b.sql() + ")",
                        row -> not(and(not(a.test().apply(row)), not(b.test().apply(row)))));
            default ->
                new Condition("(NOT " + a.sql() + ")", row -> not(a.test().apply(row)));
        };
    }

    private static @Nullable Boolean and(@Nullable Boolean x, @Nullable Boolean y) {
        if (Objects.equals(x, false) || Objects.equals(y, false)) {
            return false;
        }
        return x == null ? null : y;
    }

    private static @Nullable Boolean not(@Nullable Boolean x) {
        return x == null ? null : (Boolean) !x;
    }

    private Condition leaf() {
        return switch (random.nextInt(5)) {
            case 0 -> text("region", Row::region, pick(REGIONS));
            case 1 -> text("name", Row::name, pick(NAMES));
            case 2 -> text("_key", Row::key, "r:" + pick(REGIONS) + ":" + random.nextInt(13));
            case 3 -> number("id", Row::id);
            default -> number("age", Row::age);
        };
    }

    private Condition text(String column, Function<Row, @Nullable String> get, String value) {
        String other = column.equals("name") ? pick(NAMES) : pick(REGIONS);
        return switch (random.nextInt(7)) {
            case 0 -> leaf(column + " <> " + quote(value), get, x -> !x.equals(value));
            case 1 -> leaf(quote(value) + " = " + column, get, x -> x.equals(value));
            case 2 ->
                leaf(
                        column + " IN (" + quote(value) + ", " + quote(other) + ")",
                        get,
                        x -> x.equals(value) || x.equals(other));
            case 3 -> {
                String prefix = value.substring(0, value.offsetByCodePoints(0, value.isEmpty() ? 0 : 1))
                        .replaceAll("[%_\\\\]", "");
                yield leaf(column + " LIKE " + quote(prefix + "%"), get, x -> x.startsWith(prefix));
            }
            case 4 -> new Condition("(" + column + " IS NULL)", row -> (Boolean) (get.apply(row) == null));
            case 5 -> leaf(column + " || '!' = " + quote(value + "!"), get, x -> x.equals(value));
            default -> leaf(column + " = " + quote(value), get, x -> x.equals(value));
        };
    }

    private Condition number(String column, Function<Row, @Nullable Long> get) {
        long value = random.nextInt(14) - 1L;
        long other = value + random.nextInt(5) - 1;
        return switch (random.nextInt(7)) {
            case 0 -> leaf(column + " <> " + value, get, x -> x != value);
            case 1 -> leaf(value + " = " + column, get, x -> x == value);
            case 2 ->
                leaf(column + " IN (" + value + ", " + other + ", 77)", get, x -> x == value || x == other || x == 77);
            case 3 -> leaf(column + " BETWEEN " + value + " AND " + other, get, x -> x >= value && x <= other);
            case 4 -> leaf(column + " < " + value, get, x -> x < value);
            case 5 -> leaf(column + " NOT IN (" + value + ", " + other + ")", get, x -> x != value && x != other);
            default -> leaf(column + " = " + value, get, x -> x == value);
        };
    }

    private static <T> Condition leaf(String sql, Function<Row, @Nullable T> get, Function<T, Boolean> test) {
        return new Condition("(" + sql + ")", row -> {
            T value = get.apply(row);
            return value == null ? null : test.apply(value);
        });
    }
}
