package io.rediscalcite.adapter.type;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number scanned from ASCII text: {@code significand × 10^exponent}, without leading and trailing zeros.
 *
 * @param digits digits of the significand; 0 for zero
 * @param significand its value where it has at most {@link #LONG_DIGITS} digits, without the sign
 * @param start where the digits begin, behind blanks and sign
 * @param end where the digits and the point end
 */
record NumberText(boolean negative, int digits, long significand, long exponent, int start, int end) {
    /** As many digits as every long can hold. */
    static final int LONG_DIGITS = 18;

    private static final long MAX_EXPONENT = 1_000_000_000;

    /** The number in these bytes, blanks around it allowed; null if there is none. */
    static @Nullable NumberText scan(byte[] buffer, int offset, int length) {
        int at = Blanks.start(buffer, offset, offset + length);
        int limit = Blanks.end(buffer, at, offset + length);
        boolean negative = at < limit && buffer[at] == '-';
        if (at < limit && (buffer[at] == '-' || buffer[at] == '+')) {
            at++;
        }
        int start = at;
        int digits = 0;
        int zeros = 0;
        int seen = 0;
        int fraction = 0;
        long significand = 0;
        boolean point = false;
        for (; at < limit; at++) {
            int digit = buffer[at] - '0';
            if (digit >= 0 && digit <= 9) {
                seen++;
                fraction += point ? 1 : 0;
                if (digit == 0) {
                    zeros += digits == 0 ? 0 : 1;
                    continue;
                }
                digits += zeros + 1;
                if (digits <= LONG_DIGITS) {
                    significand = significand * POWERS[zeros + 1] + digit;
                }
                zeros = 0;
            } else if (buffer[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return null;
        }
        int end = at;
        long exponent = 0;
        if (at < limit) {
            if (buffer[at] != 'e' && buffer[at] != 'E') {
                return null;
            }
            at++;
            boolean down = at < limit && buffer[at] == '-';
            if (at < limit && (buffer[at] == '-' || buffer[at] == '+')) {
                at++;
            }
            if (at == limit) {
                return null;
            }
            for (; at < limit; at++) {
                int digit = buffer[at] - '0';
                if (digit < 0 || digit > 9) {
                    return null;
                }
                exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
            }
            exponent = down ? -exponent : exponent;
        }
        return new NumberText(negative, digits, significand, digits == 0 ? 0 : exponent - fraction + zeros, start, end);
    }

    private static final long[] POWERS = new long[LONG_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    boolean isZero() {
        return digits == 0;
    }

    /** Digits in front of the point; 0 or less for a number below 1. */
    long integerDigits() {
        return digits + exponent;
    }

    /** Digits behind the point that aren't trailing zeros. */
    long fractionDigits() {
        return Math.max(0, -exponent);
    }

    /** Whether DECIMAL(precision, scale) holds the number to its last digit. */
    boolean fits(int precision, int scale) {
        return isZero() || (fractionDigits() <= scale && integerDigits() <= precision - scale);
    }

    /**
     * The exact number, with {@code scale} digits behind the point. Call it only for a number that {@link #fits}, which
     * bounds the digits.
     *
     * @param buffer the bytes that were scanned
     */
    BigDecimal toBigDecimal(byte[] buffer, int scale) {
        if (digits <= LONG_DIGITS) {
            BigDecimal exact = BigDecimal.valueOf(negative ? -significand : significand, (int) -exponent);
            return exact.setScale(scale);
        }
        BigDecimal significandOnly = new BigDecimal(significandDigits(buffer));
        BigDecimal exact = significandOnly.scaleByPowerOfTen((int) exponent).setScale(scale);
        return negative ? exact.negate() : exact;
    }

    /**
     * The significand's digits, one character each; none for zero.
     *
     * @param buffer the bytes that were scanned
     */
    String significandDigits(byte[] buffer) {
        StringBuilder text = new StringBuilder(digits);
        for (int at = start; text.length() < digits; at++) {
            boolean leadingZero = text.isEmpty() && buffer[at] == '0';
            if (buffer[at] != '.' && !leadingZero) {
                text.append((char) buffer[at]);
            }
        }
        return text.toString();
    }
}
