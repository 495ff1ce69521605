package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import java.util.ArrayList;
import java.util.List;

/** Which aggregates Redis has a command for, and over which rows. */
final class NativeAggregates {
    private NativeAggregates() {}

    static boolean canGive(RedisQuery query, List<KeyAggregate.Measure> measures, boolean inBuckets) {
        List<ColumnSource> restricted = new ArrayList<>();
        for (RowFilter.Condition condition : query.rows().conditions()) {
            if (!(condition.column() instanceof ColumnSource.Label)) {
                restricted.add(condition.column());
            }
        }
        boolean oneStretchEach = query.rows().conditions().stream()
                .filter(condition -> !(condition.column() instanceof ColumnSource.Label))
                .allMatch(condition -> condition.intervals().size() == 1);
        boolean countsAlone = measures.stream().allMatch(measure -> measure.function() == KeyAggregate.Function.COUNT);
        boolean ofTimes =
                !countsAlone && measures.stream().anyMatch(measure -> source(query, measure) == Builtin.TIMESTAMP);
        return switch (query.table().type()) {
            case SET -> restricted.isEmpty();
            case LIST -> countsAlone && List.of(Builtin.POSITION).containsAll(restricted);
            case ZSET ->
                restricted.isEmpty()
                        || (oneStretchEach && restricted.equals(List.of(Builtin.SCORE)))
                        || (countsAlone && restricted.equals(List.of(Builtin.RANK)));
            // No command counts the entries of a stretch.
            case STREAM ->
                restricted.isEmpty()
                        || (oneStretchEach
                                && restricted.equals(List.of(Builtin.TIMESTAMP))
                                && measures.stream()
                                        .noneMatch(measure -> measure.function() == KeyAggregate.Function.COUNT));
            case TIMESERIES ->
                oneStretchEach
                        && List.of(Builtin.TIMESTAMP, Builtin.VALUE).containsAll(restricted)
                        && restricted.stream().distinct().count() == restricted.size()
                        && !(inBuckets && ofTimes);
            // A key is a row, and SCAN gives them by the page.
            case HASH, JSON, STRING, KEY ->
                countsAlone
                        && !inBuckets
                        && restricted.isEmpty()
                        && query.isScanned()
                        && query.columns().isEmpty();
        };
    }

    private static ColumnSource source(RedisQuery query, KeyAggregate.Measure measure) {
        return measure.function() == KeyAggregate.Function.COUNT
                ? new ColumnSource.Key()
                : query.table().columns().get(measure.column()).source();
    }
}
