package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.type.FloatingText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Numbers as texts of JSON that a document keeps exactly.
 *
 * <p>A document holds integers of 64 bits, and doubles. Its server reads a double's text in two steps that each round, the digits
 * and then a power of ten, and so misses one in some of those with 16 digits or more by its last bit. Texts with a few more digits
 * hit the same double either way: by these steps, and by a reader without that fault.
 */
final class JsonNumber {
    /** The powers of ten that a double has. */
    private static final int LARGEST_POWER = 308;
    /** The server takes so many bits of digits, and leaves out those behind. */
    private static final int DIGIT_BITS = 64;

    private static final int MOST_DIGITS = 20;

    private static final int FEWEST_DIGITS = 16;
    private static final int STEPS = 16;

    private JsonNumber() {}

    /** A decimal number; empty where a document can't have it to its last digit. */
    static Optional<String> ofDecimal(String text) {
        BigDecimal exact = new BigDecimal(text);
        if (exact.scale() <= 0 && exact.toBigInteger().bitLength() < Long.SIZE) {
            return Optional.of(text);
        }
        double closest = exact.doubleValue();
        boolean same = Double.isFinite(closest) && new BigDecimal(FloatingText.of(closest)).compareTo(exact) == 0;
        return same ? ofDouble(closest) : Optional.empty();
    }

    /** A finite double; empty where no text was found that the server reads as it. */
    static Optional<String> ofDouble(double value) {
        String shortest = FloatingText.of(value);
        if (isRead(shortest, value)) {
            return Optional.of(shortest);
        }
        BigDecimal magnitude = new BigDecimal(Math.abs(value));
        for (int digits = FEWEST_DIGITS; digits <= MOST_DIGITS; digits++) {
            BigDecimal rounded = magnitude.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            BigInteger halfUlp = new BigDecimal(Math.ulp(value) / 2)
                    .movePointRight(rounded.scale())
                    .toBigInteger();
            for (int step = -STEPS; step <= STEPS; step++) {
                BigInteger offset = halfUlp.multiply(BigInteger.valueOf(step)).divide(BigInteger.valueOf(STEPS));
                String text = (value < 0 ? "-" : "") + rounded.unscaledValue().add(offset) + "e" + -rounded.scale();
                if (isRead(text, value)) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the text is the value to a reader without fault, and to the server. */
    private static boolean isRead(String text, double value) {
        return Double.parseDouble(text) == value && readByServer(text) == value;
    }

    /** What the server makes of the text; NaN where that isn't known. */
    private static double readByServer(String text) {
        BigDecimal number = new BigDecimal(text);
        int exponent = -number.scale();
        if (number.unscaledValue().bitLength() > DIGIT_BITS || exponent > LARGEST_POWER) {
            return Double.NaN;
        }
        double read = number.unscaledValue().abs().doubleValue();
        while (exponent < -LARGEST_POWER) {
            read /= 1e308;
            exponent += LARGEST_POWER;
        }
        double power = Double.parseDouble("1e" + Math.abs(exponent));
        read = exponent < 0 ? read / power : read * power;
        return number.signum() < 0 ? -read : read;
    }
}
