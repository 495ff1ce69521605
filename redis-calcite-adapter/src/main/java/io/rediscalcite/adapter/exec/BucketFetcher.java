package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.KeyRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads time series in buckets by TS.RANGE … AGGREGATION, each page from behind the last bucket of the one before. The first
 * measure's reply says which buckets there are; the other measures are asked for in front of it.
 */
final class BucketFetcher extends PagedFetcher<BucketFetcher.Part> {
    /** Times whose buckets are still to be read, and what the other measures of the next page are, by bucket. */
    record Part(SampleFetcher.Times times, List<Map<Long, Object>> others) {}

    private final List<KeyAggregate.Measure> measures;
    private final long bucketMillis;
    private final ValueFilter values;
    private final SeriesLabels labels;

    BucketFetcher(RowMaker rows, FetchPlan plan, KeyRead.Buckets read) {
        super(rows, plan, parts(rows), false);
        this.measures = read.aggregate().measures();
        this.bucketMillis = read.aggregate().bucket().orElseThrow().millis();
        this.values = ValueFilter.of(rows.selector());
        this.labels = new SeriesLabels(rows, read.labels());
    }

    private static List<Part> parts(RowMaker rows) {
        return SampleFetcher.times(rows).stream()
                .map(times -> new Part(times, List.of()))
                .toList();
    }

    @Override
    String command() {
        return "TS.RANGE";
    }

    @Override
    boolean opensFirst() {
        return labels.areChecked();
    }

    @Override
    void writeOnce(Commands commands, TableKey key) {
        labels.write(commands, key);
    }

    @Override
    boolean readOnce(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        return labels.read(key, row, reply);
    }

    @Override
    int questions(Part stretch) {
        return measures.size() - 1;
    }

    @Override
    Part answered(Part stretch, int question, Replies.Cursor reply) {
        Map<Long, Object> found = new HashMap<>();
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            reply.next();
            long begin = reply.longValue();
            reply.next();
            found.put(
                    begin, SeriesRange.number(reply, measures.get(question + 1).function()));
        }
        List<Map<Long, Object>> others = new ArrayList<>(stretch.others());
        others.add(found);
        return new Part(stretch.times(), others);
    }

    @Override
    void writePage(Commands commands, TableKey key, Part stretch, int size) {
        for (int i = 1; i <= measures.size(); i++) {
            KeyAggregate.Function function = measures.get(i % measures.size()).function();
            SeriesRange.write(commands, key, stretch.times(), values, function, bucketMillis, size);
        }
    }

    @Override
    @Nullable
    Part readPage(TableKey key, Part stretch, int size, Replies.Cursor reply, PageRows sink) {
        long begin = 0;
        int buckets = reply.arrayLength();
        for (int left = buckets; left > 0; left--) {
            reply.next();
            reply.next();
            begin = reply.longValue();
            reply.next();
            @Nullable Object[] row = sink.row();
            int at = row.length - measures.size();
            row[at - 1] = begin;
            row[at] = SeriesRange.number(reply, measures.get(0).function());
            boolean whole = true;
            for (Map<Long, Object> other : stretch.others()) {
                row[++at] = other.get(begin);
                whole &= row[at] != null;
            }
            // A bucket that one of the commands didn't find has lost its samples meanwhile.
            if (whole) {
                sink.add(row, (long) Long.BYTES * measures.size(), begin);
            }
        }
        long next = begin + bucketMillis;
        boolean more =
                buckets == size && next > begin && next <= stretch.times().to();
        return more ? new Part(new SampleFetcher.Times(next, stretch.times().to()), List.of()) : null;
    }
}
