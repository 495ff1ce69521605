package io.rediscalcite.adapter.type;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/** REAL and DOUBLE. */
final class FloatingCodec implements Codec {
    /** The powers of ten that are exact as double; so is a quotient or product with up to 15 digits, correctly rounded. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int EXACT_DIGITS = 15;
    private static final int LONGEST_SPECIAL = "-infinity".length();

    private final boolean single;

    FloatingCodec(boolean single) {
        this.single = single;
    }

    private String typeName() {
        return single ? "REAL" : "DOUBLE";
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        NumberText number = NumberText.scan(buffer, offset, length);
        if (single) {
            return number == null
                    ? (Object) (float) special(buffer, offset, length)
                    : parseFloat(number, buffer, offset, length);
        }
        return number == null ? special(buffer, offset, length) : parseDouble(number, buffer, offset, length);
    }

    private double parseDouble(NumberText number, byte[] buffer, int offset, int length) {
        if (number.digits() <= EXACT_DIGITS && Math.abs(number.exponent()) < EXACT_POWERS.length) {
            int exponent = (int) number.exponent();
            double magnitude = exponent < 0
                    ? number.significand() / EXACT_POWERS[-exponent]
                    : number.significand() * EXACT_POWERS[exponent];
            return number.negative() ? -magnitude : magnitude;
        }
        double value = Double.parseDouble(new String(buffer, offset, length, ISO_8859_1));
        return inRange(value, number);
    }

    private float parseFloat(NumberText number, byte[] buffer, int offset, int length) {
        float value = Float.parseFloat(new String(buffer, offset, length, ISO_8859_1));
        return (float) inRange(value, number);
    }

    private double inRange(double value, NumberText number) {
        if (Double.isInfinite(value) || (value == 0 && !number.isZero())) {
            throw new BadValueException("is out of range for " + typeName());
        }
        return value;
    }

    private double special(byte[] buffer, int offset, int length) {
        int start = Blanks.start(buffer, offset, offset + length);
        int end = Blanks.end(buffer, start, offset + length);
        String text = end - start > LONGEST_SPECIAL
                ? ""
                : new String(buffer, start, end - start, ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new BadValueException("isn't a " + typeName());
        };
    }

    @Override
    public byte[] encode(Object value) {
        Number number = (Number) value;
        return Text.encode(single ? FloatingText.of(number.floatValue()) : FloatingText.of(number.doubleValue()));
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        if (!(value instanceof Number number)) {
            throw Operands.wrongKind("a number", value);
        }
        double operand = single ? number.floatValue() : number.doubleValue();
        // Calcite keeps literals of these types as decimals; whole numbers and doubles must be exact.
        boolean literal = value instanceof BigDecimal || value instanceof BigInteger;
        boolean same = literal
                ? Double.isFinite(operand)
                : Double.isInfinite(operand)
                        ? number.doubleValue() == operand
                        : Operands.exactDecimal(value)
                                .filter(exact -> exact.compareTo(new BigDecimal(operand)) == 0)
                                .isPresent();
        // No number equals NaN, and 0 is the one zero that is written.
        return same ? Optional.of(encode(operand == 0 ? 0.0 : operand)) : Optional.empty();
    }
}
