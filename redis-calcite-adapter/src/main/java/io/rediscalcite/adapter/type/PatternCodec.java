package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.ColumnType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DATE, TIME or TIMESTAMP in the model's own pattern. */
final class PatternCodec implements Codec {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private final ColumnType.Kind kind;
    private final DateTimeFormatter formatter;
    private final ZoneId zone;

    PatternCodec(ColumnType.Kind kind, DateTimeFormatter formatter, ZoneId zone) {
        this.kind = kind;
        this.formatter = formatter;
        this.zone = zone;
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        return decode(Text.decode(buffer, offset, length));
    }

    @Override
    public Object decode(String text) {
        TemporalAccessor read = read(text);
        return switch (kind) {
            case DATE -> TemporalRange.checkDay(LocalDate.from(read).toEpochDay());
            case TIME -> millis(LocalTime.from(read));
            default -> timestamp(read);
        };
    }

    private TemporalAccessor read(String text) {
        try {
            return formatter.parse(text.strip());
        } catch (DateTimeException notInThisPattern) {
            throw new BadValueException("isn't a " + kind + " in the column's format");
        }
    }

    private long timestamp(TemporalAccessor read) {
        LocalDate day = LocalDate.from(read);
        @Nullable LocalTime time = read.query(TemporalQueries.localTime());
        @Nullable ZoneId written = read.query(TemporalQueries.zone());
        // The offset may bring the day before the first or behind the last one into range; farther days may overflow.
        if (!TemporalRange.isDay(day.toEpochDay() - 1) && !TemporalRange.isDay(day.toEpochDay() + 1)) {
            throw TemporalRange.outside("TIMESTAMP");
        }
        int milli = time == null ? 0 : millis(time);
        ZonedDateTime moment = day.atTime(LocalTime.ofNanoOfDay((long) milli * NANOS_PER_MILLI))
                .atZone(written == null ? zone : written);
        return TemporalRange.checkMilli(moment.toInstant().toEpochMilli());
    }

    private int millis(LocalTime time) {
        if (time.toNanoOfDay() % NANOS_PER_MILLI != 0) {
            throw IsoText.finerThanMillis(kind.name());
        }
        return time.get(ChronoField.MILLI_OF_DAY);
    }

    @Override
    public byte[] encode(Object value) {
        long internal = ((Number) value).longValue();
        String text = formatter.format(moment(internal));
        if (((Number) decode(text)).longValue() != internal) {
            throw new BadValueException("can't be written in the column's format without loss");
        }
        return Text.encode(text);
    }

    private ZonedDateTime moment(long internal) {
        return switch (kind) {
            case DATE -> LocalDate.ofEpochDay(TemporalRange.checkDay(internal)).atStartOfDay(ZoneOffset.UTC);
            case TIME -> {
                if (!TemporalRange.isMilliOfDay(internal)) {
                    throw new BadValueException("is no time of a day");
                }
                yield LocalTime.ofNanoOfDay(internal * NANOS_PER_MILLI)
                        .atDate(LocalDate.EPOCH)
                        .atZone(ZoneOffset.UTC);
            }
            default -> Instant.ofEpochMilli(TemporalRange.checkMilli(internal)).atZone(zone);
        };
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return TemporalRange.encodeOperand(value, this);
    }
}
