package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.query.KeyAggregate;
import java.util.Locale;

/** Writes TS.RANGE with an aggregation, and reads its numbers. */
final class SeriesRange {
    private SeriesRange() {}

    /** @param count buckets at most; 0 for all */
    static void write(
            Commands commands,
            TableKey key,
            SampleFetcher.Times times,
            ValueFilter values,
            KeyAggregate.Function function,
            long bucketMillis,
            int count) {
        commands.begin(7 + values.words() + (count > 0 ? 2 : 0)).arg("TS.RANGE").arg(key.raw());
        commands.arg(times.fromText()).arg(times.toText());
        values.write(commands);
        if (count > 0) {
            commands.arg("COUNT").arg(count);
        }
        commands.arg("AGGREGATION")
                .arg(function.name().toLowerCase(Locale.ROOT))
                .arg(bucketMillis);
    }

    /** A measure in Calcite's internal form. */
    static Object number(Replies.Cursor value, KeyAggregate.Function function) {
        double number = Double.parseDouble(value.text());
        return function == KeyAggregate.Function.COUNT ? (Object) (long) number : (Object) number;
    }

    /** What {@code a} and {@code b}, the same measure of a part and a later one, are for both. */
    static Object both(KeyAggregate.Function function, Object a, Object b) {
        return switch (function) {
            case COUNT -> (Long) a + (Long) b;
            case MIN -> (Double) b < (Double) a ? b : a;
            case MAX -> (Double) b > (Double) a ? b : a;
            case SUM -> (Double) a + (Double) b;
            case FIRST -> a;
            case LAST -> b;
            // Only samples of times beyond what TIMESTAMP shows make a second part.
            case AVG ->
                throw new RedisSqlException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "the average of a time series that has samples at times of 2^62 milliseconds and later can't be"
                                + " told; bound _ts from above");
        };
    }
}
