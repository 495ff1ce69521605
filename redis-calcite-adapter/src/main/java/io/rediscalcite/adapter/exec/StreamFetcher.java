package io.rediscalcite.adapter.exec;

import com.google.common.collect.Lists;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.RowOrder;
import io.rediscalcite.adapter.type.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams by XRANGE, or XREVRANGE from the end, each page from behind the last id of the one before. Where ids are
 * wanted by their text, the first and last one of the stream tell how far that is the order of the stream.
 */
final class StreamFetcher extends PagedFetcher<EntryIds.Ids> {
    private static final long HIGHEST = -1L;

    private final int[] idColumns;
    private final int[] timeColumns;
    private final int[] sequenceColumns;
    private final Map<String, int[]> fieldColumns = new HashMap<>();
    private final EntryIds ids;

    StreamFetcher(RowMaker rows, FetchPlan plan, List<Column> columns) {
        super(rows, plan, inOrder(rows, ids(rows).all()), false);
        this.ids = ids(rows);
        this.idColumns = rows.columnsOf(Builtin.ENTRY_ID);
        this.timeColumns = rows.columnsOf(Builtin.TIMESTAMP);
        this.sequenceColumns = rows.columnsOf(Builtin.SEQUENCE);
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Field field) {
                fieldColumns.put(field.field(), rows.columnsOf(field));
            }
        }
    }

    private static EntryIds ids(RowMaker rows) {
        Optional<RowOrder> order = rows.query().order();
        return new EntryIds(rows.selector(), order.isPresent() && order.get().column() == Builtin.ENTRY_ID);
    }

    /** The stretches as they are read, each from where it begins. */
    private static List<EntryIds.Ids> inOrder(RowMaker rows, List<EntryIds.Ids> upwards) {
        return rows.isDescending()
                ? Lists.reverse(upwards).stream()
                        .map(ids -> new EntryIds.Ids(ids.to(), ids.from()))
                        .toList()
                : upwards;
    }

    @Override
    String command() {
        return isDescending() ? "XREVRANGE" : "XRANGE";
    }

    @Override
    int openings() {
        return ids.needEnds() ? 2 : 0;
    }

    @Override
    void writeOpening(Commands commands, TableKey key) {
        commands.begin(6)
                .arg("XRANGE")
                .arg(key.raw())
                .arg("-")
                .arg("+")
                .arg("COUNT")
                .arg(1);
        commands.begin(6)
                .arg("XREVRANGE")
                .arg(key.raw())
                .arg("+")
                .arg("-")
                .arg("COUNT")
                .arg(1);
    }

    @Override
    @Nullable
    String readOpening(Replies.Cursor reply) {
        if (reply.arrayLength() == 0) {
            return null;
        }
        reply.next();
        reply.next();
        String id = reply.text();
        reply.next();
        reply.skip();
        return id;
    }

    @Override
    Opened<EntryIds.Ids> opened(List<@Nullable String> answers) {
        String first = answers.get(0);
        String last = answers.get(1);
        List<EntryIds.Ids> upwards = first == null || last == null ? List.of() : ids.between(first, last);
        return new Opened<>(inOrder(rows, upwards), upwards.size() == 1);
    }

    @Override
    void writePage(Commands commands, TableKey key, EntryIds.Ids stretch, int size) {
        commands.begin(6)
                .arg(command())
                .arg(key.raw())
                .arg(stretch.from())
                .arg(stretch.to())
                .arg("COUNT")
                .arg(size);
    }

    @Override
    EntryIds.@Nullable Ids readPage(TableKey key, EntryIds.Ids stretch, int size, Replies.Cursor reply, PageRows sink) {
        String last = null;
        int entries = reply.arrayLength();
        for (int left = entries; left > 0; left--) {
            reply.next();
            reply.next();
            last = reply.text();
            long millis = Long.parseUnsignedLong(last.substring(0, last.indexOf('-')));
            @Nullable Object[] row = sink.row();
            fillId(row, last, millis);
            reply.next();
            long bytes = readFields(key, row, reply);
            if (isWanted(last, millis)) {
                // Times that no column holds are all NULL, and so in one place.
                sink.add(row, bytes, Math.max(-1, millis));
            } else {
                sink.leaveOut(bytes);
            }
        }
        return last == null || entries < size || last.equals(stretch.to()) ? null : behind(last, stretch.to());
    }

    /** The rest of a stretch behind an id; null where there is no such id, which the server would refuse. */
    private EntryIds.@Nullable Ids behind(String id, String to) {
        int dash = id.indexOf('-');
        long end = isDescending() ? 0 : HIGHEST;
        boolean none = Long.parseUnsignedLong(id.substring(0, dash)) == end
                && Long.parseUnsignedLong(id.substring(dash + 1)) == end;
        return none ? null : new EntryIds.Ids("(" + id, to);
    }

    private boolean isWanted(String id, long millis) {
        return (millis >= 0 || !rows.selector().has(Builtin.TIMESTAMP))
                && rows.selector().accepts(Builtin.TIMESTAMP, millis)
                && rows.selector().accepts(Builtin.ENTRY_ID, id);
    }

    private void fillId(@Nullable Object[] row, String id, long millis) {
        int dash = id.indexOf('-');
        for (int column : idColumns) {
            row[column] = id;
        }
        for (int column : timeColumns) {
            row[column] = millis < 0 ? null : millis;
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
