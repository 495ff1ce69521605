package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads time series by TS.RANGE, each page from behind the last timestamp of the one before; labels by TS.INFO. */
final class SampleFetcher extends PagedFetcher {
    private final boolean asksLabels;
    private final int[] timeColumns;
    private final int[] valueColumns;
    private final Map<String, int[]> labelColumns = new HashMap<>();

    SampleFetcher(RowMaker rows, FetchPlan plan, KeyRead.Samples read, List<Column> columns) {
        super(rows, plan, "-", false);
        this.asksLabels = read.labels();
        this.timeColumns = rows.columnsOf(Builtin.TIMESTAMP);
        this.valueColumns = rows.columnsOf(Builtin.VALUE);
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Label label) {
                labelColumns.put(label.label(), rows.columnsOf(label));
            }
        }
    }

    @Override
    String command() {
        return "TS.RANGE";
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
        for (int left = reply.arrayLength(); left > 0; left -= 2) {
            reply.next();
            boolean labels = reply.text().equals("labels");
            reply.next();
            if (labels) {
                readLabels(key, row, reply);
            } else {
                reply.skip();
            }
        }
        return true;
    }

    /** Reads RESP2's list of pairs or RESP3's map. */
    private void readLabels(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        boolean map = reply.kind() == Replies.Kind.MAP;
        for (int pairs = map ? reply.arrayLength() / 2 : reply.arrayLength(); pairs > 0; pairs--) {
            if (!map) {
                reply.next();
            }
            reply.next();
            int[] columns = labelColumns.get(Text.decode(reply.buffer(), reply.offset(), reply.length()));
            reply.next();
            if (columns != null) {
                rows.fill(row, columns, key, reply);
            }
        }
    }

    @Override
    void writePage(Commands commands, TableKey key, String from, int size) {
        commands.begin(6)
                .arg("TS.RANGE")
                .arg(key.raw())
                .arg(from)
                .arg("+")
                .arg("COUNT")
                .arg(size);
    }

    @Override
    @Nullable
    String readPage(TableKey key, Page page, int size, Replies.Cursor reply, PageRows sink) {
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
            sink.add(row, Long.BYTES + reply.length());
        }
        return samples < size || last == Long.MAX_VALUE ? null : String.valueOf(last + 1);
    }
}
