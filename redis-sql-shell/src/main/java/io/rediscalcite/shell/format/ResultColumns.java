package io.rediscalcite.shell.format;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a result, ready to read its rows as text.
 *
 * @param labels as the query named them
 */
record ResultColumns(List<String> labels, List<CellReader> cells) {
    ResultColumns {
        labels = List.copyOf(labels);
        cells = List.copyOf(cells);
    }

    static ResultColumns of(ResultSet rows) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        List<String> labels = new ArrayList<>();
        List<CellReader> cells = new ArrayList<>();
        for (int column = 1; column <= metaData.getColumnCount(); column++) {
            labels.add(metaData.getColumnLabel(column));
            cells.add(new CellReader(column, metaData.getColumnType(column)));
        }
        return new ResultColumns(labels, cells);
    }

    int size() {
        return labels.size();
    }

    boolean isNumber(int column) {
        return cells.get(column).kind() == CellReader.Kind.NUMBER;
    }

    /** The current row; null stands for NULL. */
    @Nullable
    String[] read(ResultSet rows) throws SQLException {
        @Nullable String[] row = new String[cells.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = cells.get(i).read(rows);
        }
        return row;
    }
}
