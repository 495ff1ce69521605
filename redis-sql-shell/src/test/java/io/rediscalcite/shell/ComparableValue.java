package io.rediscalcite.shell;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** A value of two databases that may give it by other Java classes, as text that is equal where the values are. */
record ComparableValue(@Nullable String text) {
    /** A double is a sum in any order, so that its last digits differ. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(11);

    static ComparableValue read(ResultSet rows, int column) throws SQLException {
        return new ComparableValue(text(rows, column));
    }

    private static @Nullable String text(ResultSet rows, int column) throws SQLException {
        Calendar utc = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        Object value = rows.getObject(column);
        if (value == null) {
            return null;
        }
        if (rows.getMetaData().getColumnType(column) == Types.TIMESTAMP) {
            Timestamp timestamp = rows.getTimestamp(column, utc);
            return timestamp
                    .toInstant()
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDateTime()
                    .toString();
        }
        if (value instanceof Date) {
            return LocalDate.ofEpochDay(Math.floorDiv(rows.getDate(column, utc).getTime(), 86_400_000L))
                    .toString();
        }
        if (value instanceof Time) {
            return LocalTime.ofNanoOfDay(rows.getTime(column, utc).getTime() * 1_000_000L)
                    .toString();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? plain(new BigDecimal(number).round(DOUBLE_DIGITS)) : value.toString();
        }
        if (value instanceof Number) {
            return plain(new BigDecimal(value.toString()));
        }
        return value.toString();
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return String.valueOf(text);
    }
}
