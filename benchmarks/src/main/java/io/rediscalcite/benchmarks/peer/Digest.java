package io.rediscalcite.benchmarks.peer;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** Rows, and the sum of all their integers: enough to see that two contenders read the same. {@code polars_peer.py} makes the same. */
public final class Digest {
    private long rows;
    private long sum;

    /** Adds a row that has this integer. */
    public void row(long integer) {
        rows++;
        sum += integer;
    }

    /** Reads all rows, every column by the getter of its type, as a program would that uses them. */
    public static String of(ResultSet result) throws SQLException {
        Digest digest = new Digest();
        ResultSetMetaData columns = result.getMetaData();
        int[] types = new int[columns.getColumnCount()];
        for (int i = 0; i < types.length; i++) {
            types[i] = columns.getColumnType(i + 1);
        }
        while (result.next()) {
            long integers = 0;
            for (int i = 0; i < types.length; i++) {
                switch (types[i]) {
                    case Types.BIGINT, Types.INTEGER -> integers += result.getLong(i + 1);
                    // A sum of integers, as PostgreSQL types it.
                    case Types.DECIMAL ->
                        integers += result.getBigDecimal(i + 1).longValueExact();
                    case Types.DOUBLE -> result.getDouble(i + 1);
                    case Types.BOOLEAN -> result.getBoolean(i + 1);
                    case Types.VARCHAR -> result.getString(i + 1);
                    default -> result.getObject(i + 1);
                }
            }
            digest.row(integers);
        }
        return digest.toString();
    }

    /** The integer that {@code length} bytes from {@code start} spell. */
    public static long integer(byte[] buffer, int start, int length) {
        long value = 0;
        for (int i = start; i < start + length; i++) {
            value = value * 10 + (buffer[i] - '0');
        }
        return value;
    }

    @Override
    public String toString() {
        return rows + " rows, sum " + sum;
    }
}
