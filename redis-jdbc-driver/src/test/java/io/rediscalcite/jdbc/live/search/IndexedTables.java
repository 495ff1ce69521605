package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Connections to tables of a model with search indexes and without, and what their queries give. */
final class IndexedTables {
    private IndexedTables() {}

    /** @param options connection properties as {@code name=value} with {@code &} between; may be empty */
    static Connection connect(RedisServerExtension redis, String options, String... tables) throws SQLException {
        Properties properties = new Properties();
        for (String option : options.split("&")) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        if (tables.length > 0) {
            properties.setProperty(
                    "model",
                    "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                            + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                            + String.join(", ", tables) + "]}}]}");
        }
        return DriverManager.getConnection(redis.url(), properties);
    }

    /** What a test takes a value's text for. */
    @FunctionalInterface
    interface Reading {
        /** @param column from 0 */
        String of(int column, String text);
    }

    /** Rows as text, columns joined by {@code |}, in the order that they came. */
    static List<String> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        return rows(connection, sql, (column, text) -> text, parameters);
    }

    private static List<String> rows(Connection connection, String sql, Reading reading, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= width; i++) {
                        row.add(reading.of(i - 1, String.valueOf(result.getString(i))));
                    }
                    rows.add(String.join("|", row));
                }
            }
            return rows;
        }
    }

    static List<String> sorted(Connection connection, String sql, Object... parameters) throws SQLException {
        return sorted(connection, sql, (column, text) -> text, parameters);
    }

    static List<String> sorted(Connection connection, String sql, Reading reading, Object... parameters)
            throws SQLException {
        List<String> rows = new ArrayList<>(rows(connection, sql, reading, parameters));
        Collections.sort(rows);
        return rows;
    }

    /** The scans of the plan, each with what it sends and says of indexes. */
    static String scans(Connection connection, String sql) throws SQLException {
        Object[] anyValues = new Object[(int) sql.chars().filter(c -> c == '?').count()];
        return rows(connection, "EXPLAIN PLAN FOR " + sql, anyValues)
                .get(0)
                .lines()
                .filter(line -> line.contains("RedisScan("))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
    }

    static void send(RedisServerExtension redis, String command) {
        redis.exec(Arrays.stream(command.strip().split(" +")).toArray());
    }

    /** Waits until all indexes have all keys, which a server adds in the background even where there are none. */
    static void awaitIndexes(RedisServerExtension redis) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        for (Object name : (List<?>) Objects.requireNonNull(redis.exec("FT._LIST"))) {
            while (!String.valueOf(redis.exec("FT.INFO", name)).contains("percent_indexed, 1,")) {
                assertTrue(System.nanoTime() < end, "the index " + name + " isn't built in a minute");
                Thread.onSpinWait();
            }
        }
    }

    /** Waits until what was given a millisecond to live has none left, by the server's clock. */
    static void waitForExpiry(RedisServerExtension redis) {
        long start = micros(redis);
        while (micros(redis) - start < 2000) {
            Thread.onSpinWait();
        }
    }

    private static long micros(RedisServerExtension redis) {
        List<?> time = (List<?>) Objects.requireNonNull(redis.exec("TIME"));
        return Long.parseLong(time.get(0).toString()) * 1_000_000
                + Long.parseLong(time.get(1).toString());
    }
}
