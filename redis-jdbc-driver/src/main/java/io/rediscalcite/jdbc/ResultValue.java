package io.rediscalcite.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;

/**
 * A value of a result, never null: from Calcite's inner form to what Java asks for.
 *
 * <p>The methods throw an {@link ArithmeticException} where the value is out of range, an {@link IllegalArgumentException} or
 * {@link java.time.DateTimeException} where it can't be read as what is asked for.
 *
 * @param type of {@link Types}: says what the value is where its Java class doesn't, as with the days of a DATE
 */
record ResultValue(Object value, int type) {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    /** Text as PostgreSQL writes it, but for bytes: plain hexadecimal. */
    String text() {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return switch (type) {
            case Types.DATE -> date().toString();
            case Types.TIME -> TIME.format(time());
            case Types.TIMESTAMP ->
                dateTime().toLocalDate() + " " + TIME.format(dateTime().toLocalTime());
            default -> value.toString();
        };
    }

    boolean bool() {
        if (value instanceof Boolean bool) {
            return bool;
        }
        if (value instanceof Number number && !isTemporal()) {
            return number.doubleValue() != 0;
        }
        return switch (text().trim().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    /** The number without its fraction; in range from {@code least} to {@code most}. */
    long integer(long least, long most) {
        long integer;
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            integer = ((Number) value).longValue();
        } else {
            integer = decimal().setScale(0, RoundingMode.DOWN).longValueExact();
        }
        if (integer < least || integer > most) {
            throw new ArithmeticException("out of range");
        }
        return integer;
    }

    double floating() {
        if (value instanceof Number number && !isTemporal()) {
            return number.doubleValue();
        }
        return value instanceof Boolean bool ? (bool ? 1 : 0) : Double.parseDouble(text().trim());
    }

    BigDecimal decimal() {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Boolean bool) {
            return bool ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(text().trim());
    }

    byte[] bytes() {
        return value instanceof ByteString bytes ? bytes.getBytes() : text().getBytes(StandardCharsets.UTF_8);
    }

    private boolean isTemporal() {
        return type == Types.DATE || type == Types.TIME || type == Types.TIMESTAMP;
    }

    LocalDate date() {
        return switch (type) {
            case Types.DATE -> LocalDate.ofEpochDay(((Number) value).longValue());
            case Types.TIMESTAMP -> dateTime().toLocalDate();
            default -> dateTime().toLocalDate();
        };
    }

    LocalTime time() {
        return switch (type) {
            case Types.TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000);
            case Types.TIMESTAMP -> dateTime().toLocalTime();
            default -> LocalTime.parse(text().trim());
        };
    }

    LocalDateTime dateTime() {
        return switch (type) {
            case Types.TIMESTAMP -> {
                long millis = ((Number) value).longValue();
                yield LocalDateTime.ofEpochSecond(
                        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
            }
            case Types.DATE -> date().atStartOfDay();
            case Types.TIME -> LocalDate.EPOCH.atTime(time());
            default -> {
                String text = text().trim().replace(' ', 'T');
                yield text.indexOf('T') < 0 ? LocalDate.parse(text).atStartOfDay() : LocalDateTime.parse(text);
            }
        };
    }

    /** The object that {@link java.sql.ResultSet#getObject(int)} gives: the JDBC class of the type. */
    Object object(ZoneId calendar) {
        return switch (type) {
            case Types.DATE -> sqlDate(calendar);
            case Types.TIME -> sqlTime(calendar);
            case Types.TIMESTAMP -> timestamp(calendar);
            case Types.BINARY, Types.VARBINARY -> bytes();
            default -> value;
        };
    }

    Date sqlDate(ZoneId calendar) {
        return new Date(date().atStartOfDay(calendar).toInstant().toEpochMilli());
    }

    Time sqlTime(ZoneId calendar) {
        return new Time(
                LocalDate.EPOCH.atTime(time()).atZone(calendar).toInstant().toEpochMilli());
    }

    Timestamp timestamp(ZoneId calendar) {
        return Timestamp.from(dateTime().atZone(calendar).toInstant());
    }

    /**
     * The value as a {@code wanted}.
     *
     * @param calendar zone of {@code java.sql} dates and times
     * @param database zone of the database's timestamps
     */
    @SuppressWarnings("JavaUtilDate") // JDBC asks for it.
    Object as(Class<?> wanted, ZoneId calendar, ZoneId database) {
        if (wanted == String.class) {
            return text();
        } else if (wanted == Boolean.class) {
            return bool();
        } else if (wanted == Byte.class) {
            return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE);
        } else if (wanted == Short.class) {
            return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (wanted == Integer.class) {
            return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (wanted == Long.class) {
            return integer(Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (wanted == Float.class) {
            return (float) floating();
        } else if (wanted == Double.class) {
            return floating();
        } else if (wanted == BigDecimal.class) {
            return decimal();
        } else if (wanted == BigInteger.class) {
            return decimal().toBigInteger();
        } else if (wanted == byte[].class) {
            return bytes();
        } else if (wanted == LocalDate.class) {
            return date();
        } else if (wanted == LocalTime.class) {
            return time();
        } else if (wanted == LocalDateTime.class) {
            return dateTime();
        } else if (wanted == Instant.class) {
            return dateTime().atZone(database).toInstant();
        } else if (wanted == OffsetDateTime.class) {
            return dateTime().atZone(database).toOffsetDateTime();
        } else if (wanted == ZonedDateTime.class) {
            return dateTime().atZone(database);
        } else if (wanted == Date.class) {
            return sqlDate(calendar);
        } else if (wanted == Time.class) {
            return sqlTime(calendar);
        } else if (wanted == Timestamp.class || wanted == java.util.Date.class) {
            return timestamp(calendar);
        } else if (wanted == UUID.class) {
            return UUID.fromString(text());
        }
        Object object = object(calendar);
        if (wanted.isInstance(object)) {
            return object;
        }
        throw new IllegalArgumentException("no conversion");
    }
}
