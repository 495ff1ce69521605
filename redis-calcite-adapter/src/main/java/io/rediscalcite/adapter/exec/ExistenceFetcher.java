package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import org.jspecify.annotations.Nullable;

/** Reads no value: asks by TYPE whether the key is a row, where SCAN hasn't said so, and for what the server knows of it. */
final class ExistenceFetcher extends KeyFetcher {
    private final boolean asksType;

    ExistenceFetcher(RowMaker rows, FetchPlan plan) {
        super(rows, plan);
        this.asksType = plan.read() instanceof KeyRead.Existence;
    }

    @Override
    void write(Commands commands, Step step, long wanted) {
        if (asksType) {
            commands.begin(2).arg("TYPE").arg(step.key().raw());
        }
        writeProperties(commands, step.key());
    }

    @Override
    void read(Step step, Replies.Cursor replies, RowSink sink) {
        boolean there = true;
        if (asksType) {
            replies.next();
            boolean refused = rows.doesWithout(replies, "TYPE");
            if (!refused) {
                failOnError(replies, "TYPE");
            }
            there = !refused && rows.isRow(replies.text());
        }
        @Nullable Object[] row = rows.start(step.key());
        there &= readProperties(row, replies);
        if (there) {
            sink.row(row);
        }
    }
}
