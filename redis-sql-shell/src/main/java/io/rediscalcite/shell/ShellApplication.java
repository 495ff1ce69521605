package io.rediscalcite.shell;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** What SQLLine is for Redis SQL: its defaults, its greeting, its URLs. SQLLine makes it by its name. */
public final class ShellApplication extends Application {
    @Override
    public String getInfoMessage() {
        return "Redis SQL. End statements with ; or see !tables, !help, !quit.";
    }

    /** Our defaults, with what the user saved by {@code !save} on top. */
    @Override
    public SqlLineOpts getOpts(SqlLine sqlLine) {
        SqlLineOpts options = super.getOpts(sqlLine);
        options.set(BuiltInProperty.PROMPT, "redis-sql> ");
        options.set(BuiltInProperty.ISOLATION, "TRANSACTION_NONE");
        options.set(BuiltInProperty.NULL_VALUE, "NULL");
        options.set(BuiltInProperty.DATE_FORMAT, "yyyy-MM-dd");
        options.set(BuiltInProperty.TIME_FORMAT, "HH:mm:ss");
        options.set(BuiltInProperty.TIMESTAMP_FORMAT, "yyyy-MM-dd HH:mm:ss.SSS");
        options.set(BuiltInProperty.MAX_WIDTH, 1_000_000); // narrower, SQLLine cuts what is wider, such as plans
        options.set(BuiltInProperty.COLOR, System.getenv("NO_COLOR") == null);
        options.set(BuiltInProperty.CONNECT_INTERACTION_MODE, getDefaultInteractiveMode());
        try {
            options.load();
        } catch (IOException e) {
            sqlLine.error("can't read the saved settings: " + e.getMessage());
        }
        return options;
    }

    @Override
    public List<String> allowedDrivers() {
        return List.of("io.rediscalcite.jdbc.RedisDriver");
    }

    @Override
    public Collection<String> getConnectionUrlExamples() {
        return List.of(JdbcUrl.DEFAULT);
    }

    @Override
    public String getDefaultInteractiveMode() {
        return "notAskCredentials";
    }
}
