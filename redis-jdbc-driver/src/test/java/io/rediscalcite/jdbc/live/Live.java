package io.rediscalcite.jdbc.live;

import io.rediscalcite.testing.CommandCounter;
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
import java.util.Map;
import java.util.stream.Collectors;

/** Runs SQL on a real server, and tells the rows, the plan and the commands that reached it. */
final class Live {
    /** Rows as text, columns joined by {@code |}, in a fixed order; commands as {@code hmget=2 scan=1}. */
    record Answer(String rows, String commands) {}

    private Live() {}

    static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    /** A connection whose tables come from a model with these table declarations alone. */
    static Connection withTables(RedisServerExtension redis, String options, String... tables) throws SQLException {
        return connect(redis.url() + "?model=" + percent(model(tables)) + options);
    }

    static String model(String... tables) {
        return "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                + String.join(", ", tables) + "]}}]}";
    }

    static String percent(String text) {
        return text.replace("%", "%25").replace("&", "%26").replace("+", "%2B").replace("#", "%23");
    }

    static List<String> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return rows(result);
            }
        }
    }

    static List<String> rows(ResultSet result) throws SQLException {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(String.join("|", row));
        }
        return rows;
    }

    static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    static String plan(Connection connection, String sql) throws SQLException {
        Object[] anyValues = new Object[(int) sql.chars().filter(c -> c == '?').count()];
        return rows(connection, "EXPLAIN PLAN FOR " + sql, anyValues).get(0);
    }

    /** The commands of each {@code RedisScan} of the plan, in its order. */
    static String scans(Connection connection, String sql) throws SQLException {
        return plan(connection, sql)
                .lines()
                .filter(line -> line.contains("RedisScan("))
                .map(line -> line.substring(line.indexOf("commands=[") + 10, line.lastIndexOf("])")))
                .collect(Collectors.joining(" / "));
    }

    /** Planned first, so that only what the run itself sends is counted. */
    static Answer ask(RedisServerExtension redis, Connection connection, String sql, Object... parameters)
            throws Exception {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            Map<String, Long> commands = new CommandCounter(redis).during(() -> {
                try (ResultSet result = statement.executeQuery()) {
                    rows.addAll(rows(result));
                }
            });
            Collections.sort(rows);
            return new Answer(String.join(";", rows), text(commands));
        }
    }

    private static String text(Map<String, Long> commands) {
        // A scan may look at the size of the keyspace first, if the last look was long ago.
        boolean estimated = commands.containsKey("dbsize");
        return commands.entrySet().stream()
                .filter(command -> !command.getKey().equals("dbsize"))
                .map(command -> command.getKey() + "="
                        + (command.getValue() - (estimated && command.getKey().equals("scan") ? 1 : 0)))
                .collect(Collectors.joining(" "));
    }

    /** The commands that the server logs while {@code work} runs, each with its arguments; needs slowlog-log-slower-than 0. */
    static List<String> sent(RedisServerExtension redis, CommandCounter.ThrowingRunnable work) throws Exception {
        redis.exec("SLOWLOG", "RESET");
        work.run();
        List<String> commands = new ArrayList<>();
        for (Object entry : (List<?>) redis.exec("SLOWLOG", "GET", "-1")) {
            String command = ((List<?>) ((List<?>) entry).get(3))
                    .stream().map(String::valueOf).collect(Collectors.joining(" "));
            if (!command.startsWith("SLOWLOG")) {
                commands.add(command);
            }
        }
        Collections.reverse(commands);
        return commands;
    }

    static Object[] command(Object... words) {
        return words;
    }

    static Object[] command(String line) {
        return line.split(" ");
    }

    /** Sends one command a line. */
    static void load(RedisServerExtension redis, String lines) {
        List<Object[]> commands = Arrays.stream(lines.strip().split("\n"))
                .map(line -> command(line.strip()))
                .toList();
        for (Object reply : redis.pipeline(commands)) {
            if (reply instanceof RuntimeException refused) {
                throw refused;
            }
        }
    }
}
