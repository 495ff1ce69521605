package io.rediscalcite.adapter.exec;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.Interval;
import io.rediscalcite.adapter.query.RowFilter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query's row filter with its operands known: which values each column may have. Positions, ranks and times are ranges
 * of long from 0 with both ends inside.
 */
final class RowSelector {
    private static final BigDecimal LOWEST = BigDecimal.ZERO;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Map<ColumnSource, RangeSet<Long>> longs = new HashMap<>();
    private final Map<ColumnSource, RangeSet<Double>> doubles = new HashMap<>();
    private final Map<ColumnSource, RangeSet<String>> texts = new HashMap<>();

    private RowSelector() {}

    static RowSelector of(RowFilter filter, Execution execution) {
        RowSelector selector = new RowSelector();
        for (RowFilter.Condition condition : filter.conditions()) {
            ColumnSource column = condition.column();
            if (column == Builtin.SCORE || column == Builtin.VALUE) {
                restrict(selector.doubles, condition, execution, RowSelector::doubleRange);
            } else if (column == Builtin.POSITION
                    || column == Builtin.RANK
                    || column == Builtin.TIMESTAMP
                    || column == Builtin.SLOT) {
                restrict(selector.longs, condition, execution, RowSelector::longRange);
            } else {
                restrict(selector.texts, condition, execution, RowSelector::textRange);
            }
        }
        return selector;
    }

    private static <T extends Comparable<T>> void restrict(
            Map<ColumnSource, RangeSet<T>> columns,
            RowFilter.Condition condition,
            Execution execution,
            BiFunction<@Nullable End, @Nullable End, @Nullable Range<T>> range) {
        RangeSet<T> allowed = TreeRangeSet.create();
        for (Interval interval : condition.intervals()) {
            if (interval.isPoint()) {
                for (Object value :
                        execution.values(interval.lower().orElseThrow().value())) {
                    add(allowed, range.apply(new End(value, true), new End(value, true)));
                }
                continue;
            }
            End lower = interval.lower().map(bound -> End.of(bound, execution)).orElse(null);
            End upper = interval.upper().map(bound -> End.of(bound, execution)).orElse(null);
            boolean unknown = (lower != null && lower.value() == null) || (upper != null && upper.value() == null);
            if (!unknown) {
                add(allowed, range.apply(lower, upper));
            }
        }
        RangeSet<T> before = columns.get(condition.column());
        if (before != null) {
            allowed.removeAll(before.complement());
        }
        columns.put(condition.column(), allowed);
    }

    private static <T extends Comparable<T>> void add(RangeSet<T> allowed, @Nullable Range<T> range) {
        if (range != null) {
            allowed.add(range);
        }
    }

    /** An interval's end. */
    private record End(@Nullable Object value, boolean inclusive) {
        static End of(Interval.Bound bound, Execution execution) {
            return new End(execution.value(bound.value()), bound.inclusive());
        }
    }

    private static @Nullable Range<Long> longRange(@Nullable End lower, @Nullable End upper) {
        BigDecimal from =
                lower == null ? LOWEST : whole(lower, RoundingMode.CEILING).max(LOWEST);
        BigDecimal to =
                upper == null ? HIGHEST : whole(upper, RoundingMode.FLOOR).min(HIGHEST);
        return from.compareTo(to) > 0 ? null : Range.closed(from.longValueExact(), to.longValueExact());
    }

    /** The first whole number inside. */
    private static BigDecimal whole(End end, RoundingMode inwards) {
        BigDecimal exact = new BigDecimal(String.valueOf(end.value()));
        BigDecimal rounded = exact.setScale(0, inwards);
        boolean excluded = !end.inclusive() && rounded.compareTo(exact) == 0;
        BigDecimal step = inwards == RoundingMode.CEILING ? BigDecimal.ONE : BigDecimal.ONE.negate();
        return excluded ? rounded.add(step) : rounded;
    }

    /** Empty if an end is NaN, which compares with nothing. */
    private static @Nullable Range<Double> doubleRange(@Nullable End lower, @Nullable End upper) {
        double from = lower == null ? Double.NEGATIVE_INFINITY : number(lower);
        double to = upper == null ? Double.POSITIVE_INFINITY : number(upper);
        boolean fromInside = lower == null || lower.inclusive();
        boolean toInside = upper == null || upper.inclusive();
        if (!(from < to || (from == to && fromInside && toInside))) {
            return null;
        }
        Range<Double> above = fromInside ? Range.atLeast(from) : Range.greaterThan(from);
        return above.intersection(toInside ? Range.atMost(to) : Range.lessThan(to));
    }

    /** One zero, for Java's order has two. */
    private static double number(End end) {
        return end.value() instanceof Number number ? number.doubleValue() + 0.0 : Double.NaN;
    }

    private static @Nullable Range<String> textRange(@Nullable End lower, @Nullable End upper) {
        Range<String> range = Range.all();
        if (lower != null) {
            String from = String.valueOf(lower.value());
            range = lower.inclusive() ? Range.atLeast(from) : Range.greaterThan(from);
        }
        if (upper != null) {
            String to = String.valueOf(upper.value());
            Range<String> below = upper.inclusive() ? Range.atMost(to) : Range.lessThan(to);
            if (!range.isConnected(below)) {
                return null;
            }
            range = range.intersection(below);
        }
        return range.isEmpty() ? null : range;
    }

    /** True if no row can be wanted, so that nothing need be sent. */
    boolean acceptsNone() {
        return longs.values().stream().anyMatch(RangeSet::isEmpty)
                || doubles.values().stream().anyMatch(RangeSet::isEmpty)
                || texts.values().stream().anyMatch(RangeSet::isEmpty);
    }

    boolean has(ColumnSource column) {
        return longs.containsKey(column) || doubles.containsKey(column) || texts.containsKey(column);
    }

    /** The labels that a series must have, each with a wanted value. */
    Set<ColumnSource.Label> labels() {
        return texts.keySet().stream()
                .filter(ColumnSource.Label.class::isInstance)
                .map(ColumnSource.Label.class::cast)
                .collect(Collectors.toSet());
    }

    boolean accepts(ColumnSource column, long value) {
        RangeSet<Long> allowed = longs.get(column);
        return allowed == null || allowed.contains(value);
    }

    boolean accepts(ColumnSource column, double value) {
        RangeSet<Double> allowed = doubles.get(column);
        return allowed == null || allowed.contains(value + 0.0);
    }

    boolean accepts(ColumnSource column, String value) {
        RangeSet<String> allowed = texts.get(column);
        return allowed == null || allowed.contains(value);
    }

    /** Stretches of a column of whole numbers, in order and apart; one of all numbers without a condition. */
    List<Range<Long>> longs(ColumnSource column) {
        RangeSet<Long> allowed = longs.get(column);
        if (allowed == null) {
            return List.of(Range.closed(0L, Long.MAX_VALUE));
        }
        List<Range<Long>> joined = new ArrayList<>();
        for (Range<Long> range : allowed.asRanges()) {
            int last = joined.size() - 1;
            // 1 to 2 and 3 to 4 are one stretch.
            if (last >= 0 && joined.get(last).upperEndpoint() + 1 == range.lowerEndpoint()) {
                joined.set(last, joined.get(last).span(range));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** Stretches of a column of doubles, in order and apart; one of all numbers without a condition. */
    List<Range<Double>> doubles(ColumnSource column) {
        RangeSet<Double> allowed = doubles.get(column);
        return allowed == null
                ? List.of(Range.closed(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                : List.copyOf(allowed.asRanges());
    }

    /** Stretches of a column of text, in order and apart; one of all texts without a condition. */
    List<Range<String>> texts(ColumnSource column) {
        RangeSet<String> allowed = texts.get(column);
        return allowed == null ? List.of(Range.all()) : List.copyOf(allowed.asRanges());
    }
}
