package io.rediscalcite.shell.demo;

import io.rediscalcite.shell.format.OutputFormat;
import java.io.IOException;
import java.io.Writer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows what SQL over the demo's data can do: for each step a sentence, the statement and its rows. */
record Tour(Connection connection, Writer out) {
    private record Step(String sentence, String sql) {}

    private static final List<Step> STEPS = List.of(
            new Step(
                    "Three tables of two types, joined: where to, and with whom, is one late most?",
                    """
                    SELECT a.value AS airline, p.name AS destination, COUNT(*) AS flights, ROUND(AVG(f.arr_delay), 1) AS delay
                    FROM flight f
                    JOIN airline a ON a.id = f.carrier
                    JOIN airport p ON p.id = f.dest
                    GROUP BY a.value, p.name
                    HAVING COUNT(*) >= 100
                    ORDER BY delay DESC
                    LIMIT 5"""),
            new Step(
                    "A window function: the two longest delays at each airport of New York.",
                    """
                    SELECT origin, place, carrier, flight, dest, dep_delay
                    FROM (SELECT f.*, RANK() OVER (PARTITION BY origin ORDER BY dep_delay DESC NULLS LAST) AS place FROM flight f)
                    WHERE place <= 2
                    ORDER BY origin, place"""),
            new Step(
                    "A key is looked up, not searched for ...",
                    """
                    SELECT name, alt, tzone FROM airport WHERE _key = 'airport:JFK'"""),
            new Step(
                    "... as the plan shows: it names the commands that are sent.",
                    """
                    EXPLAIN PLAN FOR
                    SELECT name, alt, tzone FROM airport WHERE _key = 'airport:JFK'"""),
            new Step(
                    "A prefix is left to the server, and LIMIT ends the reading.",
                    """
                    EXPLAIN PLAN FOR
                    SELECT id, manufacturer, seats FROM plane WHERE _key LIKE 'plane:N10%' LIMIT 3"""),
            new Step(
                    "Sets, sorted sets, streams and time series are tables of what is in them.",
                    """
                    SELECT b.id AS origin, s.destinations, b.member AS busiest, b.score AS flights, l.late, t.coldest
                    FROM busiest b
                    JOIN (SELECT id, MAX(score) AS most FROM busiest GROUP BY id) m ON m.id = b.id AND m.most = b.score
                    JOIN (SELECT id, COUNT(*) AS destinations FROM served GROUP BY id) s ON s.id = b.id
                    JOIN (SELECT id, COUNT(*) AS late FROM late GROUP BY id) l ON l.id = b.id
                    JOIN (SELECT id, MIN(value) AS coldest FROM temperature GROUP BY id) t ON t.id = b.id
                    ORDER BY flights DESC"""),
            new Step(
                    "So is a list, from its beginning or its end ...",
                    """
                    SELECT position, element FROM board WHERE id = 'JFK' ORDER BY position DESC LIMIT 3"""),
            new Step(
                    "... and the members of documents are columns.",
                    """
                    SELECT a.value AS airline, p.flights, p."from", p.destinations
                    FROM profile p JOIN airline a ON a.id = p.id
                    WHERE p.flights < 1000 ORDER BY p.flights DESC LIMIT 3"""));

    void show() throws SQLException, IOException {
        tables();
        for (int i = 0; i < STEPS.size(); i++) {
            Step step = STEPS.get(i);
            out.write("\n" + (i + 2) + ". " + step.sentence() + "\n\n"
                    + step.sql().indent(4) + "\n");
            out.flush();
            long start = System.nanoTime();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(step.sql())) {
                OutputFormat.TABLE.write(rows, out);
            }
            out.write(String.format(Locale.ROOT, "%.2f seconds%n", (System.nanoTime() - start) / 1e9));
            out.flush();
        }
    }

    private void tables() throws SQLException, IOException {
        out.write("\n1. These tables are there, though nobody declared any: the keys and their fields tell.\n");
        out.write("   * marks the primary key.\n\n");
        DatabaseMetaData metaData = connection.getMetaData();
        try (ResultSet tables = metaData.getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                table(metaData, tables.getString("TABLE_SCHEM"), tables.getString("TABLE_NAME"));
            }
        }
        out.flush();
    }

    private void table(DatabaseMetaData metaData, String schema, String name) throws SQLException, IOException {
        Set<String> keys = new HashSet<>();
        try (ResultSet columns = metaData.getPrimaryKeys(null, schema, name)) {
            while (columns.next()) {
                keys.add(columns.getString("COLUMN_NAME"));
            }
        }
        StringBuilder line = new StringBuilder(String.format("    %-11s ", name));
        try (ResultSet columns = metaData.getColumns(null, schema, name, "%")) {
            for (boolean more = columns.next(); more; ) {
                String column = columns.getString("COLUMN_NAME");
                String text = column + (keys.contains(column) ? "* " : " ") + columns.getString("TYPE_NAME");
                more = columns.next();
                if (line.length() + text.length() > 110) {
                    out.write(line.toString().stripTrailing() + "\n");
                    line = new StringBuilder(" ".repeat(16));
                }
                line.append(text).append(more ? ", " : "\n");
            }
        }
        out.write(line.toString());
    }
}
