package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads some fields of hashes by HMGET.
 *
 * <p>A reply of NULLs alone says nothing of whether the hash is there; then TYPE decides, in a second step that carries the
 * row. Of a key that SCAN didn't give, the hash may have come since: its fields are read again, right behind another TYPE.
 */
final class HashFetcher extends KeyFetcher {
    private static final Object SINCE_COME = new Object();

    private final byte[][] fields;
    private final int[][] columns;

    HashFetcher(RowMaker rows, FetchPlan plan, KeyRead.HashFields read) {
        super(rows, plan);
        List<String> names = read.fields();
        fields = names.stream().map(Text::encode).toArray(byte[][]::new);
        columns = names.stream()
                .map(name -> rows.columnsOf(new ColumnSource.Field(name)))
                .toArray(int[][]::new);
    }

    @Override
    void write(Commands commands, Step step, long wanted) {
        byte[] key = step.key().raw();
        if (step.state() != null) {
            commands.begin(2).arg("TYPE").arg(key);
        }
        if (step.state() instanceof Object[]) {
            return;
        }
        commands.begin(2 + fields.length).arg("HMGET").arg(key);
        for (byte[] field : fields) {
            commands.arg(field);
        }
        writeProperties(commands, step.key());
    }

    /** Another node may have fields where this one had no key. */
    @Override
    Step elsewhere(Step step) {
        return new Step(step.key(), null);
    }

    @Override
    void read(Step step, Replies.Cursor replies, RowSink sink) {
        boolean typed = false;
        if (step.state() != null) {
            replies.next();
            failOnError(replies, "TYPE");
            typed = rows.isRow(replies.text());
        }
        if (step.state() instanceof @Nullable Object[] row) {
            if (typed && rows.isScanned()) {
                sink.row(row);
            } else if (typed) {
                sink.again(new Step(step.key(), SINCE_COME));
            }
            return;
        }
        replies.next();
        @Nullable Object[] row = rows.start(step.key());
        boolean hash = !saysNoSuchKey(replies, "HMGET");
        boolean any = false;
        for (int i = 0; hash && i < columns.length; i++) {
            replies.next();
            any |= !replies.isNull();
            rows.fill(row, columns[i], step.key(), replies);
        }
        boolean there = readProperties(row, replies);
        if (hash && there && (any || typed)) {
            sink.row(row);
        } else if (hash && there && step.state() == null) {
            sink.again(new Step(step.key(), row));
        }
    }
}
