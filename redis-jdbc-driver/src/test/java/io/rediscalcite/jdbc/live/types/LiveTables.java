package io.rediscalcite.jdbc.live.types;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A connection, mostly one whose tables an inline model declares, and what its queries give and send. */
final class LiveTables implements AutoCloseable {
    private final RedisServerExtension redis;
    private final Connection connection;

    private LiveTables(RedisServerExtension redis, Connection connection) {
        this.redis = redis;
        this.connection = connection;
    }

    /** @param options connection properties as {@code name=value} with {@code &} between; may be empty */
    static LiveTables open(RedisServerExtension redis, String options, String... tables) throws SQLException {
        Properties properties = new Properties();
        for (String option : options.split("&")) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                properties.setProperty(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        properties.setProperty(
                "model",
                "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                        + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{tables:["
                        + String.join(", ", tables) + "]}}]}");
        return new LiveTables(redis, DriverManager.getConnection(redis.url(), properties));
    }

    /** A connection whose tables nobody declared. */
    static LiveTables discovered(RedisServerExtension redis) throws SQLException {
        return new LiveTables(redis, DriverManager.getConnection(redis.url()));
    }

    Connection connection() {
        return connection;
    }

    /** Rows as text, columns joined by {@code |}, sorted: Redis gives keys in no order. */
    List<String> rows(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return text(result).stream().sorted().toList();
            }
        }
    }

    static List<String> text(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(String.join("|", row));
        }
        return rows;
    }

    /** The commands of the plan's one scan, as EXPLAIN shows them. */
    String explained(String sql) throws SQLException {
        Object[] anyValues = new Object[(int) sql.chars().filter(c -> c == '?').count()];
        String plan = rows("EXPLAIN PLAN FOR " + sql, anyValues).get(0);
        int start = plan.indexOf("commands=[") + "commands=[".length();
        return plan.substring(start, plan.indexOf("])", start));
    }

    /** How often each command reached the server during the run: {@code hmget=2 scan=1}; planning isn't counted. */
    String counted(String sql) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Map<String, Long> commands = new CommandCounter(redis).during(() -> {
                try (ResultSet result = statement.executeQuery()) {
                    text(result);
                }
            });
            return commands.entrySet().stream()
                    .map(command -> command.getKey() + "=" + command.getValue())
                    .collect(Collectors.joining(" "));
        }
    }

    /** The commands that reached the server during the run, arguments and all; the server must log every command. */
    List<String> sent(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            redis.exec("SLOWLOG", "RESET");
            try (ResultSet result = statement.executeQuery()) {
                text(result);
            }
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
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
