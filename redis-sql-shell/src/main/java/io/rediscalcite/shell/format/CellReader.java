package io.rediscalcite.shell.format;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of a result as the text that every format shows: numbers with all their digits, dates and times in ISO
 * form as stored, whatever the zone of this computer is, bytes as {@code \x} and hexadecimal digits.
 */
final class CellReader {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    /** How a column's text is to be taken by a format. */
    enum Kind {
        NUMBER,
        BOOLEAN,
        TEXT,
        DATE,
        TIME,
        TIMESTAMP,
        BYTES
    }

    private final int column;
    private final int sqlType;
    private final Kind kind;
    private final Calendar utc = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);

    /**
     * @param column from 1
     * @param sqlType of {@link Types}
     */
    CellReader(int column, int sqlType) {
        this.column = column;
        this.sqlType = sqlType;
        this.kind = kindOf(sqlType);
    }

    Kind kind() {
        return kind;
    }

    /** The text in the current row; null for NULL. */
    @Nullable
    String read(ResultSet rows) throws SQLException {
        return switch (kind) {
            case NUMBER -> number(rows);
            case BOOLEAN -> {
                boolean value = rows.getBoolean(column);
                yield rows.wasNull() ? null : Boolean.toString(value);
            }
            case TEXT -> rows.getString(column);
            case DATE -> {
                Date value = rows.getDate(column, utc);
                yield value == null
                        ? null
                        : new Timestamp(value.getTime())
                                .toInstant()
                                .atOffset(ZoneOffset.UTC)
                                .toLocalDate()
                                .toString();
            }
            case TIME -> {
                Time value = rows.getTime(column, utc);
                yield value == null
                        ? null
                        : TIME.format(LocalTime.ofNanoOfDay(Math.floorMod(value.getTime(), 86_400_000L) * 1_000_000L));
            }
            case TIMESTAMP -> {
                Timestamp value = rows.getTimestamp(column, utc);
                yield value == null ? null : text(value);
            }
            case BYTES -> {
                byte[] value = rows.getBytes(column);
                yield value == null ? null : "\\x" + HexFormat.of().formatHex(value);
            }
        };
    }

    private @Nullable String number(ResultSet rows) throws SQLException {
        switch (sqlType) {
            case Types.REAL -> {
                float value = rows.getFloat(column);
                return rows.wasNull() ? null : plain(Float.toString(value));
            }
            case Types.FLOAT, Types.DOUBLE -> {
                double value = rows.getDouble(column);
                return rows.wasNull() ? null : plain(Double.toString(value));
            }
            case Types.DECIMAL, Types.NUMERIC -> {
                BigDecimal value = rows.getBigDecimal(column);
                return value == null ? null : value.toPlainString();
            }
            default -> {
                long value = rows.getLong(column);
                return rows.wasNull() ? null : Long.toString(value);
            }
        }
    }

    /** {@code 1.0E7} as {@code 10000000.0}; exponents stay where the digits would fill a line. */
    private static String plain(String number) {
        int exponent = number.indexOf('E');
        if (exponent < 0 || Math.abs(Integer.parseInt(number.substring(exponent + 1))) > 15) {
            return number;
        }
        String digits = new BigDecimal(number).toPlainString();
        return digits.contains(".") ? digits : digits + ".0";
    }

    private static String text(Timestamp value) {
        var moment = value.toInstant().atOffset(ZoneOffset.UTC);
        return moment.toLocalDate() + " " + TIME.format(moment.toLocalTime());
    }

    private static Kind kindOf(int sqlType) {
        return switch (sqlType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.NUMBER;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.DECIMAL, Types.NUMERIC -> Kind.NUMBER;
            case Types.BOOLEAN, Types.BIT -> Kind.BOOLEAN;
            case Types.DATE -> Kind.DATE;
            case Types.TIME -> Kind.TIME;
            case Types.TIMESTAMP -> Kind.TIMESTAMP;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> Kind.BYTES;
            default -> Kind.TEXT;
        };
    }
}
