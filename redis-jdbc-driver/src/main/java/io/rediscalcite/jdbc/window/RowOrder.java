package io.rediscalcite.jdbc.window;

import io.rediscalcite.jdbc.function.CodePointOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of rows within a partition. */
record RowOrder(List<Key> keys) implements Comparator<@Nullable Object[]> {
    /**
     * One column of ORDER BY.
     *
     * @param field index in the row
     */
    record Key(int field, boolean descending, boolean nullsFirst) {
        int compare(@Nullable Object left, @Nullable Object right) {
            if (left == null || right == null) {
                return left == right ? 0 : (left == null) == nullsFirst ? -1 : 1;
            }
            return descending ? compareValues(right, left) : compareValues(left, right);
        }
    }

    @Override
    public int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (Key key : keys) {
            int result = key.compare(left[key.field()], right[key.field()]);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    /** The order of two values of one type: text by code point, and 0.0 equal to -0.0. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // The values of a column are of one class.
    static int compareValues(Object left, Object right) {
        if (left instanceof String text) {
            return CodePointOrder.INSTANCE.compare(text, (String) right);
        }
        if (left instanceof Double || left instanceof Float) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return a == b ? 0 : Double.compare(a, b);
        }
        return ((Comparable) left).compareTo(right);
    }
}
