package io.rediscalcite.jdbc.window;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** An aggregate over the rows of a frame, added one by one. */
abstract class Accumulator {
    /** Takes a value that isn't NULL. */
    abstract void add(Object value);

    /** The aggregate of what was added. */
    abstract @Nullable Object result();

    abstract void reset();

    /**
     * The aggregate {@code kind}.
     *
     * @param type of its result
     */
    static Accumulator of(SqlKind kind, SqlTypeName type) {
        return switch (kind) {
            case COUNT -> new Count();
            case SUM -> sum(type, false);
            case SUM0 -> sum(type, true);
            case MIN -> new Extreme(-1);
            case MAX -> new Extreme(1);
            default -> new First();
        };
    }

    private static Accumulator sum(SqlTypeName type, boolean zeroIfNone) {
        return SqlTypeName.APPROX_TYPES.contains(type) ? new DoubleSum(zeroIfNone) : new ExactSum(zeroIfNone);
    }

    /** As this one, of distinct values only. */
    Accumulator distinct() {
        Accumulator all = this;
        return new Accumulator() {
            private final Set<@Nullable Object> seen = new HashSet<>();

            @Override
            void add(Object value) {
                if (seen.add(Partition.normal(value))) {
                    all.add(value);
                }
            }

            @Override
            @Nullable
            Object result() {
                return all.result();
            }

            @Override
            void reset() {
                seen.clear();
                all.reset();
            }
        };
    }

    private static final class Count extends Accumulator {
        private long count;

        @Override
        void add(Object value) {
            count++;
        }

        @Override
        Object result() {
            return count;
        }

        @Override
        void reset() {
            count = 0;
        }
    }

    private static final class ExactSum extends Accumulator {
        private final boolean zeroIfNone;
        private BigDecimal decimals = BigDecimal.ZERO;
        private long integers;
        private boolean any;

        ExactSum(boolean zeroIfNone) {
            this.zeroIfNone = zeroIfNone;
        }

        @Override
        void add(Object value) {
            any = true;
            if (value instanceof BigDecimal number) {
                decimals = decimals.add(number);
                return;
            }
            long number = ((Number) value).longValue();
            long sum = integers + number;
            if (((integers ^ sum) & (number ^ sum)) < 0) {
                decimals = decimals.add(BigDecimal.valueOf(integers));
                sum = number;
            }
            integers = sum;
        }

        @Override
        @Nullable
        Object result() {
            return any || zeroIfNone ? decimals.add(BigDecimal.valueOf(integers)) : null;
        }

        @Override
        void reset() {
            decimals = BigDecimal.ZERO;
            integers = 0;
            any = false;
        }
    }

    private static final class DoubleSum extends Accumulator {
        private final boolean zeroIfNone;
        private double sum;
        private boolean any;

        DoubleSum(boolean zeroIfNone) {
            this.zeroIfNone = zeroIfNone;
        }

        @Override
        void add(Object value) {
            any = true;
            sum += ((Number) value).doubleValue();
        }

        @Override
        @Nullable
        Object result() {
            return any || zeroIfNone ? sum : null;
        }

        @Override
        void reset() {
            sum = 0;
            any = false;
        }
    }

    private static final class Extreme extends Accumulator {
        private final int wanted;
        private @Nullable Object best;

        Extreme(int wanted) {
            this.wanted = wanted;
        }

        @Override
        void add(Object value) {
            Object previous = best;
            if (previous == null || Integer.signum(RowOrder.compareValues(value, previous)) == wanted) {
                best = value;
            }
        }

        @Override
        @Nullable
        Object result() {
            return best;
        }

        @Override
        void reset() {
            best = null;
        }
    }

    private static final class First extends Accumulator {
        private @Nullable Object first;

        @Override
        void add(Object value) {
            if (first == null) {
                first = value;
            }
        }

        @Override
        @Nullable
        Object result() {
            return first;
        }

        @Override
        void reset() {
            first = null;
        }
    }
}
