package io.rediscalcite.shell.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.rediscalcite.shell.TextOutput;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A new file of rows that weren't written, which can be loaded again. */
final class FailedRows implements AutoCloseable {
    /** Escapes what isn't ASCII: half a character, which JSON can have as an escape, has no bytes. */
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Writer out;
    private final boolean csv;
    private final List<String> columns;

    FailedRows(Path file, boolean csv, List<String> columns) throws IOException {
        this.out = new TextOutput(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        this.csv = csv;
        this.columns = columns;
        if (csv) {
            write(columns.toArray(new String[0]));
        }
    }

    void add(RowSource.Row row) throws IOException {
        write(row.values());
    }

    private void write(String[] values) throws IOException {
        StringWriter line = new StringWriter();
        if (csv) {
            try (CsvWriter writer = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .quoteStrategy(QuoteStrategies.EMPTY)
                    .build(line)) {
                writer.writeRecord(values);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        } else {
            try (JsonGenerator json = FACTORY.createGenerator(line)) {
                json.writeStartObject();
                for (int i = 0; i < values.length; i++) {
                    if (values[i] != null) {
                        json.writeStringField(columns.get(i), values[i]);
                    }
                }
                json.writeEndObject();
            }
            line.write('\n');
        }
        out.write(line.toString());
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
