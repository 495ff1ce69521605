package io.rediscalcite.jdbc.window;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The single ORDER BY column of a frame by value, and how its values and the offsets of the frame are added.
 *
 * @param type of the column
 */
record RangeKey(RowOrder.Key key, RelDataType type) {
    private static final long DAY_MILLIS = 86_400_000L;

    /** True if a value of {@code type} can have an offset. */
    static boolean isPossible(RelDataType type) {
        return SqlTypeUtil.isNumeric(type) || (type.getFamily() instanceof SqlTypeFamily family && isDateTime(family));
    }

    private static boolean isDateTime(SqlTypeFamily family) {
        return family == SqlTypeFamily.DATE || family == SqlTypeFamily.TIME || family == SqlTypeFamily.TIMESTAMP;
    }

    int start(Partition partition, int i, Frame.Bound bound) {
        Object value = partition.row(i)[key.field()];
        if (value == null) {
            return partition.peerStart(i);
        }
        Object edge = edge(value, bound);
        return first(partition, j -> compare(at(partition, j), edge) >= 0);
    }

    int end(Partition partition, int i, Frame.Bound bound) {
        Object value = partition.row(i)[key.field()];
        if (value == null) {
            return partition.peerEnd(i);
        }
        Object edge = edge(value, bound);
        return first(partition, j -> compare(at(partition, j), edge) > 0);
    }

    /** Index of the first row with a value for which {@code condition} holds, which then holds for all behind it. */
    private int first(Partition partition, IntPredicate condition) {
        int low = 0;
        int high = partition.size();
        if (key.nullsFirst()) {
            low = at(partition, 0) == null ? partition.peerEnd(0) : 0;
        } else {
            int last = high - 1;
            high = at(partition, last) == null ? partition.peerStart(last) : high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private @Nullable Object at(Partition partition, int index) {
        return partition.row(index)[key.field()];
    }

    private int compare(@Nullable Object value, Object edge) {
        if (value == null) {
            throw new IllegalStateException("a NULL among the values");
        }
        int result = RowOrder.compareValues(position(value), edge);
        return key.descending() ? -result : result;
    }

    private Object edge(Object value, Frame.Bound bound) {
        boolean up = (bound.kind() == Frame.Kind.FOLLOWING) != key.descending();
        Object position = position(value);
        BigDecimal offset = bound.distance();
        if (bound.months()) {
            return new BigDecimal(plusMonths(((BigDecimal) position).longValue(), up ? offset : offset.negate()));
        }
        if (position instanceof Double number) {
            double distance = offset.doubleValue();
            return up ? number + distance : number - distance;
        }
        BigDecimal number = (BigDecimal) position;
        return up ? number.add(offset) : number.subtract(offset);
    }

    /** A number that has {@code value}'s place: milliseconds of a date or time. */
    private Object position(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof BigDecimal) {
            return value;
        }
        long number = ((Number) value).longValue();
        return BigDecimal.valueOf(type.getSqlTypeName() == SqlTypeName.DATE ? number * DAY_MILLIS : number);
    }

    private static long plusMonths(long millis, BigDecimal months) {
        long day = Math.floorDiv(millis, DAY_MILLIS);
        return LocalDate.ofEpochDay(day).plusMonths(months.longValue()).toEpochDay() * DAY_MILLIS
                + Math.floorMod(millis, DAY_MILLIS);
    }
}
