package io.rediscalcite.adapter.type;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * REAL and DOUBLE as text: the fewest digits that are read back as the same number, laid out as ECMAScript and RFC 8785 do
 * ({@code 5}, {@code 0.1}, {@code 1e+21}, {@code 1e-7}).
 *
 * <p>{@link Double#toString} has more digits than needed before Java 19, so the text of one number would depend on the
 * Java version, and with it the key that a lookup asks for.
 */
public final class FloatingText {
    private static final int DOUBLE_DIGITS = 17;
    private static final int FLOAT_DIGITS = 9;
    /** Two decimals of so many digits are never the same number, so a text this short can't be shortened. */
    private static final int DISTINCT_DOUBLE_DIGITS = 15;

    private static final int DISTINCT_FLOAT_DIGITS = 6;
    private static final int LAST_PLAIN_EXPONENT = 21;
    private static final int FIRST_PLAIN_EXPONENT = -6;

    private FloatingText() {}

    public static String of(double value) {
        if (!Double.isFinite(value) || value == 0) {
            return special(value);
        }
        BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        boolean shortest = printed.precision() <= DISTINCT_DOUBLE_DIGITS && Math.abs(value) >= Double.MIN_NORMAL;
        return layOut(
                shortest
                        ? printed
                        : shortest(new BigDecimal(value), DOUBLE_DIGITS, decimal -> decimal.doubleValue() == value));
    }

    static String of(float value) {
        if (!Float.isFinite(value) || value == 0) {
            return special(value);
        }
        BigDecimal printed = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        boolean shortest = printed.precision() <= DISTINCT_FLOAT_DIGITS && Math.abs(value) >= Float.MIN_NORMAL;
        return layOut(
                shortest
                        ? printed
                        : shortest(new BigDecimal(value), FLOAT_DIGITS, decimal -> decimal.floatValue() == value));
    }

    private static String special(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        return Double.toString(value);
    }

    private static BigDecimal shortest(BigDecimal exact, int digits, Predicate<BigDecimal> same) {
        BigDecimal best = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        for (int fewer = digits - 1; fewer > 0; fewer--) {
            BigDecimal down = exact.round(new MathContext(fewer, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(fewer, RoundingMode.UP));
            boolean downIsNearer =
                    exact.subtract(down).abs().compareTo(up.subtract(exact).abs()) <= 0;
            BigDecimal near = downIsNearer ? down : up;
            BigDecimal far = downIsNearer ? up : down;
            if (same.test(near)) {
                best = near;
            } else if (same.test(far)) {
                best = far;
            } else {
                break;
            }
        }
        return best.stripTrailingZeros();
    }

    private static String layOut(BigDecimal decimal) {
        String digits = decimal.unscaledValue().abs().toString();
        int point = digits.length() - decimal.scale();
        StringBuilder text = new StringBuilder();
        if (decimal.signum() < 0) {
            text.append('-');
        }
        if (point > LAST_PLAIN_EXPONENT || point <= FIRST_PLAIN_EXPONENT) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append('e').append(point > 0 ? "+" : "").append(point - 1);
        } else if (point <= 0) {
            text.append("0.").append("0".repeat(-point)).append(digits);
        } else if (point >= digits.length()) {
            text.append(digits).append("0".repeat(point - digits.length()));
        } else {
            text.append(digits, 0, point).append('.').append(digits, point, digits.length());
        }
        return text.toString();
    }
}
