package io.rediscalcite.shell.format;

import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with borders. Columns are as wide as the header and the first rows need, so that a result of any length starts
 * to show at once; a longer value further down just sticks out. Numbers stand at the right; a value of several lines, as
 * that of EXPLAIN, takes several lines.
 */
final class TableFormat {
    /** How many rows are held to find the widths. */
    private static final int MEASURED_ROWS = 1000;

    private final ResultColumns columns;
    private final int[] widths;
    private final Writer out;

    private TableFormat(ResultColumns columns, Writer out) {
        this.columns = columns;
        this.widths = new int[columns.size()];
        this.out = out;
    }

    static long write(ResultSet rows, Writer out) throws SQLException, IOException {
        return new TableFormat(ResultColumns.of(rows), out).write(rows);
    }

    private long write(ResultSet rows) throws SQLException, IOException {
        List<String[][]> measured = new ArrayList<>();
        while (measured.size() < MEASURED_ROWS && rows.next()) {
            measured.add(lines(columns.read(rows)));
        }
        String[][] header = lines(columns.labels().toArray(new @Nullable String[0]));
        measure(header);
        measured.forEach(this::measure);

        border();
        row(header, true);
        border();
        for (String[][] row : measured) {
            row(row, false);
        }
        long count = measured.size();
        measured.clear();
        for (; rows.next(); count++) {
            row(lines(columns.read(rows)), false);
        }
        if (count > 0) {
            border();
        }
        return count;
    }

    private static String[][] lines(@Nullable String[] row) {
        String[][] cells = new String[row.length][];
        for (int i = 0; i < row.length; i++) {
            String text = row[i];
            cells[i] = text == null
                    ? new String[] {"NULL"}
                    : TextWidth.printable(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text)
                            .split("\n", -1);
        }
        return cells;
    }

    private void measure(String[][] row) {
        for (int i = 0; i < row.length; i++) {
            for (String line : row[i]) {
                widths[i] = Math.max(widths[i], TextWidth.of(line));
            }
        }
    }

    private void border() throws IOException {
        StringBuilder line = new StringBuilder("+");
        for (int width : widths) {
            line.append("-".repeat(width + 2)).append("+");
        }
        out.write(line.append('\n').toString());
    }

    private void row(String[][] cells, boolean header) throws IOException {
        int height = Arrays.stream(cells).mapToInt(cell -> cell.length).max().orElse(1);
        for (int line = 0; line < height; line++) {
            StringBuilder text = new StringBuilder("|");
            for (int i = 0; i < cells.length; i++) {
                String cell = line < cells[i].length ? cells[i][line] : "";
                String blanks = " ".repeat(Math.max(0, widths[i] - TextWidth.of(cell)));
                boolean right = columns.isNumber(i) && !header;
                text.append(' ').append(right ? blanks + cell : cell + blanks).append(" |");
            }
            out.write(text.append('\n').toString());
        }
    }
}
