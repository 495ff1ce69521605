package io.rediscalcite.adapter.type;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/** The days that a DATE and a TIMESTAMP can name: years 0001 to 9999, as in standard SQL. */
final class TemporalRange {
    static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    static final long FIRST_MILLI = FIRST_DAY * IsoText.MILLIS_PER_DAY;
    static final long LAST_MILLI = (LAST_DAY + 1) * IsoText.MILLIS_PER_DAY - 1;

    private TemporalRange() {}

    static boolean isDay(long day) {
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    static boolean isMilli(long millis) {
        return millis >= FIRST_MILLI && millis <= LAST_MILLI;
    }

    static boolean isMilliOfDay(long millis) {
        return millis >= 0 && millis < IsoText.MILLIS_PER_DAY;
    }

    /** @throws BadValueException if the instant is outside */
    static long checkMilli(long millis) {
        if (!isMilli(millis)) {
            throw outside("TIMESTAMP");
        }
        return millis;
    }

    /** @throws BadValueException if the day is outside */
    static int checkDay(long day) {
        if (!isDay(day)) {
            throw outside("DATE");
        }
        return (int) day;
    }

    static BadValueException outside(String typeName) {
        return new BadValueException("is outside the years 0001 to 9999 of a " + typeName);
    }

    /** The encoding of a temporal operand in Calcite's internal form, whole days or milliseconds; empty if it has none. */
    static Optional<byte[]> encodeOperand(Object value, Codec codec) {
        OptionalLong exact = Operands.exactLong(value);
        if (exact.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.encode(exact.getAsLong()));
        } catch (BadValueException notInTheColumn) {
            return Optional.empty();
        }
    }
}
