package io.rediscalcite.shell.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Comma-separated values. */
final class CsvFormat {
    private CsvFormat() {}

    static long write(ResultSet rows, Writer out) throws SQLException, IOException {
        ResultColumns columns = ResultColumns.of(rows);
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(QuoteStrategies.EMPTY)
                .build(out);
        try {
            csv.writeRecord(columns.labels());
            long count = 0;
            for (; rows.next(); count++) {
                csv.writeRecord(columns.read(rows));
            }
            csv.flush();
            return count;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
