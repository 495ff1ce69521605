package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the narrowest type that holds every sampled text of one column. One instance a column, one thread.
 *
 * <p>BIGINT, DECIMAL, DOUBLE, BOOLEAN, DATE and TIMESTAMP are found, where no text has a form that would be lost: text with
 * leading zeros, a plus sign or blanks stays VARCHAR. 0 and 1 are integers, and NaN or infinities alone are text. Numbers are
 * DOUBLE only if a double gives their very digits back, otherwise DECIMAL. Dates mix with timestamps; nothing else mixes.
 */
public final class TypeInference {
    private static final Codec DATE = new DateCodec();
    private static final Codec TIMESTAMP = new TimestampCodec(ZoneOffset.UTC);
    private static final Codec DOUBLE = new FloatingCodec(false);
    private static final Codec BIGINT = new IntegerCodec(Kind.BIGINT);
    private static final Set<Kind> NUMBERS = EnumSet.of(Kind.BIGINT, Kind.DECIMAL, Kind.DOUBLE);
    private static final int EXACT_DIGITS = 15;
    /** What programs write to be sure that a double can be read back. */
    private static final int PRINTED_DIGITS = 17;
    /** Longer text is none of the types that are found. */
    private static final int LONGEST_VALUE = 400;

    private final boolean keyPart;
    private final Map<Kind, Integer> candidates = new EnumMap<>(Kind.class);
    private int samples;
    private int nulls;
    private int numbers;
    private int decimals;
    private int whole;
    private long integerDigits;
    private long fractionDigits;

    private TypeInference(boolean keyPart) {
        this.keyPart = keyPart;
    }

    /** For the values of a field, a path, or a key. */
    public static TypeInference ofValues() {
        return new TypeInference(false);
    }

    /** For a key part: of the types that write each value in one form alone, BIGINT and DATE are found. */
    public static TypeInference ofKeyPart() {
        return new TypeInference(true);
    }

    /**
     * A type for a column whose values fit {@code type}, and one of whose values is this text, which doesn't: of numbers, DECIMAL
     * where the integers have too many digits, otherwise DOUBLE; TIMESTAMP for a time among dates; VARCHAR for all else.
     */
    public static ColumnType wider(ColumnType type, byte[] text) {
        TypeInference one = ofValues();
        one.add(text);
        ColumnType own = one.result().type();
        boolean holdsBoth =
                switch (type.kind()) {
                    case TINYINT, SMALLINT, INTEGER, BIGINT -> NUMBERS.contains(own.kind());
                    case DATE -> own.kind() == Kind.TIMESTAMP;
                    default -> false;
                };
        return holdsBoth ? own : ColumnType.VARCHAR;
    }

    /** Adds a row's text; null for a row without one. */
    public void add(byte @Nullable [] text) {
        samples++;
        if (text == null) {
            nulls++;
            return;
        }
        count(Kind.VARCHAR);
        if (text.length == 0 || text.length > LONGEST_VALUE || hasLostForm(text)) {
            return;
        }
        NumberText number = NumberText.scan(text, 0, text.length);
        if (number != null) {
            addNumber(number, text);
        } else if (holds(DOUBLE, text)) {
            count(Kind.DOUBLE);
        } else if (isBoolean(text)) {
            count(Kind.BOOLEAN);
        } else if (holds(TIMESTAMP, text)) {
            count(Kind.TIMESTAMP);
            if (holds(DATE, text)) {
                count(Kind.DATE);
            }
        }
    }

    private void count(Kind kind) {
        candidates.merge(kind, 1, Integer::sum);
    }

    /** Blanks around the text, a plus sign, {@code -0}, and zeros in front of a digit. */
    private static boolean hasLostForm(byte[] text) {
        int first = text[0] == '-' ? 1 : 0;
        boolean zeroFirst = first < text.length && text[first] == '0';
        boolean digitSecond = first + 1 < text.length && text[first + 1] >= '0' && text[first + 1] <= '9';
        boolean minusZero = first == 1 && zeroFirst && text.length == 2;
        boolean blanks = Blanks.start(text, 0, text.length) > 0 || Blanks.end(text, 0, text.length) < text.length;
        boolean date = text.length >= "0001-01-01".length() && text[4] == '-';
        return blanks || text[0] == '+' || minusZero || (zeroFirst && digitSecond && !date);
    }

    private void addNumber(NumberText number, byte[] text) {
        boolean integer = holds(BIGINT, text);
        boolean exactDouble = isExactDouble(number, text);
        boolean plainDigits = number.end() == text.length && number.fractionDigits() == 0 && !hasPoint(text);
        numbers++;
        if (integer) {
            count(Kind.BIGINT);
        }
        if (plainDigits) {
            whole++;
        }
        if (number.fits(ColumnType.MAX_DECIMAL_PRECISION, (int)
                Math.min(number.fractionDigits(), ColumnType.MAX_DECIMAL_PRECISION))) {
            count(Kind.DECIMAL);
            decimals++;
            integerDigits = Math.max(integerDigits, number.integerDigits());
            fractionDigits = Math.max(fractionDigits, number.fractionDigits());
        }
        if (exactDouble) {
            count(Kind.DOUBLE);
        }
    }

    private static boolean hasPoint(byte[] text) {
        for (byte b : text) {
            if (b == '.') {
                return true;
            }
        }
        return false;
    }

    /** Whether a double gives the number's very digits back, written in the fewest digits or in as many as the number has. */
    private static boolean isExactDouble(NumberText number, byte[] text) {
        if (!holds(DOUBLE, text)) {
            return false;
        }
        if (number.digits() <= EXACT_DIGITS) {
            return true;
        }
        if (number.digits() <= PRINTED_DIGITS) {
            BigDecimal written = new BigDecimal(new String(text, StandardCharsets.US_ASCII));
            BigDecimal held = new BigDecimal(written.doubleValue());
            return held.round(new MathContext(number.digits(), RoundingMode.HALF_EVEN))
                            .compareTo(written)
                    == 0;
        }
        byte[] shortest = DOUBLE.encode(DOUBLE.decode(text, 0, text.length));
        NumberText read = NumberText.scan(shortest, 0, shortest.length);
        return read != null && sameDigits(read, shortest, number, text);
    }

    private static boolean sameDigits(NumberText one, byte[] oneText, NumberText other, byte[] otherText) {
        return one.digits() == other.digits()
                && one.exponent() == other.exponent()
                && one.significandDigits(oneText).equals(other.significandDigits(otherText));
    }

    private static boolean isBoolean(byte[] text) {
        String word = Text.decode(text);
        return word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false");
    }

    private static boolean holds(Codec codec, byte[] text) {
        try {
            codec.decode(text, 0, text.length);
            return true;
        } catch (BadValueException doesNotFit) {
            return false;
        }
    }

    /** What all samples so far say together. */
    public InferredType result() {
        int values = samples - nulls;
        return new InferredType(
                values == 0 ? ColumnType.VARCHAR : narrowest(values), samples, nulls, values, candidates);
    }

    private ColumnType narrowest(int values) {
        for (Kind kind : new Kind[] {Kind.BIGINT, Kind.DATE}) {
            if (holdsAll(kind, values)) {
                return ColumnType.of(kind);
            }
        }
        if (keyPart) {
            return ColumnType.VARCHAR;
        }
        if (numbers > 0 && holdsAll(Kind.DOUBLE, values) && whole < values) {
            return ColumnType.DOUBLE;
        }
        if (decimals == values && integerDigits + fractionDigits <= ColumnType.MAX_DECIMAL_PRECISION) {
            return ColumnType.decimal(ColumnType.MAX_DECIMAL_PRECISION, (int) fractionDigits);
        }
        for (Kind kind : new Kind[] {Kind.BOOLEAN, Kind.TIMESTAMP}) {
            if (holdsAll(kind, values)) {
                return ColumnType.of(kind);
            }
        }
        return ColumnType.VARCHAR;
    }

    private boolean holdsAll(Kind kind, int values) {
        return candidates.getOrDefault(kind, 0) == values;
    }
}
