package io.rediscalcite.shell;

import io.rediscalcite.shell.StatementReader.ScriptStatement;
import io.rediscalcite.shell.format.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts on a connection and writes their results, until the first error.
 *
 * @param counts whether a line with the number of rows follows each result
 */
record ScriptRunner(Connection connection, OutputFormat format, ProgressLine out, PrintWriter err, boolean counts) {

    /** A statement failed; the message is one line that says where and why, for the user. */
    static final class ScriptException extends Exception {
        ScriptException(@Nullable String script, int line, SQLException cause) {
            super((script == null ? "" : script + ":" + line + ": ") + ErrorText.of(cause), cause);
        }
    }

    /**
     * Runs every statement of the script.
     *
     * @param script its name, for messages; null where it has none
     * @throws IOException if the script can't be read or the output can't be written
     */
    void run(@Nullable String script, Reader text) throws ScriptException, IOException {
        StatementReader statements = new StatementReader(text);
        for (ScriptStatement next = statements.next(); next != null; next = statements.next()) {
            out.start();
            try {
                run(next.sql());
            } catch (SQLException e) {
                out.flush();
                throw new ScriptException(script, next.line(), e);
            } finally {
                out.stop();
            }
            out.flush();
        }
    }

    private void run(String sql) throws SQLException, IOException {
        try (Statement statement = connection.createStatement()) {
            boolean isResult = statement.execute(sql);
            if (isResult) {
                try (ResultSet rows = statement.getResultSet()) {
                    long count = format.write(rows, out);
                    if (counts && format.forPeople()) {
                        out.write("(" + rows(count) + ")\n");
                    }
                }
            } else {
                long count = statement.getLargeUpdateCount();
                if (count >= 0 && format.forPeople()) {
                    out.write(rows(count) + "\n");
                } else if (count >= 0) {
                    err.println(rows(count));
                }
            }
            // Not before: what a query couldn't read is known when its rows are read.
            warn(statement.getWarnings());
        }
    }

    private static String rows(long count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private void warn(@Nullable SQLWarning first) {
        for (SQLWarning warning = first; warning != null; warning = warning.getNextWarning()) {
            err.println("redis-sql: warning: " + ErrorText.of(warning));
        }
    }
}
