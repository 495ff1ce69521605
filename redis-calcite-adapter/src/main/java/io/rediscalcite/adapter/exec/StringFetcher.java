package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.FetchPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads strings: by one MGET for all keys of a batch, or by GET on a cluster, where a batch has keys of many slots. */
final class StringFetcher extends KeyFetcher {
    private final int[] columns;
    private final boolean cluster;

    StringFetcher(RowMaker rows, FetchPlan plan, boolean cluster) {
        super(rows, plan);
        this.columns = rows.columnsOf(Builtin.VALUE);
        this.cluster = cluster;
    }

    @Override
    int[] write(Commands commands, List<Step> steps, long wanted, boolean confirmed) {
        if (cluster || steps.isEmpty()) {
            return super.write(commands, steps, wanted, confirmed);
        }
        commands.begin(1 + steps.size()).arg("MGET");
        steps.forEach(step -> commands.arg(step.key().raw()));
        steps.forEach(step -> writeProperties(commands, step.key()));
        return new int[0];
    }

    @Override
    void read(List<Step> steps, Replies.Cursor replies, RowSink sink) {
        if (cluster || steps.isEmpty()) {
            super.read(steps, replies, sink);
            return;
        }
        replies.next();
        failOnError(replies, "MGET");
        // MGET answers NULL for a key of another type too.
        List<@Nullable Object @Nullable []> found = new ArrayList<>(steps.size());
        for (Step step : steps) {
            replies.next();
            found.add(replies.isNull() ? null : row(step, replies));
        }
        for (@Nullable Object @Nullable [] row : found) {
            boolean there = readProperties(row == null ? new Object[rows.width()] : row, replies);
            if (row != null && there) {
                sink.row(row);
            }
        }
    }

    @Override
    void write(Commands commands, Step step, long wanted) {
        commands.begin(2).arg("GET").arg(step.key().raw());
        writeProperties(commands, step.key());
    }

    @Override
    void read(Step step, Replies.Cursor replies, RowSink sink) {
        replies.next();
        boolean there = !saysNoSuchKey(replies, "GET") && !replies.isNull();
        @Nullable Object[] row = there ? row(step, replies) : new Object[rows.width()];
        there &= readProperties(row, replies);
        if (there) {
            sink.row(row);
        }
    }

    private @Nullable Object[] row(Step step, Replies.Cursor value) {
        @Nullable Object[] row = rows.start(step.key());
        rows.fill(row, columns, step.key(), value);
        return row;
    }
}
