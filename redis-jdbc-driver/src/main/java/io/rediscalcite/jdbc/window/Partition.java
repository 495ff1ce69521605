package io.rediscalcite.jdbc.window;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that share their PARTITION BY values, in order; rows that the order doesn't tell apart are peers. */
final class Partition {
    private final List<@Nullable Object[]> rows;
    private final int[] peerStart;
    private final int[] peerEnd;
    private final int[] peerGroup;

    Partition(List<@Nullable Object[]> unordered, RowOrder order) {
        rows = new ArrayList<>(unordered);
        rows.sort(order);
        int size = rows.size();
        peerStart = new int[size];
        peerEnd = new int[size];
        peerGroup = new int[size];
        int group = 0;
        for (int start = 0; start < size; group++) {
            int end = start + 1;
            while (end < size && order.compare(rows.get(start), rows.get(end)) == 0) {
                end++;
            }
            Arrays.fill(peerStart, start, end, start);
            Arrays.fill(peerEnd, start, end, end);
            Arrays.fill(peerGroup, start, end, group);
            start = end;
        }
    }

    /** The rows in order. */
    List<@Nullable Object[]> rows() {
        return rows;
    }

    int size() {
        return rows.size();
    }

    @Nullable
    Object[] row(int index) {
        return rows.get(index);
    }

    /** Index of the first peer. */
    int peerStart(int index) {
        return peerStart[index];
    }

    /** Index behind the last peer. */
    int peerEnd(int index) {
        return peerEnd[index];
    }

    /** Number of the peers' group, from 0. */
    int peerGroup(int index) {
        return peerGroup[index];
    }

    /** What equal PARTITION BY values have in common: {@code equals} takes 1.0 for another number than 1.00. */
    static List<@Nullable Object> key(@Nullable Object[] row, List<Integer> fields) {
        List<@Nullable Object> key = new ArrayList<>(fields.size());
        for (int field : fields) {
            key.add(normal(row[field]));
        }
        return key;
    }

    static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros();
        }
        if (value instanceof Double number && number == 0) {
            return 0.0;
        }
        return value instanceof Float number && number == 0 ? (Object) 0.0f : value;
    }
}
