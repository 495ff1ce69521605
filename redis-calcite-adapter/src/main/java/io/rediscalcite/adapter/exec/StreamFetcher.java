package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.type.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads streams by XRANGE, each page from behind the last id of the one before. */
final class StreamFetcher extends PagedFetcher {
    /** The server refuses to read from behind it. */
    private static final String LAST_ID = "18446744073709551615-18446744073709551615";

    private final int[] idColumns;
    private final int[] timeColumns;
    private final int[] sequenceColumns;
    private final Map<String, int[]> fieldColumns = new HashMap<>();

    StreamFetcher(RowMaker rows, FetchPlan plan, List<Column> columns) {
        super(rows, plan, "-", false);
        this.idColumns = rows.columnsOf(Builtin.ENTRY_ID);
        this.timeColumns = rows.columnsOf(Builtin.TIMESTAMP);
        this.sequenceColumns = rows.columnsOf(Builtin.SEQUENCE);
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Field field) {
                fieldColumns.put(field.field(), rows.columnsOf(field));
            }
        }
    }

    @Override
    String command() {
        return "XRANGE";
    }

    @Override
    void writePage(Commands commands, TableKey key, String from, int size) {
        commands.begin(6)
                .arg("XRANGE")
                .arg(key.raw())
                .arg(from)
                .arg("+")
                .arg("COUNT")
                .arg(size);
    }

    @Override
    @Nullable
    String readPage(TableKey key, Page page, int size, Replies.Cursor reply, PageRows sink) {
        String last = null;
        int entries = reply.arrayLength();
        for (int left = entries; left > 0; left--) {
            reply.next();
            reply.next();
            last = reply.text();
            @Nullable Object[] row = sink.row();
            fillId(row, last);
            reply.next();
            long bytes = readFields(key, row, reply);
            sink.add(row, bytes);
        }
        return last == null || last.equals(LAST_ID) || entries < size ? null : "(" + last;
    }

    private void fillId(@Nullable Object[] row, String id) {
        int dash = id.indexOf('-');
        for (int column : idColumns) {
            row[column] = id;
        }
        for (int column : timeColumns) {
            row[column] = signed(id.substring(0, dash));
        }
        for (int column : sequenceColumns) {
            row[column] = signed(id.substring(dash + 1));
        }
    }

    /** An id's number, which has 64 bits without a sign; NULL beyond what the column's type holds. */
    private static @Nullable Long signed(String unsigned) {
        long number = Long.parseUnsignedLong(unsigned);
        return number < 0 ? null : number;
    }

    private long readFields(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        long bytes = 0;
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            int[] columns = fieldColumns.get(Text.decode(reply.buffer(), reply.offset(), reply.length()));
            reply.next();
            bytes += reply.length();
            if (columns != null) {
                rows.fill(row, columns, key, reply);
            }
        }
        return bytes;
    }
}
