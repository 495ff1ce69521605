package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.ColumnSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a query demands of the rows inside a key, by what the key's type gives: members, positions, scores, ids, times, a
 * series' values and labels.
 *
 * <p>A row must meet all conditions. The reader asks Redis for as little as its commands allow and checks every row that
 * comes, so that whatever is in here is decided exactly.
 */
public record RowFilter(List<Condition> conditions) {
    /** Every row. */
    public static final RowFilter ALL = new RowFilter(List.of());

    /** The column's value lies in one of the intervals; none of them is NULL. */
    public record Condition(ColumnSource column, List<Interval> intervals) {
        public Condition {
            intervals = List.copyOf(intervals);
        }

        /** Both, where one bounds the same column from below and the other from above; otherwise empty. */
        public Optional<Condition> and(Condition other) {
            boolean single = intervals.size() == 1 && other.intervals.size() == 1;
            return single && column.equals(other.column)
                    ? intervals.get(0).and(other.intervals.get(0)).map(both -> new Condition(column, List.of(both)))
                    : Optional.empty();
        }

        /** True if it names the values one by one. */
        public boolean isPoints() {
            return intervals.stream().allMatch(Interval::isPoint);
        }
    }

    public RowFilter {
        conditions = List.copyOf(conditions);
    }

    /** This, and {@code condition}: a lower and an upper bound of a column become one interval. */
    public RowFilter and(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        for (int i = 0; i < more.size(); i++) {
            Optional<Condition> both = more.get(i).and(condition);
            if (both.isPresent()) {
                more.set(i, both.get());
                return new RowFilter(more);
            }
        }
        more.add(condition);
        return new RowFilter(more);
    }

    public boolean isAll() {
        return conditions.isEmpty();
    }

    /** True if a condition is about {@code column}. */
    public boolean has(ColumnSource column) {
        return conditions.stream().anyMatch(condition -> condition.column().equals(column));
    }

    /** The first condition on {@code column} that names its values one by one. */
    public Optional<Condition> points(ColumnSource column) {
        return conditions.stream()
                .filter(condition -> condition.column().equals(column) && condition.isPoints())
                .findFirst();
    }

    /** All that the conditions compare with. */
    public Stream<Operand> operands() {
        return conditions.stream()
                .flatMap(condition -> condition.intervals().stream())
                .flatMap(Interval::operands);
    }
}
