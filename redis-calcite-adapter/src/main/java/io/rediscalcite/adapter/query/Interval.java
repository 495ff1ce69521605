package io.rediscalcite.adapter.query;

import java.util.Optional;
import java.util.stream.Stream;

/** A stretch of values of one column: from a lower to an upper bound, either of which may be missing. */
public record Interval(Optional<Bound> lower, Optional<Bound> upper) {
    /** An end of an interval; a value that is NULL makes the interval empty. */
    public record Bound(Operand value, boolean inclusive) {}

    /** That value alone. */
    public static Interval at(Operand value) {
        Optional<Bound> bound = Optional.of(new Bound(value, true));
        return new Interval(bound, bound);
    }

    public static Interval from(Operand value, boolean inclusive) {
        return new Interval(Optional.of(new Bound(value, inclusive)), Optional.empty());
    }

    public static Interval to(Operand value, boolean inclusive) {
        return new Interval(Optional.empty(), Optional.of(new Bound(value, inclusive)));
    }

    /** What is in both, where one has a lower bound alone and the other an upper; otherwise empty, which says nothing. */
    public Optional<Interval> and(Interval other) {
        boolean apart = (lower.isEmpty() || other.lower.isEmpty()) && (upper.isEmpty() || other.upper.isEmpty());
        return apart ? Optional.of(new Interval(lower.or(other::lower), upper.or(other::upper))) : Optional.empty();
    }

    /** True if it is one value. */
    public boolean isPoint() {
        return lower.isPresent() && lower.get().inclusive() && lower.equals(upper);
    }

    Stream<Operand> operands() {
        return Stream.concat(lower.stream(), upper.stream()).map(Bound::value);
    }
}
