package io.rediscalcite.shell;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import sqlline.SqlLine;

/** SQLLine on one server, for a person at a terminal. */
public final class InteractiveShell {
    /** Where SQLLine keeps what it remembers; it has no other way to be told. */
    private static final String SQLLINE_FOLDER = "x.sqlline.basedir";

    private final String url;
    private final Properties properties;

    /** A shell on the server of a JDBC URL, with {@code user} and {@code password} among the properties if they are needed. */
    public InteractiveShell(String url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /**
     * Reads statements and commands until the person leaves.
     *
     * @return the exit code
     * @throws SQLException if the server can't be reached
     */
    public int run() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            connection.getMetaData(); // SQLLine would only print that it can't connect, and stay
        }
        Path folder = stateFolder();
        System.setProperty(SQLLINE_FOLDER, folder.toString());
        List<String> arguments = new ArrayList<>(List.of("-ac", ShellApplication.class.getName(), "-u", url));
        add(arguments, "-n", properties.getProperty("user"));
        add(arguments, "-p", properties.getProperty("password"));
        return new QuietSqlLine().begin(arguments.toArray(new String[0]), null, true) == SqlLine.Status.OK ? 0 : 1;
    }

    private static void add(List<String> arguments, String option, @Nullable String value) {
        if (value != null) {
            arguments.add(option);
            arguments.add(value);
        }
    }

    /** For the history and saved settings; in a home folder that can't be written to, just for this time. */
    private static Path stateFolder() throws IOException {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        try {
            return Files.createDirectories(base.resolve("redis-sql"));
        } catch (IOException e) {
            return Files.createTempDirectory("redis-sql");
        }
    }

    /** SQLLine that reports a failure in one line, and doesn't close brackets by itself. */
    private static final class QuietSqlLine extends SqlLine {
        QuietSqlLine() {
            getOpts().setAutoPairing("false");
        }

        @Override
        public void handleException(Throwable e) {
            Throwable failure = e;
            while ((failure instanceof InvocationTargetException || failure instanceof UndeclaredThrowableException)
                    && failure.getCause() != null) {
                failure = failure.getCause();
            }
            error((failure instanceof SQLWarning ? "Warning: " : "Error: ") + ErrorText.of(failure));
        }
    }
}
