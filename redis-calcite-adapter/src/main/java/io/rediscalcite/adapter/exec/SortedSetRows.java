package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.RowOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes rows of the members and scores that ZRANGE replies with, and leaves out those that the query doesn't want. */
final class SortedSetRows {
    private final RowMaker rows;
    private final int[] memberColumns;
    private final int[] scoreColumns;
    private final int[] rankColumns;
    private final boolean checksScore;
    private final boolean checksRank;
    private final boolean byRank;

    SortedSetRows(RowMaker rows) {
        this.rows = rows;
        this.memberColumns = rows.columnsOf(Builtin.MEMBER);
        this.scoreColumns = rows.columnsOf(Builtin.SCORE);
        this.rankColumns = rows.columnsOf(Builtin.RANK);
        this.checksScore = rows.selector().has(Builtin.SCORE);
        this.checksRank = rows.selector().has(Builtin.RANK);
        Optional<RowOrder> order = rows.query().order();
        this.byRank = order.isPresent() && order.get().column() == Builtin.RANK;
    }

    boolean wantsRank() {
        return rankColumns.length > 0 || checksRank;
    }

    /**
     * Reads the next member and its score.
     *
     * @param rank the member's; any number where it isn't wanted
     */
    void read(TableKey key, long rank, Replies.Cursor reply, PagedFetcher<?>.PageRows sink) {
        reply.next();
        boolean fresh = sink.isNew(reply);
        int bytes = reply.length();
        @Nullable Object[] row = sink.row();
        rows.fill(row, memberColumns, key, reply);
        for (int column : rankColumns) {
            row[column] = rank;
        }
        reply.next();
        rows.fill(row, scoreColumns, key, reply);
        boolean wanted = fresh
                && (!checksRank || rows.selector().accepts(Builtin.RANK, rank))
                && (!checksScore || rows.selector().accepts(Builtin.SCORE, score(reply)));
        if (wanted) {
            sink.add(row, bytes, byRank ? rank : reply.text());
        } else {
            sink.leaveOut(bytes);
        }
    }

    static double score(Replies.Cursor reply) {
        String text = reply.text();
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
