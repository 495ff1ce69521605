package io.rediscalcite.adapter.exec;

import com.google.common.collect.Lists;
import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks named members up: of sets by SMISMEMBER, of sorted sets by ZMSCORE, and by ZRANK where their ranks are wanted. */
final class MemberFetcher extends PagedFetcher<MemberFetcher.Members> {
    private static final int MEMBERS_AT_ONCE = 1000;

    /** Members to look up in one command, and their ranks as far as they are known; null for one that isn't there. */
    record Members(List<byte[]> names, List<@Nullable Long> ranks) {}

    private final boolean scores;
    private final boolean ranks;
    private final int[] memberColumns;
    private final int[] scoreColumns;
    private final int[] rankColumns;

    MemberFetcher(RowMaker rows, FetchPlan plan) {
        super(rows, plan, members(rows.selector()), false);
        this.scores = plan.read() instanceof KeyRead.ZsetLookup;
        this.ranks = plan.read() instanceof KeyRead.ZsetLookup lookup && lookup.ranks();
        this.memberColumns = rows.columnsOf(Builtin.MEMBER);
        this.scoreColumns = rows.columnsOf(Builtin.SCORE);
        this.rankColumns = rows.columnsOf(Builtin.RANK);
    }

    private static List<Members> members(RowSelector selector) {
        List<byte[]> names = new ArrayList<>();
        for (Range<String> point : selector.texts(Builtin.MEMBER)) {
            if (Text.isDecoded(point.lowerEndpoint())) {
                names.add(Text.encode(point.lowerEndpoint()));
            }
        }
        return Lists.partition(names, MEMBERS_AT_ONCE).stream()
                .map(part -> new Members(part, List.of()))
                .toList();
    }

    @Override
    String command() {
        return scores ? "ZMSCORE" : "SMISMEMBER";
    }

    @Override
    int questions(Members stretch) {
        return ranks ? stretch.names().size() : 0;
    }

    @Override
    Members answered(Members stretch, int question, Replies.Cursor reply) {
        List<@Nullable Long> known =
                question == 0 ? new ArrayList<>(stretch.names().size()) : stretch.ranks();
        known.add(reply.isNull() ? null : reply.longValue());
        return new Members(stretch.names(), known);
    }

    @Override
    void writePage(Commands commands, TableKey key, Members stretch, int size) {
        if (ranks) {
            for (byte[] name : stretch.names()) {
                commands.begin(3).arg("ZRANK").arg(key.raw()).arg(name);
            }
        }
        commands.begin(2 + stretch.names().size()).arg(command()).arg(key.raw());
        stretch.names().forEach(commands::arg);
    }

    @Override
    @Nullable
    Members readPage(TableKey key, Members stretch, int size, Replies.Cursor reply, PageRows sink) {
        for (int i = 0; i < stretch.names().size(); i++) {
            reply.next();
            byte[] name = stretch.names().get(i);
            Long rank = ranks ? stretch.ranks().get(i) : null;
            boolean there = scores ? !reply.isNull() && (!ranks || rank != null) : reply.longValue() == 1;
            if (!there || !isWanted(reply, rank)) {
                continue;
            }
            @Nullable Object[] row = sink.row();
            rows.fill(row, memberColumns, key, name, 0, name.length);
            rows.fill(row, scoreColumns, key, reply);
            for (int column : rankColumns) {
                row[column] = rank;
            }
            sink.add(row, name.length, "");
        }
        return null;
    }

    private boolean isWanted(Replies.Cursor reply, @Nullable Long rank) {
        return (rank == null || rows.selector().accepts(Builtin.RANK, rank))
                && (!scores || rows.selector().accepts(Builtin.SCORE, SortedSetRows.score(reply)));
    }
}
