package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Text;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A time series' labels, by TS.INFO: fills their columns, and tells whether the query wants a series that has them. */
final class SeriesLabels {
    private final RowMaker rows;
    private final boolean asked;
    private final Set<ColumnSource.Label> checked;

    /** @param asked whether any label is needed */
    SeriesLabels(RowMaker rows, boolean asked) {
        this.rows = rows;
        this.asked = asked;
        this.checked = rows.selector().labels();
    }

    /** True if not every series is wanted. */
    boolean areChecked() {
        return !checked.isEmpty();
    }

    void write(Commands commands, TableKey key) {
        if (asked) {
            commands.begin(2).arg("TS.INFO").arg(key.raw());
        }
    }

    /** Reads the reply to what {@link #write} wrote; false if the series isn't there, or isn't wanted. */
    boolean read(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        if (!asked) {
            return true;
        }
        reply.next();
        if (KeyFetcher.saysNoSuchKey(reply, "TS.INFO")) {
            return false;
        }
        boolean wanted = true;
        for (int left = reply.arrayLength(); left > 0; left -= 2) {
            reply.next();
            boolean labels = reply.text().equals("labels");
            reply.next();
            if (labels) {
                wanted = readLabels(key, row, reply);
            } else {
                reply.skip();
            }
        }
        return wanted;
    }

    /** Reads RESP2's list of pairs or RESP3's map. */
    private boolean readLabels(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        boolean map = reply.kind() == Replies.Kind.MAP;
        Set<ColumnSource.Label> unmet = new HashSet<>(checked);
        for (int pairs = map ? reply.arrayLength() / 2 : reply.arrayLength(); pairs > 0; pairs--) {
            if (!map) {
                reply.next();
            }
            reply.next();
            ColumnSource.Label label =
                    new ColumnSource.Label(Text.decode(reply.buffer(), reply.offset(), reply.length()));
            reply.next();
            rows.fill(row, rows.columnsOf(label), key, reply);
            String value = Text.decode(reply.buffer(), reply.offset(), reply.length());
            if (unmet.contains(label) && rows.selector().accepts(label, value)) {
                unmet.remove(label);
            }
        }
        return unmet.isEmpty();
    }
}
