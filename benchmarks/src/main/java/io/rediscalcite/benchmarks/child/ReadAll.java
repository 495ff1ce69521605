package io.rediscalcite.benchmarks.child;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** Reads all users, and tells after the first, after a tenth of them and at the end: seconds, a blank, MiB of live heap. */
public final class ReadAll {
    private ReadAll() {}

    /**
     * Runs it.
     *
     * @param arguments the JDBC URL, and how many rows there are
     */
    public static void main(String[] arguments) throws SQLException {
        int expected = Integer.parseInt(arguments[1]);
        long start = System.nanoTime();
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM \"user\"")) {
            int columns = rows.getMetaData().getColumnCount();
            int count = 0;
            while (rows.next()) {
                if (count == 0) {
                    tell(start);
                }
                for (int column = 1; column <= columns; column++) {
                    rows.getObject(column);
                }
                if (++count == expected / 10) {
                    tell(start);
                }
            }
            if (count != expected) {
                throw new IllegalStateException(count + " rows came, not " + expected);
            }
            tell(start);
        }
    }

    private static void tell(long start) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.printf(Locale.ROOT, "%.3f %d%n", seconds, used >> 20);
    }
}
