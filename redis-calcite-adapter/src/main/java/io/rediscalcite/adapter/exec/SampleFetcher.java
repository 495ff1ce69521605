package io.rediscalcite.adapter.exec;

import com.google.common.collect.Lists;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads time series by TS.RANGE, or TS.REVRANGE from the end, each page from behind the last timestamp of the one before.
 */
final class SampleFetcher extends PagedFetcher<SampleFetcher.Times> {
    /** Times, both ends inside. */
    record Times(long from, long to) {
        String fromText() {
            return from == 0 ? "-" : String.valueOf(from);
        }

        String toText() {
            return to == Long.MAX_VALUE ? "+" : String.valueOf(to);
        }
    }

    private final int[] timeColumns;
    private final int[] valueColumns;
    private final SeriesLabels labels;
    private final ValueFilter values;

    SampleFetcher(RowMaker rows, FetchPlan plan, KeyRead.Samples read) {
        super(rows, plan, times(rows), false);
        this.timeColumns = rows.columnsOf(Builtin.TIMESTAMP);
        this.valueColumns = rows.columnsOf(Builtin.VALUE);
        this.labels = new SeriesLabels(rows, read.labels());
        this.values = ValueFilter.of(rows.selector());
    }

    static List<Times> times(RowMaker rows) {
        List<Times> times = rows.selector().longs(Builtin.TIMESTAMP).stream()
                .map(range -> new Times(range.lowerEndpoint(), range.upperEndpoint()))
                .toList();
        return rows.isDescending() ? Lists.reverse(times) : times;
    }

    @Override
    String command() {
        return isDescending() ? "TS.REVRANGE" : "TS.RANGE";
    }

    /** Samples of series without the wanted labels aren't asked for. */
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
    void writePage(Commands commands, TableKey key, Times stretch, int size) {
        commands.begin(6 + values.words())
                .arg(command())
                .arg(key.raw())
                .arg(stretch.fromText())
                .arg(stretch.toText());
        values.write(commands);
        commands.arg("COUNT").arg(size);
    }

    @Override
    @Nullable
    Times readPage(TableKey key, Times stretch, int size, Replies.Cursor reply, PageRows sink) {
        long last = -1;
        int samples = reply.arrayLength();
        for (int left = samples; left > 0; left--) {
            reply.next();
            reply.next();
            last = reply.longValue();
            @Nullable Object[] row = sink.row();
            for (int column : timeColumns) {
                row[column] = last;
            }
            reply.next();
            rows.fill(row, valueColumns, key, reply);
            if (values.accepts(reply)) {
                sink.add(row, Long.BYTES + reply.length(), last);
            } else {
                sink.leaveOut(Long.BYTES + reply.length());
            }
        }
        long end = isDescending() ? stretch.from() : stretch.to();
        if (samples < size || last == end) {
            return null;
        }
        return isDescending() ? new Times(stretch.from(), last - 1) : new Times(last + 1, stretch.to());
    }
}
