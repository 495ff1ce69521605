package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads sorted sets by ZRANGE, by rank from either end; from the highest, ZCARD tells the ranks where they are wanted. */
final class RankFetcher extends PagedFetcher<RankFetcher.Ranks> {
    /**
     * Places in the order of reading, both ends inside: ranks, or what is left of them from the highest.
     *
     * @param size members that the sorted set has; -1 if that isn't known, or not needed
     */
    record Ranks(long from, long to, long size) {
        int count(int page) {
            return (int) Math.min(page - 1L, to - from) + 1;
        }
    }

    private final SortedSetRows members;

    RankFetcher(RowMaker rows, FetchPlan plan) {
        super(rows, plan, ranks(rows.selector()), true);
        this.members = new SortedSetRows(rows);
    }

    private static List<Ranks> ranks(RowSelector selector) {
        return selector.longs(Builtin.RANK).stream()
                .map(range -> new Ranks(range.lowerEndpoint(), range.upperEndpoint(), -1))
                .toList();
    }

    @Override
    String command() {
        return "ZRANGE";
    }

    @Override
    int questions(Ranks stretch) {
        return isDescending() && members.wantsRank() && stretch.size() < 0 ? 1 : 0;
    }

    @Override
    Ranks answered(Ranks stretch, int question, Replies.Cursor reply) {
        return new Ranks(stretch.from(), stretch.to(), reply.longValue());
    }

    @Override
    void writePage(Commands commands, TableKey key, Ranks stretch, int size) {
        if (questions(stretch) > 0) {
            commands.begin(2).arg("ZCARD").arg(key.raw());
        }
        commands.begin(isDescending() ? 6 : 5)
                .arg("ZRANGE")
                .arg(key.raw())
                .arg(stretch.from())
                .arg(stretch.from() + stretch.count(size) - 1);
        if (isDescending()) {
            commands.arg("REV");
        }
        commands.arg("WITHSCORES");
    }

    @Override
    @Nullable
    Ranks readPage(TableKey key, Ranks stretch, int size, Replies.Cursor reply, PageRows sink) {
        int asked = stretch.count(size);
        long place = stretch.from();
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            members.read(key, isDescending() ? stretch.size() - 1 - place : place, reply, sink);
            place++;
        }
        boolean done = place - stretch.from() < asked || asked > stretch.to() - stretch.from();
        return done ? null : new Ranks(stretch.from() + asked, stretch.to(), stretch.size());
    }
}
