package io.rediscalcite.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Joins, sums and looks up with nothing but JDBC, and ends by itself. */
public final class PlainProgram {
    private PlainProgram() {}

    /** Queries the database at URL {@code arguments[0]}. */
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT a.value, COUNT(*), AVG(f.delay), SUM(f.id)"
                            + " FROM flight f JOIN airline a ON a.id = f.carrier GROUP BY a.value ORDER BY a.value")) {
                while (result.next()) {
                    System.out.println(result.getString(1) + " " + result.getLong(2) + " " + result.getDouble(3) + " "
                            + result.getBigDecimal(4));
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT UPPER(value), JSON_VALUE('{\"a\": 1}', '$.a') FROM airline" + " WHERE _key = ?")) {
                statement.setString(1, "airline:B6");
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        System.out.println(result.getString(1) + " " + result.getString(2));
                    }
                }
            }
        }
    }
}
