package io.rediscalcite.shell.load;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of a CSV file, whose first line names the columns. */
final class CsvRows implements RowSource {
    /** A line's fields; an empty one without quotes is null. */
    private static final class Fields extends AbstractBaseCsvCallbackHandler<Row> {
        private final List<@Nullable String> fields = new ArrayList<>();
        /** How many quotes the fields so far have in the file, if all are closed. */
        private long quotes;

        @Override
        protected void handleBegin(long startingLineNumber) {
            fields.clear();
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
            quotes += quoted ? 2 : 0;
            for (int i = offset; i < offset + length; i++) {
                quotes += buffer[i] == ByteText.QUOTE ? quoted ? 2 : 1 : 0;
            }
        }

        @Override
        protected void handleEmpty() {
            fields.clear();
            fields.add(null);
        }

        @Override
        protected Row buildRecord() {
            return new Row(getStartingLineNumber(), fields.toArray(new @Nullable String[0]));
        }
    }

    private final ByteText text;
    private final Fields fields = new Fields();
    private final CsvReader<Row> reader;
    private final CloseableIterator<Row> rows;
    private List<String> columns = List.of();

    private CsvRows(ByteText text) {
        this.text = text;
        this.reader = CsvReader.builder()
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .build(fields, text);
        this.rows = reader.iterator();
    }

    static CsvRows open(Path file) throws IOException {
        CsvRows rows = new CsvRows(new ByteText(Files.newInputStream(file)));
        try {
            rows.columns = rows.header();
            return rows;
        } catch (IOException | RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private List<String> header() throws IOException {
        Row header = read();
        if (header == null) {
            throw new MalformedFileException(1, "the file is empty: its first line should name the columns");
        }
        List<String> names = new ArrayList<>();
        for (String field : header.values()) {
            String name = Objects.requireNonNullElse(field, "");
            if (name.isEmpty()) {
                throw new MalformedFileException(1, "column " + (names.size() + 1) + " has no name");
            }
            if (names.stream().anyMatch(name::equalsIgnoreCase)) {
                throw new MalformedFileException(1, "the column '" + name + "' is there twice");
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() throws IOException {
        Row row = read();
        while (row != null && columns.size() > 1 && isBlank(row)) {
            row = read();
        }
        if (row != null && row.values().length != columns.size()) {
            throw new MalformedFileException(
                    row.line(),
                    "expected " + columns.size() + " fields (" + String.join(", ", columns) + "), but found "
                            + row.values().length);
        }
        return row;
    }

    private static boolean isBlank(Row row) {
        return Arrays.equals(row.values(), new @Nullable String[] {null});
    }

    private @Nullable Row read() throws IOException {
        try {
            Row row = rows.hasNext() ? rows.next() : null;
            // Behind a quote that is never closed the whole file would be one field.
            if (row != null && !rows.hasNext() && fields.quotes != text.quotes()) {
                throw new MalformedFileException(row.line(), "a quote is never closed");
            }
            return row;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException malformed) {
            throw new MalformedFileException(0, String.valueOf(malformed.getMessage()));
        }
    }

    @Override
    public long bytesRead() {
        return text.count();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
