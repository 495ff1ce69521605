package io.rediscalcite.shell.format;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How rows are written; the names are those of {@code --format}. */
public enum OutputFormat {
    /** A table with borders, for people. */
    TABLE(TableFormat::write, true),
    /** RFC 4180 with a header, but lines end with a line feed. NULL is empty, an empty text is {@code ""}. */
    CSV(CsvFormat::write, false),
    /** One array of objects. Numbers keep all their digits. */
    JSON(JsonFormat::write, false),
    /** One line a column, for wide rows. */
    VERTICAL(VerticalFormat::write, true);

    /** Writes all rows that are left in a result. */
    @FunctionalInterface
    private interface RowWriter {
        long write(ResultSet rows, Writer out) throws SQLException, IOException;
    }

    private final RowWriter writer;
    private final boolean forPeople;

    OutputFormat(RowWriter writer, boolean forPeople) {
        this.writer = writer;
        this.forPeople = forPeople;
    }

    /** Whether a person is to read it, so that counts of rows may stand among the output. */
    public boolean forPeople() {
        return forPeople;
    }

    /**
     * Writes the rows of a result as they come, holding a bounded number of them.
     *
     * @return how many
     */
    public long write(ResultSet rows, Writer out) throws SQLException, IOException {
        return writer.write(rows, out);
    }
}
