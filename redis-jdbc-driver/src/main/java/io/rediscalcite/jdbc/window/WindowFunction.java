package io.rediscalcite.jdbc.window;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * One function over a window.
 *
 * @param arguments each a field of the row, or behind its last field one of {@code constants}
 * @param constants values of the literals among the arguments
 * @param type of the result
 */
record WindowFunction(
        SqlKind kind,
        List<Integer> arguments,
        int width,
        List<@Nullable Object> constants,
        SqlTypeName type,
        boolean distinct,
        boolean ignoresNulls) {
    /** Looked at between rows: throws if the run was cancelled. */
    interface Check {
        void run();
    }

    /** True if there is code for {@code kind}. */
    static boolean isKnown(SqlKind kind) {
        return switch (kind) {
            case COUNT, SUM, SUM0, MIN, MAX, ANY_VALUE -> true;
            case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE -> true;
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> true;
            default -> false;
        };
    }

    /** Sets field {@code target} of each of {@code results} to the function's value for that row. */
    void evaluate(Partition partition, Frame frame, List<@Nullable Object[]> results, int target, Check check) {
        switch (kind) {
            case COUNT, SUM, SUM0, MIN, MAX, ANY_VALUE -> aggregate(partition, frame, results, target, check);
            default -> {
                for (int i = 0; i < partition.size(); i++) {
                    check.run();
                    results.get(i)[target] = ofType(value(partition, frame, i, check));
                }
            }
        }
    }

    private void aggregate(
            Partition partition, Frame frame, List<@Nullable Object[]> results, int target, Check check) {
        Accumulator plain = Accumulator.of(kind, type);
        Accumulator accumulator = distinct ? plain.distinct() : plain;
        int start = 0;
        int end = 0;
        @Nullable Object result = ofType(accumulator.result());
        for (int i = 0; i < partition.size(); i++) {
            check.run();
            int newStart = frame.start(partition, i);
            int newEnd = Math.max(newStart, frame.end(partition, i));
            boolean grown = frame.excludesNothing() && newStart == start && newEnd >= end;
            if (!grown) {
                accumulator.reset();
                end = newStart;
            }
            boolean same = grown && newEnd == end;
            for (int j = end; j < newEnd; j++) {
                check.run();
                if (!frame.excludes(partition, i, j)) {
                    add(accumulator, partition.row(j));
                }
            }
            start = newStart;
            end = newEnd;
            result = same ? result : ofType(accumulator.result());
            results.get(i)[target] = result;
        }
    }

    /** A row counts unless one of the arguments is NULL. */
    private void add(Accumulator accumulator, @Nullable Object[] row) {
        Object first = true;
        for (int k = arguments.size() - 1; k >= 0; k--) {
            Object value = argument(row, k);
            if (value == null) {
                return;
            }
            first = value;
        }
        accumulator.add(first);
    }

    private @Nullable Object value(Partition partition, Frame frame, int i, Check check) {
        int size = partition.size();
        return switch (kind) {
            case ROW_NUMBER -> i + 1L;
            case RANK -> partition.peerStart(i) + 1L;
            case DENSE_RANK -> partition.peerGroup(i) + 1L;
            case PERCENT_RANK -> size == 1 ? 0.0 : partition.peerStart(i) / (size - 1.0);
            case CUME_DIST -> partition.peerEnd(i) / (double) size;
            case NTILE -> tile(partition, i);
            case LAG, LEAD -> neighbour(partition, i);
            case FIRST_VALUE -> nth(partition, frame, i, 1, false, check);
            case LAST_VALUE -> nth(partition, frame, i, 1, true, check);
            case NTH_VALUE -> {
                Object nth = argument(partition.row(i), 1);
                yield nth == null ? null : nth(partition, frame, i, positive(nth, "NTH_VALUE"), false, check);
            }
            default -> throw new IllegalStateException("no window function: " + kind);
        };
    }

    /** The first tiles get one row more where the rows don't divide evenly. */
    private @Nullable Object tile(Partition partition, int i) {
        Object count = argument(partition.row(i), 0);
        if (count == null) {
            return null;
        }
        long tiles = positive(count, "NTILE");
        long rows = partition.size() / tiles;
        long larger = partition.size() % tiles;
        long inLarger = larger * (rows + 1);
        return i < inLarger ? i / (rows + 1) + 1 : (i - inLarger) / rows + larger + 1;
    }

    private static long positive(Object argument, String function) {
        long number = ((Number) argument).longValue();
        if (number <= 0) {
            throw new RedisSqlException(
                    SqlState.BAD_VALUE, function + " needs a number greater than zero, and got " + number);
        }
        return number;
    }

    private @Nullable Object neighbour(Partition partition, int i) {
        @Nullable Object[] row = partition.row(i);
        Object offset = arguments.size() > 1 ? argument(row, 1) : Integer.valueOf(1);
        if (offset == null) {
            return null;
        }
        long distance = kind == SqlKind.LEAD ? ((Number) offset).longValue() : -((Number) offset).longValue();
        long index = i + distance;
        if (ignoresNulls && distance != 0) {
            long left = Math.abs(distance);
            index = i;
            while (left > 0 && index >= 0 && index < partition.size()) {
                index += distance < 0 ? -1 : 1;
                if (index >= 0 && index < partition.size() && argument(partition.row((int) index), 0) != null) {
                    left--;
                }
            }
        }
        if (index >= 0 && index < partition.size()) {
            return argument(partition.row((int) index), 0);
        }
        return arguments.size() > 2 ? argument(row, 2) : null;
    }

    /** The {@code n}th value in the frame of row {@code i}, from its begin or end; NULL if there are fewer. */
    private @Nullable Object nth(Partition partition, Frame frame, int i, long n, boolean fromEnd, Check check) {
        int start = frame.start(partition, i);
        int end = frame.end(partition, i);
        long left = n;
        for (int k = 0; k < end - start; k++) {
            check.run();
            int j = fromEnd ? end - 1 - k : start + k;
            Object value = argument(partition.row(j), 0);
            if (frame.excludes(partition, i, j) || (ignoresNulls && value == null)) {
                continue;
            }
            if (--left == 0) {
                return value;
            }
        }
        return null;
    }

    private @Nullable Object argument(@Nullable Object[] row, int index) {
        int field = arguments.get(index);
        return field < width ? row[field] : constants.get(field - width);
    }

    /** {@code value} in the Java class that Calcite has for the result's type. */
    private @Nullable Object ofType(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return value;
        }
        return switch (type) {
            case TINYINT -> decimal(number).byteValueExact();
            case SMALLINT -> decimal(number).shortValueExact();
            case INTEGER, DATE, TIME -> decimal(number).intValueExact();
            case DOUBLE, FLOAT -> number.doubleValue();
            case REAL -> number.floatValue();
            case DECIMAL -> decimal(number);
            default -> decimal(number).longValueExact();
        };
    }

    private static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        return number instanceof Double || number instanceof Float
                ? BigDecimal.valueOf(number.doubleValue()).setScale(0, RoundingMode.HALF_EVEN)
                : BigDecimal.valueOf(number.longValue());
    }
}
