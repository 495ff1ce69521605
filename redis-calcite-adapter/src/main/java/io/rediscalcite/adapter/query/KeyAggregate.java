package io.rediscalcite.adapter.query;

import java.util.List;
import java.util.Optional;

/**
 * What a query wants of each key in place of its rows: one row a key, or one for each bucket of time. Such a row has the query's
 * columns, which belong to the key; then the time at which the bucket begins, if there are buckets; then the measures. A key
 * or bucket without rows gives none. Where a key is a row itself, there is one row a page of SCAN, of how many keys that has.
 */
public record KeyAggregate(Optional<Bucket> bucket, List<Measure> measures) {
    /** A bucket that has all times that there are in practice; those beyond it are a second one. */
    public static final long WHOLE_MILLIS = 1L << 62;

    /** What is computed of a key's or a bucket's rows. */
    public enum Function {
        COUNT,
        MIN,
        MAX,
        SUM,
        AVG,
        /** The value at the earliest time. */
        FIRST,
        /** The value at the latest time. */
        LAST
    }

    /** @param column position in the table of what is computed of; -1 for COUNT, which is of rows */
    public record Measure(Function function, int column) {
        public static final Measure COUNT = new Measure(Function.COUNT, -1);
    }

    /**
     * Stretches of time of equal length, the first from 1970-01-01 00:00:00 UTC.
     *
     * @param column position in the table of the time
     */
    public record Bucket(int column, long millis) {}

    /** How many values it adds to a row. */
    public int width() {
        return measures.size() + (bucket.isPresent() ? 1 : 0);
    }

    public KeyAggregate {
        measures = List.copyOf(measures);
    }
}
