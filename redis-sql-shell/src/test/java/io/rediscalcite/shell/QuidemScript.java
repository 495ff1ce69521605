package io.rediscalcite.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A file of queries and their rows, as Quidem reads them. */
record QuidemScript(Path file) {
    private static final Path FOLDER = Path.of(System.getProperty("redis-sql.root", ".."))
            .resolve("redis-sql-shell/src/test/resources/io/rediscalcite/shell/flights");

    /**
     * A query.
     *
     * @param line where it begins, from 1
     */
    record Query(int line, String sql) {}

    /** All scripts over the flights, by name. */
    static List<QuidemScript> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".iq"))
                    .sorted()
                    .map(QuidemScript::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The statements that make the same tables in DuckDB. */
    static List<String> duckDbTables() throws IOException {
        Path data = FOLDER.resolve("../../../../../../main/resources/io/rediscalcite/shell/nycflights13")
                .normalize();
        String script = Files.readString(FOLDER.resolve("duckdb-views.sql")).replace("${dir}", data.toString());
        return Stream.of(script.split(";")).filter(sql -> !sql.isBlank()).toList();
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        StringBuilder sql = new StringBuilder();
        boolean inRows = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("!")) {
                inRows = false;
            } else if (!inRows && !(sql.isEmpty() && (line.isBlank() || line.startsWith("#")))) {
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    String text = sql.substring(0, sql.length() - 2);
                    queries.add(new Query(
                            i + 1 - (int) text.chars().filter(c -> c == '\n').count(), text));
                    sql.setLength(0);
                    inRows = true;
                }
            }
        }
        return queries;
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
