package io.rediscalcite.jdbc;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of a long IN list, looked up by hash.
 *
 * <p>Public because generated code calls it.
 *
 * @param values as {@link #key} makes them
 * @param negated true for NOT IN
 * @param ifNull the answer for a value that is null; null for unknown
 */
public record ValueList(Set<Object> values, boolean negated, @Nullable Boolean ifNull) {
    public ValueList {
        values = Set.copyOf(values);
    }

    /** Whether {@code value}, in Calcite's inner form, is in {@code list}. */
    public static @Nullable Boolean contains(@Nullable Object value, Object list) {
        ValueList valueList = (ValueList) list;
        return value == null
                ? valueList.ifNull
                : Boolean.valueOf(valueList.values.contains(key(value)) != valueList.negated);
    }

    /** The same object for values that SQL calls equal. */
    static Object key(Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
