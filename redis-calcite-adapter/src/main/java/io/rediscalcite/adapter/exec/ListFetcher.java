package io.rediscalcite.adapter.exec;

import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists by LRANGE; from the end, once LLEN has said where that is.
 *
 * <p>What is pushed or removed in front of a page that is still to come moves the positions: such a reader of a list sees it
 * as it is page by page, as any client does.
 */
final class ListFetcher extends PagedFetcher<ListFetcher.Positions> {
    /** Positions, both ends inside. */
    record Positions(long from, long to) {
        int count(int size) {
            return (int) Math.min(size - 1L, to - from) + 1;
        }
    }

    private final int[] elementColumns;
    private final int[] positionColumns;

    ListFetcher(RowMaker rows, FetchPlan plan) {
        super(rows, plan, positions(rows.selector(), Long.MAX_VALUE), false);
        this.elementColumns = rows.columnsOf(Builtin.ELEMENT);
        this.positionColumns = rows.columnsOf(Builtin.POSITION);
    }

    private static List<Positions> positions(RowSelector selector, long last) {
        List<Positions> positions = new ArrayList<>();
        for (Range<Long> range : selector.longs(Builtin.POSITION)) {
            if (range.lowerEndpoint() <= last) {
                positions.add(new Positions(range.lowerEndpoint(), Math.min(last, range.upperEndpoint())));
            }
        }
        return positions;
    }

    @Override
    String command() {
        return "LRANGE";
    }

    @Override
    int openings() {
        return isDescending() ? 1 : 0;
    }

    @Override
    void writeOpening(Commands commands, TableKey key) {
        commands.begin(2).arg("LLEN").arg(key.raw());
    }

    @Override
    String readOpening(Replies.Cursor reply) {
        return reply.text();
    }

    @Override
    Opened<Positions> opened(List<@Nullable String> answers) {
        List<Positions> positions = positions(rows.selector(), Long.parseLong(answers.get(0)) - 1);
        Collections.reverse(positions);
        return new Opened<>(positions, true);
    }

    @Override
    void writePage(Commands commands, TableKey key, Positions stretch, int size) {
        long first = first(stretch, size);
        commands.begin(4).arg("LRANGE").arg(key.raw()).arg(first).arg(first + stretch.count(size) - 1);
    }

    private long first(Positions stretch, int size) {
        return isDescending() ? stretch.to() - stretch.count(size) + 1 : stretch.from();
    }

    @Override
    @Nullable
    Positions readPage(TableKey key, Positions stretch, int size, Replies.Cursor reply, PageRows sink) {
        int asked = stretch.count(size);
        int elements = reply.arrayLength();
        List<@Nullable Object[]> page = new ArrayList<>(elements);
        List<Integer> bytes = new ArrayList<>(elements);
        long position = first(stretch, size);
        for (int left = elements; left > 0; left--) {
            reply.next();
            @Nullable Object[] row = sink.row();
            rows.fill(row, elementColumns, key, reply);
            for (int column : positionColumns) {
                row[column] = position;
            }
            page.add(row);
            bytes.add(reply.length());
            position++;
        }
        for (int i = 0; i < elements; i++) {
            int at = isDescending() ? elements - 1 - i : i;
            sink.add(page.get(at), bytes.get(at), first(stretch, size) + at);
        }
        if (asked > stretch.to() - stretch.from() || (!isDescending() && elements < asked)) {
            return null;
        }
        return isDescending()
                ? new Positions(stretch.from(), stretch.to() - asked)
                : new Positions(stretch.from() + asked, stretch.to());
    }
}
