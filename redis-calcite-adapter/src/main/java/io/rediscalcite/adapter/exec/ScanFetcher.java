package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sets by SSCAN and sorted sets by ZSCAN: every member that stays is given, whatever comes and goes meanwhile. */
final class ScanFetcher extends PagedFetcher<String> {
    private final boolean scores;
    private final int[] memberColumns;
    private final int[] scoreColumns;

    /** @param scores true for sorted sets */
    ScanFetcher(RowMaker rows, FetchPlan plan, boolean scores) {
        super(rows, plan, List.of("0"), true);
        this.scores = scores;
        this.memberColumns = rows.columnsOf(Builtin.MEMBER);
        this.scoreColumns = rows.columnsOf(Builtin.SCORE);
    }

    @Override
    String command() {
        return scores ? "ZSCAN" : "SSCAN";
    }

    @Override
    void writePage(Commands commands, TableKey key, String from, int size) {
        commands.begin(5).arg(command()).arg(key.raw()).arg(from).arg("COUNT").arg(size);
    }

    @Override
    @Nullable
    String readPage(TableKey key, String from, int size, Replies.Cursor reply, PageRows sink) {
        reply.next();
        String cursor = reply.text();
        reply.next();
        for (int left = reply.arrayLength(); left > 0; left -= scores ? 2 : 1) {
            reply.next();
            boolean fresh = sink.isNew(reply);
            long bytes = reply.length();
            @Nullable Object[] row = fresh ? sink.row() : null;
            if (row != null) {
                rows.fill(row, memberColumns, key, reply);
            }
            if (scores) {
                reply.next();
                if (row != null) {
                    rows.fill(row, scoreColumns, key, reply);
                }
            }
            if (row == null) {
                sink.leaveOut(bytes);
            } else {
                sink.add(row, bytes, "");
            }
        }
        return cursor.equals("0") ? null : cursor;
    }
}
