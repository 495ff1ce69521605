package io.rediscalcite.adapter.model;

import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** How a DATE, TIME or TIMESTAMP is written where that isn't the type's own form: the {@code format} of a column. */
public sealed interface TemporalFormat {
    String EPOCH_SECONDS = "epoch_seconds";
    String EPOCH_MILLIS = "epoch_millis";

    /** A number of seconds or milliseconds since 1970-01-01T00:00:00Z. */
    enum Epoch implements TemporalFormat {
        SECONDS,
        MILLIS
    }

    /** A pattern of {@link DateTimeFormatter}; the formatter is strict, English, and takes {@code yyyy} as {@code uuuu}. */
    record Pattern(DateTimeFormatter formatter) implements TemporalFormat {}

    /**
     * Reads the {@code format} of a column.
     *
     * @throws IllegalArgumentException with a message for the user: the type has no formats, the pattern is malformed, or
     *     doesn't say which day or time it is
     */
    static TemporalFormat parse(String format, ColumnType.Kind kind) {
        boolean hasDate = kind == ColumnType.Kind.DATE || kind == ColumnType.Kind.TIMESTAMP;
        if (!hasDate && kind != ColumnType.Kind.TIME) {
            throw new IllegalArgumentException("the type " + kind + " has no format; DATE, TIME and TIMESTAMP have");
        }
        if (format.equals(EPOCH_SECONDS) || format.equals(EPOCH_MILLIS)) {
            if (!hasDate) {
                throw new IllegalArgumentException("'" + format + "' says a day, and a TIME has none");
            }
            return format.equals(EPOCH_SECONDS) ? Epoch.SECONDS : Epoch.MILLIS;
        }
        DateTimeFormatter formatter = formatter(format);
        TemporalAccessor sample = readBack(formatter, format);
        boolean complete = hasDate
                ? sample.query(TemporalQueries.localDate()) != null
                : sample.isSupported(ChronoField.MILLI_OF_DAY);
        if (!complete) {
            throw new IllegalArgumentException("'" + format + "' doesn't say which " + (hasDate ? "day" : "time of day")
                    + " it is, and a " + kind + " needs that");
        }
        return new Pattern(formatter);
    }

    private static DateTimeFormatter formatter(String format) {
        try {
            return new DateTimeFormatterBuilder()
                    .appendPattern(format)
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "'" + format + "' is neither " + EPOCH_SECONDS + " nor " + EPOCH_MILLIS
                            + " nor a pattern such as uuuu-MM-dd HH:mm:ss: " + malformed.getMessage(),
                    malformed);
        }
    }

    /** What can be read of a text that the formatter wrote; a formatter that can't read its own text is no use. */
    private static TemporalAccessor readBack(DateTimeFormatter formatter, String format) {
        try {
            return formatter.parse(formatter.format(ZonedDateTime.of(2021, 11, 28, 16, 5, 7, 0, ZoneOffset.UTC)));
        } catch (DateTimeException unreadable) {
            throw new IllegalArgumentException(
                    "'" + format + "' can't be read back: " + unreadable.getMessage(), unreadable);
        }
    }
}
