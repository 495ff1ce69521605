package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.shell.ScriptRunner.ScriptException;
import io.rediscalcite.shell.format.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scripts run on DuckDB: how they run doesn't depend on the database. */
class ScriptRunnerTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void writesTheResultOfEachStatement() throws Exception {
        run(OutputFormat.CSV, false, "SELECT 1 AS a; SELECT 'x;y' AS b;");
        assertEquals("a\n1\nb\nx;y\n", out.toString());
    }

    @Test
    void countsRowsForPeople() throws Exception {
        run(
                OutputFormat.VERTICAL,
                true,
                "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT * FROM t WHERE a = 1");
        assertTrue(out.toString().contains("2 rows\n"), out.toString());
        assertTrue(out.toString().endsWith("a | 1\n(1 row)\n"), out.toString());
    }

    @Test
    void keepsCountsOutOfWhatProgramsRead() throws Exception {
        run(
                OutputFormat.JSON,
                true,
                "CREATE TABLE t (a INT); INSERT INTO t VALUES (1), (2); SELECT * FROM t WHERE a = 1");
        assertEquals("[{\"a\":1}]\n", out.toString());
        assertTrue(err.toString().contains("2 rows"), err.toString());
    }

    @Test
    void stopsAtTheFirstErrorAndSaysWhere() {
        Exception e = assertThrows(
                ScriptException.class,
                () -> run(OutputFormat.CSV, false, "SELECT 1 AS a;\n\nSELECT nothing\n FROM nowhere;\nSELECT 2 AS b"));
        assertEquals("a\n1\n", out.toString());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("script.sql:3: "), message);
        assertEquals(1, message.lines().count(), message);
    }

    private void run(OutputFormat format, boolean counts, String script) throws ScriptException, IOException {
        PrintWriter messages = new PrintWriter(err, true);
        ProgressLine output = new ProgressLine(out, messages, new Terminal(false, false, false));
        new ScriptRunner(connection, format, output, messages, counts).run("script.sql", new StringReader(script));
    }
}
