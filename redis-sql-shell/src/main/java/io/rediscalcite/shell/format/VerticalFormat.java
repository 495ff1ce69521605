package io.rediscalcite.shell.format;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One line a column, and a line with the row's number before each row. */
final class VerticalFormat {
    private VerticalFormat() {}

    static long write(ResultSet rows, Writer out) throws SQLException, IOException {
        ResultColumns columns = ResultColumns.of(rows);
        int width = columns.labels().stream().mapToInt(TextWidth::of).max().orElse(0);
        String indent = "\n" + " ".repeat(width + 3);
        long count = 0;
        while (rows.next()) {
            count++;
            out.write("-[ row " + count + " ]" + "-".repeat(Math.max(0, width + 20)) + "\n");
            @Nullable String[] row = columns.read(rows);
            for (int i = 0; i < row.length; i++) {
                String label = columns.labels().get(i);
                String text = row[i];
                out.write(label + " ".repeat(width - TextWidth.of(label)) + " | "
                        + (text == null ? "NULL" : TextWidth.printable(text).replace("\n", indent)) + "\n");
            }
        }
        return count;
    }
}
