package io.rediscalcite.adapter.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;

/** Numbers of literals and parameters, which come in any class, as exact values. */
final class Operands {
    private static final BigDecimal LOWEST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal HIGHEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private Operands() {}

    /** The value as a long; empty if it has a fraction or is beyond 64 bits. */
    static OptionalLong exactLong(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return OptionalLong.of(((Number) value).longValue());
        }
        Optional<BigDecimal> exact = exactDecimal(value);
        if (exact.isEmpty()
                || exact.get().compareTo(LOWEST_LONG) < 0
                || exact.get().compareTo(HIGHEST_LONG) > 0
                || exact.get().stripTrailingZeros().scale() > 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(exact.get().longValueExact());
    }

    /** The value to its last digit; empty for infinities and NaN. */
    static Optional<BigDecimal> exactDecimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof BigInteger integer) {
            return Optional.of(new BigDecimal(integer));
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
        }
        throw wrongKind("a number", value);
    }

    static IllegalArgumentException wrongKind(String expected, Object value) {
        return new IllegalArgumentException(
                "expected " + expected + ", got a " + value.getClass().getName());
    }
}
