package io.rediscalcite.adapter.exec;

import com.google.common.collect.Lists;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads time series by TS.RANGE, or TS.REVRANGE from the end, each page from behind the last timestamp of the one before; labels
 * by TS.INFO.
 */
final class SampleFetcher extends PagedFetcher<SampleFetcher.Times> {
    /** Times, both ends inside. */
    record Times(long from, long to) {}

    private final boolean asksLabels;
    private final int[] timeColumns;
    private final int[] valueColumns;
    private final Map<String, int[]> labelColumns = new HashMap<>();
    private final Set<ColumnSource.Label> checkedLabels;
    private final ValueFilter values;

    SampleFetcher(RowMaker rows, FetchPlan plan, KeyRead.Samples read, List<Column> columns) {
        super(rows, plan, times(rows), false);
        this.asksLabels = read.labels();
        this.timeColumns = rows.columnsOf(Builtin.TIMESTAMP);
        this.valueColumns = rows.columnsOf(Builtin.VALUE);
        this.checkedLabels = rows.selector().labels();
        this.values = ValueFilter.of(rows.selector());
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Label label) {
                labelColumns.put(label.label(), rows.columnsOf(label));
            }
        }
    }

    private static List<Times> times(RowMaker rows) {
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
        return !checkedLabels.isEmpty();
    }

    @Override
    void writeOnce(Commands commands, TableKey key) {
        if (asksLabels) {
            commands.begin(2).arg("TS.INFO").arg(key.raw());
        }
    }

    @Override
    boolean readOnce(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        if (!asksLabels) {
            return true;
        }
        reply.next();
        if (saysNoSuchKey(reply, "TS.INFO")) {
            return false;
        }
        boolean wanted = true;
        for (int left = reply.arrayLength(); left > 0; left -= 2) {
            reply.next();
            boolean labels = reply.text().equals("labels");
            reply.next();
            if (labels) {
                wanted = readLabels(key, row, reply);
            } else {
                reply.skip();
            }
        }
        return wanted;
    }

    /** Reads RESP2's list of pairs or RESP3's map; false if the query doesn't want a series with these labels. */
    private boolean readLabels(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        boolean map = reply.kind() == Replies.Kind.MAP;
        Set<ColumnSource.Label> unmet = new HashSet<>(checkedLabels);
        for (int pairs = map ? reply.arrayLength() / 2 : reply.arrayLength(); pairs > 0; pairs--) {
            if (!map) {
                reply.next();
            }
            reply.next();
            String name = Text.decode(reply.buffer(), reply.offset(), reply.length());
            int[] columns = labelColumns.get(name);
            reply.next();
            if (columns != null) {
                rows.fill(row, columns, key, reply);
            }
            ColumnSource.Label label = new ColumnSource.Label(name);
            String value = Text.decode(reply.buffer(), reply.offset(), reply.length());
            if (unmet.contains(label) && rows.selector().accepts(label, value)) {
                unmet.remove(label);
            }
        }
        return unmet.isEmpty();
    }

    @Override
    void writePage(Commands commands, TableKey key, Times stretch, int size) {
        String from = stretch.from() == 0 ? "-" : String.valueOf(stretch.from());
        String to = stretch.to() == Long.MAX_VALUE ? "+" : String.valueOf(stretch.to());
        commands.begin(6 + values.words())
                .arg(command())
                .arg(key.raw())
                .arg(from)
                .arg(to);
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
