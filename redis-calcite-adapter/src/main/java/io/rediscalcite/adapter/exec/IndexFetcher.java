package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists by LRANGE and sorted sets by ZRANGE, by position.
 *
 * <p>What is pushed or removed in front of a page that is still to come moves the positions: such a reader of a list sees it
 * as it is page by page, as any client does.
 */
final class IndexFetcher extends PagedFetcher {
    private final boolean scores;
    private final int[] valueColumns;
    private final int[] scoreColumns;
    private final int[] positionColumns;

    /** @param scores true for sorted sets */
    IndexFetcher(RowMaker rows, FetchPlan plan, boolean scores) {
        super(rows, plan, "0", scores);
        this.scores = scores;
        this.valueColumns = rows.columnsOf(scores ? Builtin.MEMBER : Builtin.ELEMENT);
        this.positionColumns = rows.columnsOf(scores ? Builtin.RANK : Builtin.POSITION);
        this.scoreColumns = rows.columnsOf(Builtin.SCORE);
    }

    @Override
    String command() {
        return scores ? "ZRANGE" : "LRANGE";
    }

    @Override
    void writePage(Commands commands, TableKey key, String from, int size) {
        long first = Long.parseLong(from);
        commands.begin(scores ? 5 : 4).arg(command()).arg(key.raw()).arg(first).arg(first + size - 1);
        if (scores) {
            commands.arg("WITHSCORES");
        }
    }

    @Override
    @Nullable
    String readPage(TableKey key, Page page, int size, Replies.Cursor reply, PageRows sink) {
        long position = Long.parseLong(page.from());
        for (int left = reply.arrayLength(); left > 0; left -= scores ? 2 : 1) {
            reply.next();
            boolean fresh = sink.isNew(reply);
            long bytes = reply.length();
            @Nullable Object[] row = sink.row();
            rows.fill(row, valueColumns, key, reply);
            for (int column : positionColumns) {
                row[column] = position;
            }
            if (scores) {
                reply.next();
                rows.fill(row, scoreColumns, key, reply);
            }
            if (fresh) {
                sink.add(row, bytes);
            }
            position++;
        }
        return position - Long.parseLong(page.from()) < size ? null : String.valueOf(position);
    }
}
