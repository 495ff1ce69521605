package io.rediscalcite.adapter.exec;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.FloatingText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads sorted sets by ZRANGE BYSCORE. A page goes on from the score at which the one before ended, so that what comes and goes
 * elsewhere moves nothing; it has the members of that score again, for one of them may be gone, unless they are very many.
 */
final class ScoreFetcher extends PagedFetcher<ScoreFetcher.Scores> {
    /**
     * Scores in the order of reading, as ZRANGE takes them: {@code (5} is behind 5.
     *
     * @param known members at the beginning that were read before
     * @param rank of the first member behind these; negative as long as it isn't known
     */
    record Scores(String from, String to, int known, long rank) {
        /** Known members that the next page brings again. */
        int again() {
            return known <= MOST_AGAIN ? known : 0;
        }
    }

    private static final int MOST_AGAIN = 1000;

    private final SortedSetRows members;
    private final boolean ranks;

    ScoreFetcher(RowMaker rows, FetchPlan plan, KeyRead.ZsetScores read) {
        super(rows, plan, scores(rows), true);
        this.members = new SortedSetRows(rows);
        this.ranks = read.ranks();
    }

    private static List<Scores> scores(RowMaker rows) {
        boolean descending = rows.isDescending();
        List<Scores> scores = new ArrayList<>();
        for (Range<Double> range : rows.selector().doubles(Builtin.SCORE)) {
            String lower = lower(range);
            String upper = upper(range);
            scores.add(new Scores(descending ? upper : lower, descending ? lower : upper, 0, -1));
        }
        if (descending) {
            Collections.reverse(scores);
        }
        return scores;
    }

    /** Where the scores begin, as ZRANGE and ZCOUNT take it. */
    static String lower(Range<Double> range) {
        return bound(range.lowerEndpoint(), range.lowerBoundType());
    }

    /** Where they end. */
    static String upper(Range<Double> range) {
        return bound(range.upperEndpoint(), range.upperBoundType());
    }

    private static String bound(double score, BoundType type) {
        return (type == BoundType.OPEN ? "(" : "") + text(score);
    }

    private static String text(double score) {
        if (Double.isInfinite(score)) {
            return score > 0 ? "+inf" : "-inf";
        }
        return FloatingText.of(score);
    }

    @Override
    String command() {
        return "ZRANGE";
    }

    @Override
    int questions(Scores stretch) {
        return ranks && stretch.rank() < 0 ? 1 : 0;
    }

    /** ZCOUNT of what lies below tells the rank. */
    @Override
    Scores answered(Scores stretch, int question, Replies.Cursor reply) {
        long below = reply.longValue();
        return new Scores(stretch.from(), stretch.to(), 0, isDescending() ? Math.max(0, below - 1) : below);
    }

    /** Upwards, how many there are below the first; downwards, up to it. */
    private void writeQuestion(Commands commands, TableKey key, String from) {
        boolean behind = from.startsWith("(");
        String score = behind ? from.substring(1) : from;
        commands.begin(4).arg("ZCOUNT").arg(key.raw()).arg("-inf").arg(isDescending() == behind ? "(" + score : score);
    }

    @Override
    void writePage(Commands commands, TableKey key, Scores stretch, int size) {
        if (questions(stretch) > 0) {
            writeQuestion(commands, key, stretch.from());
        }
        commands.begin(isDescending() ? 10 : 9)
                .arg("ZRANGE")
                .arg(key.raw())
                .arg(stretch.from())
                .arg(stretch.to())
                .arg("BYSCORE");
        if (isDescending()) {
            commands.arg("REV");
        }
        commands.arg("LIMIT")
                .arg(stretch.known() - stretch.again())
                .arg(size + stretch.again())
                .arg("WITHSCORES");
    }

    @Override
    @Nullable
    Scores readPage(TableKey key, Scores stretch, int size, Replies.Cursor reply, PageRows sink) {
        int pairs = reply.arrayLength() / 2;
        int step = isDescending() ? -1 : 1;
        long rank = stretch.rank() - (long) step * stretch.again();
        String last = stretch.from();
        int known = stretch.known() - stretch.again();
        for (int left = pairs; left > 0; left--) {
            members.read(key, rank, reply, sink);
            rank += step;
            // The two zeros are one score to ZRANGE.
            String score = reply.text().equals("-0") ? "0" : reply.text();
            known = score.equals(last) ? known + 1 : 1;
            last = score;
        }
        return pairs < size + stretch.again() ? null : new Scores(last, stretch.to(), known, rank);
    }
}
