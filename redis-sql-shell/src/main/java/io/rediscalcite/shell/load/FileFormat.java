package io.rediscalcite.shell.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a file to be loaded is, by the end of its name. */
public enum FileFormat {
    /** RFC 4180 with a header. An empty field is NULL, {@code ""} is an empty text. */
    CSV(".csv"),
    /** One array of objects, or objects one behind the other. */
    JSON(".json"),
    /** An object a line. */
    JSONL(".jsonl");

    private final String ending;

    FileFormat(String ending) {
        this.ending = ending;
    }

    /** @throws IllegalArgumentException if the name has none of the endings */
    public static FileFormat of(Path file) {
        for (FileFormat format : values()) {
            if (name(file).toLowerCase(Locale.ROOT).endsWith(format.ending)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "can't tell what " + file + " is: its name should end with .csv, .json or .jsonl");
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The file's rows, to be closed. */
    public RowSource open(Path file) throws IOException {
        return this == CSV ? CsvRows.open(file) : JsonRows.open(file, JsonRows.names(file));
    }

    /** Where rows of {@code file} that failed are put: {@code users.failed.csv} beside {@code users.csv}. */
    public Path failedOf(Path file) {
        String name = name(file);
        String stem = name.substring(0, name.length() - ending.length());
        return file.resolveSibling(stem + ".failed" + failed().ending);
    }

    /** The format of a file of failed rows. */
    FileFormat failed() {
        return this == CSV ? CSV : JSONL;
    }

    /** A new file for rows of these columns. */
    FailedRows create(Path file, List<String> columns) throws IOException {
        return new FailedRows(file, this == CSV, columns);
    }
}
