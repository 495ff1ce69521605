package io.rediscalcite.jdbc.window;

import java.math.BigDecimal;
import org.apache.calcite.rex.RexWindowExclusion;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its partition a row's functions look at.
 *
 * @param byValue RANGE, not ROWS
 * @param exclusion rows that are left out again
 * @param rangeKey null unless it is by value and an end has an offset
 */
record Frame(boolean byValue, Bound lower, Bound upper, RexWindowExclusion exclusion, @Nullable RangeKey rangeKey) {
    /** Where an end lies. */
    enum Kind {
        UNBOUNDED_PRECEDING,
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING,
        UNBOUNDED_FOLLOWING
    }

    /**
     * One end.
     *
     * @param offset in rows, or in what the ORDER BY column is measured in, milliseconds for dates and times; null unless the
     *     kind is PRECEDING or FOLLOWING
     * @param months true if the offset is in months
     */
    record Bound(Kind kind, @Nullable BigDecimal offset, boolean months) {
        boolean isOffset() {
            return kind == Kind.PRECEDING || kind == Kind.FOLLOWING;
        }

        BigDecimal distance() {
            if (offset == null) {
                throw new IllegalStateException("a frame without an offset");
            }
            return offset;
        }
    }

    /** Index of the first row of the frame of row {@code i}, before the exclusion. */
    int start(Partition partition, int i) {
        int size = partition.size();
        return switch (lower.kind()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> size;
            case CURRENT_ROW -> byValue ? partition.peerStart(i) : i;
            case PRECEDING, FOLLOWING ->
                rangeKey == null ? clamp(moved(i, lower), size) : rangeKey.start(partition, i, lower);
        };
    }

    /** Index behind the last row of the frame of row {@code i}, before the exclusion; the frame is empty if it isn't above the start. */
    int end(Partition partition, int i) {
        int size = partition.size();
        return switch (upper.kind()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> size;
            case CURRENT_ROW -> byValue ? partition.peerEnd(i) : i + 1;
            case PRECEDING, FOLLOWING ->
                rangeKey == null ? clamp(moved(i, upper) + 1, size) : rangeKey.end(partition, i, upper);
        };
    }

    /** True if row {@code j} isn't in the frame of row {@code i} though it lies between its ends. */
    boolean excludes(Partition partition, int i, int j) {
        boolean peers = partition.peerGroup(i) == partition.peerGroup(j);
        return switch (exclusion) {
            case EXCLUDE_NO_OTHER -> false;
            case EXCLUDE_CURRENT_ROW -> i == j;
            case EXCLUDE_GROUP -> peers;
            case EXCLUDE_TIES -> peers && i != j;
        };
    }

    boolean excludesNothing() {
        return exclusion == RexWindowExclusion.EXCLUDE_NO_OTHER;
    }

    private static long moved(int i, Bound bound) {
        long offset =
                bound.distance().min(BigDecimal.valueOf(Integer.MAX_VALUE)).longValue();
        return bound.kind() == Kind.PRECEDING ? i - offset : i + offset;
    }

    private static int clamp(long index, int size) {
        return (int) Math.max(0, Math.min(index, size));
    }
}
