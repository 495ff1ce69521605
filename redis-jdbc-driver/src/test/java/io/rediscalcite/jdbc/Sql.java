package io.rediscalcite.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs SQL and gives rows as text: columns joined by {@code |}. */
final class Sql {
    private Sql() {}

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return rows(result);
        }
    }

    static List<String> rows(ResultSet result) throws SQLException {
        int width = result.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                row.add(String.valueOf(result.getString(i)));
            }
            rows.add(String.join("|", row));
        }
        return rows;
    }
}
