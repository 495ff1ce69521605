package io.rediscalcite.jdbc.live.types;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What SQL wrote is what SQL reads: random values of every column type, on tables of all eight types.
 *
 * <p>{@code -Dredis-sql.random.seeds=1000} tries so many seeds.
 */
class RandomRoundTripTest {
    private static final int ROWS = 300;
    private static final int LITERAL_ROWS = 40;

    /** The types of the columns {@code c0}, {@code c1}, ... of hashes, documents, entries and labels. */
    private static final List<String> TYPES = List.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "REAL",
            "DOUBLE",
            "DECIMAL(5, 2)",
            "DECIMAL(38, 10)",
            "DECIMAL(38, 0)",
            "VARCHAR",
            "VARBINARY",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "JSON");

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Integer.getInteger("redis-sql.random.seeds", 3));
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static String columns() {
        return IntStream.range(0, TYPES.size())
                .mapToObj(i -> "{name:'c" + i + "', type:'" + TYPES.get(i) + "'}")
                .collect(Collectors.joining(", "));
    }

    private static List<String> names() {
        return IntStream.range(0, TYPES.size()).mapToObj(i -> "c" + i).toList();
    }

    private static List<Class<?>> classes() {
        return TYPES.stream().<Class<?>>map(RandomValues::javaClass).toList();
    }

    private static Object[] values(RandomValues random, boolean json) {
        Object[] row = TYPES.stream()
                .map(type -> random.isNull() ? null : random.of(type, json))
                .toArray();
        row[3] = row[3] == null ? 7 : row[3]; // A hash without a field is none.
        return row;
    }

    private static Object[] with(Object first, Object[] others) {
        return Stream.concat(Stream.of(first), Arrays.stream(others)).toArray();
    }

    private static void insert(LiveTables tables, String table, List<String> columns, List<Object[]> rows)
            throws SQLException {
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        try (PreparedStatement insert = tables.connection()
                .prepareStatement(
                        "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")")) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
            }
            int[] ones = new int[rows.size()];
            Arrays.fill(ones, 1);
            assertArrayEquals(ones, insert.executeBatch());
        }
    }

    /** Calcite's literals have no such days: the calendar had none. */
    private static boolean isLiteral(Object[] row) {
        return Arrays.stream(row).noneMatch(value -> String.valueOf(value).startsWith("1582-10-10"));
    }

    private static void insertLiterals(LiveTables tables, String table, List<String> columns, List<Object[]> rows)
            throws SQLException {
        String values = rows.stream()
                .map(row -> Arrays.stream(row).map(RandomValues::literal).collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
        try (Statement insert = tables.connection().createStatement()) {
            String sql = "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES " + values;
            assertEquals(rows.size(), insert.executeUpdate(sql));
        }
    }

    private static List<List<String>> select(LiveTables tables, String sql, List<Class<?>> classes)
            throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = tables.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < classes.size(); i++) {
                    row.add(RandomValues.shown(result.getObject(i + 1, classes.get(i))));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> shown(List<Object[]> rows) {
        return rows.stream().map(RandomValues::shown).toList();
    }

    /** A table of a key a row, with all column types, by parameters and by literals. */
    private static void keysOfRows(String type, long seed) throws SQLException {
        boolean json = type.equals("json");
        RandomValues random = new RandomValues(new Random(seed));
        List<String> names = new ArrayList<>(List.of("id"));
        names.addAll(names());
        List<Class<?>> classes = new ArrayList<>(List.of(Long.class));
        classes.addAll(classes());
        List<Object[]> rows = new ArrayList<>();
        for (long id = 0; id < ROWS + LITERAL_ROWS; id++) {
            Object[] row = values(random, json);
            while (id >= ROWS && !isLiteral(row)) {
                row = values(random, json);
            }
            rows.add(with(id, row));
        }
        String id = "{name:'id', type:'BIGINT'}, ";
        try (LiveTables tables = LiveTables.open(
                redis, "", "{name:'r', type:'" + type + "', key:'r:{id}', columns:[" + id + columns() + "]}")) {
            insert(tables, "r", names, rows.subList(0, ROWS));
            insertLiterals(tables, "r", names, rows.subList(ROWS, rows.size()));
            assertRows(
                    rows, select(tables, "SELECT " + String.join(", ", names) + " FROM r ORDER BY id", classes), seed);
        }
    }

    private static void assertRows(List<Object[]> written, List<List<String>> read, long seed) {
        List<List<String>> expected = shown(written);
        assertEquals(expected.size(), read.size(), "seed " + seed);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), read.get(i), "seed " + seed + ", row " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void hashes(long seed) throws SQLException {
        keysOfRows("hash", seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void documents(long seed) throws SQLException {
        keysOfRows("json", seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void strings(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        for (String type : TYPES) {
            List<Object[]> rows = new ArrayList<>();
            for (int i = 0; i < ROWS / 4; i++) {
                rows.add(new Object[] {String.format("%04d", i), random.of(type, false)});
            }
            try (LiveTables tables =
                    LiveTables.open(redis, "", "{name:'s', type:'string', key:'s:{id}', valueType:'" + type + "'}")) {
                redis.flush();
                insert(tables, "s", List.of("id", "value"), rows);
                List<Class<?>> classes = List.of(String.class, RandomValues.javaClass(type));
                assertRows(rows, select(tables, "SELECT id, value FROM s ORDER BY id", classes), seed);
            }
        }
    }

    /** Redis has one score for both zeros, and a key one text. */
    private static Object onlyZero(Object value) {
        if (value instanceof Double number && number == 0) {
            return 0.0;
        }
        return value instanceof Float number && number == 0 ? (Object) 0f : value;
    }

    /** A key finds its row again by each type's own value, and the value comes back from the key. */
    @ParameterizedTest
    @MethodSource("seeds")
    void keyParts(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        for (String type : TYPES) {
            TreeMap<String, Object> parts = new TreeMap<>();
            for (int i = 0; i < 20; i++) {
                Object part = random.of(type, false);
                if (!RandomValues.shown(part).contains("|")
                        && !RandomValues.shown(part).contains("7c")) {
                    parts.put(RandomValues.shown(onlyZero(part)), onlyZero(part));
                }
            }
            try (LiveTables tables = LiveTables.open(
                    redis,
                    "keySeparator=|",
                    "{name:'k', type:'hash', key:'k|{part}', columns:[{name:'part', type:'" + type
                            + "'}, {name:'v'}]}")) {
                redis.flush();
                List<Object[]> rows = new ArrayList<>();
                parts.forEach((text, part) -> rows.add(new Object[] {part, text}));
                insert(tables, "k", List.of("part", "v"), rows);
                List<Class<?>> classes = List.of(RandomValues.javaClass(type), String.class);
                List<List<String>> read = select(tables, "SELECT part, v FROM k", classes);
                read.sort((a, b) -> a.get(1).compareTo(b.get(1)));
                assertRows(rows, read, seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void members(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        TreeMap<String, Double> members = new TreeMap<>();
        while (members.size() < ROWS) {
            double score = random.real(false);
            members.put(random.text(false) + random.integer(16), Double.isNaN(score) || score == 0 ? 0.0 : score);
        }
        List<Object[]> scored = new ArrayList<>();
        List<Object[]> plain = new ArrayList<>();
        members.forEach((member, score) -> {
            scored.add(new Object[] {"1", member, score});
            plain.add(new Object[] {"1", member});
        });
        try (LiveTables tables = LiveTables.open(
                redis, "", "{name:'m', type:'set', key:'m:{id}'}", "{name:'z', type:'zset', key:'z:{id}'}")) {
            insert(tables, "m", List.of("id", "member"), plain);
            insert(tables, "z", List.of("id", "member", "score"), scored);
            List<Class<?>> classes = List.of(String.class, String.class, Double.class);
            List<List<String>> sorted = select(tables, "SELECT id, member, score FROM z", classes);
            sorted.sort((a, b) -> a.get(1).compareTo(b.get(1)));
            assertRows(scored, sorted, seed);
            List<List<String>> set = select(tables, "SELECT id, member FROM m", classes.subList(0, 2));
            set.sort((a, b) -> a.get(1).compareTo(b.get(1)));
            assertRows(plain, set, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void elements(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        List<Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new Object[] {random.text(false)});
        }
        try (LiveTables tables = LiveTables.open(redis, "", "{name:'l', type:'list', key:'l'}")) {
            insert(tables, "l", List.of("element"), rows);
            assertRows(
                    rows, select(tables, "SELECT element FROM l ORDER BY \"position\"", List.of(String.class)), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void entries(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        List<String> names = new ArrayList<>(List.of("_id"));
        names.addAll(names());
        List<Class<?>> classes = new ArrayList<>(List.of(String.class));
        classes.addAll(classes());
        List<Object[]> rows = new ArrayList<>();
        for (int i = 1; i < ROWS; i++) {
            rows.add(with(i + "-" + random.integer(32) * random.integer(2) * random.integer(2), values(random, false)));
        }
        rows.add(with("18446744073709551615-18446744073709551615", values(random, false)));
        rows.forEach(row -> row[0] = row[0].toString().replace("--", "-"));
        try (LiveTables tables =
                LiveTables.open(redis, "", "{name:'x', type:'stream', key:'x', columns:[" + columns() + "]}")) {
            insert(tables, "x", names, rows);
            assertRows(rows, select(tables, "SELECT " + String.join(", ", names) + " FROM x", classes), seed);
        }
    }

    /** Redis takes no other text as a label's value. */
    private static boolean isLabel(Object value) {
        String text = value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : RandomValues.shown(value);
        return !text.isEmpty() && text.chars().noneMatch(c -> "(),".indexOf(c) >= 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void samples(long seed) throws SQLException {
        RandomValues random = new RandomValues(new Random(seed));
        List<String> names = new ArrayList<>(List.of("id", "_ts", "value"));
        names.addAll(names());
        List<Class<?>> classes = new ArrayList<>(List.of(Long.class, java.time.LocalDateTime.class, Double.class));
        classes.addAll(classes());
        List<Object[]> rows = new ArrayList<>();
        for (long id = 0; id < ROWS; id++) {
            Object[] labels = values(random, true);
            for (int i = 0; i < labels.length; i++) {
                labels[i] = isLabel(labels[i]) ? labels[i] : null;
            }
            double value = random.real(true);
            rows.add(with(id, with(random.moment(), with(value, labels))));
        }
        String id = "{name:'id', type:'BIGINT'}, ";
        try (LiveTables tables = LiveTables.open(
                redis, "", "{name:'t', type:'timeseries', key:'t:{id}', columns:[" + id + columns() + "]}")) {
            insert(tables, "t", names, rows);
            assertRows(
                    rows, select(tables, "SELECT " + String.join(", ", names) + " FROM t ORDER BY id", classes), seed);
        }
    }
}
