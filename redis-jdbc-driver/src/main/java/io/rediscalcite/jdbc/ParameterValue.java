package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A parameter's value: from what Java sets to what generated code reads. */
final class ParameterValue {
    private ParameterValue() {}

    /**
     * {@code value} in Calcite's inner form for the parameter's type: DATE int days, TIME int ms, TIMESTAMP long ms, VARBINARY
     * {@link ByteString}, numbers as the type's own class.
     *
     * @param zone zone in which the database's timestamps are written
     * @throws SQLException 22P02 if the value isn't of the type and can't be made so
     */
    static @Nullable Object of(@Nullable Object value, AvaticaParameter parameter, int index, ZoneId zone)
            throws SQLException {
        if (value == null) {
            return null;
        }
        try {
            return convert(value, parameter.parameterType, zone);
        } catch (ArithmeticException | IllegalArgumentException | DateTimeException | RedisSqlException e) {
            throw SqlErrors.exception(
                    SqlState.BAD_VALUE,
                    "parameter " + index + " is of type " + parameter.typeName + "; "
                            + value.getClass().getSimpleName() + " '" + text(value) + "' doesn't fit",
                    e);
        }
    }

    private static Object convert(Object value, int type, ZoneId zone) {
        return switch (type) {
            case Types.BOOLEAN, Types.BIT -> bool(value);
            case Types.TINYINT -> decimal(value).byteValueExact();
            case Types.SMALLINT -> decimal(value).shortValueExact();
            case Types.INTEGER -> decimal(value).intValueExact();
            case Types.BIGINT -> decimal(value).longValueExact();
            case Types.REAL -> value instanceof Number number ? number.floatValue() : Float.parseFloat(text(value));
            case Types.FLOAT, Types.DOUBLE ->
                value instanceof Number number ? number.doubleValue() : Double.parseDouble(text(value));
            case Types.DECIMAL, Types.NUMERIC -> decimal(value);
            case Types.DATE ->
                Math.toIntExact(dateTime(value, zone).toLocalDate().toEpochDay());
            case Types.TIME -> (int) (time(value, zone).toNanoOfDay() / 1_000_000);
            case Types.TIMESTAMP -> millis(dateTime(value, zone));
            case Types.BINARY, Types.VARBINARY -> bytes(value);
            case Types.CHAR, Types.VARCHAR -> text(value);
            case Types.ARRAY -> value instanceof Object[] array ? List.of(array) : value;
            default -> plain(value, zone);
        };
    }

    /** For a parameter whose type the planner doesn't know. */
    private static Object plain(Object value, ZoneId zone) {
        if (value instanceof byte[]) {
            return bytes(value);
        }
        if (value instanceof Timestamp || value instanceof LocalDateTime) {
            return millis(dateTime(value, zone));
        }
        return value;
    }

    private static Boolean bool(Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number) {
            return decimal(number).signum() != 0;
        }
        return switch (text(value).trim().toLowerCase(java.util.Locale.ROOT)) {
            case "true", "t", "yes", "on", "1" -> true;
            case "false", "f", "no", "off", "0" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (value instanceof Long || value instanceof Integer) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(text(value).trim());
    }

    private static ByteString bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return new ByteString(bytes.clone());
        }
        if (value instanceof ByteString bytes) {
            return bytes;
        }
        return new ByteString(text(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static long millis(LocalDateTime dateTime) {
        return dateTime.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @SuppressWarnings("JavaUtilDate") // JDBC hands it in.
    private static LocalDateTime dateTime(Object value, ZoneId zone) {
        if (value instanceof LocalDateTime dateTime) {
            return dateTime;
        }
        if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        }
        if (value instanceof Date date) {
            return date.toLocalDate().atStartOfDay();
        }
        if (value instanceof Instant instant) {
            return LocalDateTime.ofInstant(instant, zone);
        }
        if (value instanceof OffsetDateTime dateTime) {
            return LocalDateTime.ofInstant(dateTime.toInstant(), zone);
        }
        if (value instanceof ZonedDateTime dateTime) {
            return LocalDateTime.ofInstant(dateTime.toInstant(), zone);
        }
        if (value instanceof java.util.Date date) {
            return new Timestamp(date.getTime()).toLocalDateTime();
        }
        if (value instanceof Calendar calendar) {
            return LocalDateTime.ofInstant(
                    calendar.toInstant(), calendar.getTimeZone().toZoneId());
        }
        String text = text(value).trim().replace(' ', 'T');
        return text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
    }

    @SuppressWarnings("JavaUtilDate") // JDBC hands it in.
    private static LocalTime time(Object value, ZoneId zone) {
        if (value instanceof LocalTime time) {
            return time;
        }
        if (value instanceof Time time) {
            // Time.toLocalTime would drop the milliseconds.
            return new Timestamp(time.getTime()).toLocalDateTime().toLocalTime().truncatedTo(ChronoUnit.MILLIS);
        }
        if (value instanceof Timestamp || value instanceof LocalDateTime) {
            return dateTime(value, zone).toLocalTime();
        }
        return LocalTime.parse(text(value).trim());
    }

    /** As text, as SQL would write it. */
    private static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return new ByteString(bytes).toString();
        }
        if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        if (value instanceof LocalDateTime dateTime) {
            return dateTime.toString().replace('T', ' ');
        }
        return value.toString();
    }

    /** The Java class that {@link java.sql.ResultSet#getObject(int)} gives for a type of {@link Types}. */
    static String className(int type) {
        Class<?> javaClass =
                switch (type) {
                    case Types.BOOLEAN, Types.BIT -> Boolean.class;
                    case Types.TINYINT -> Byte.class;
                    case Types.SMALLINT -> Short.class;
                    case Types.INTEGER -> Integer.class;
                    case Types.BIGINT -> Long.class;
                    case Types.REAL -> Float.class;
                    case Types.FLOAT, Types.DOUBLE -> Double.class;
                    case Types.DECIMAL, Types.NUMERIC -> BigDecimal.class;
                    case Types.DATE -> Date.class;
                    case Types.TIME -> Time.class;
                    case Types.TIMESTAMP -> Timestamp.class;
                    case Types.BINARY, Types.VARBINARY -> byte[].class;
                    case Types.CHAR, Types.VARCHAR -> String.class;
                    default -> Object.class;
                };
        return javaClass.getName();
    }
}
