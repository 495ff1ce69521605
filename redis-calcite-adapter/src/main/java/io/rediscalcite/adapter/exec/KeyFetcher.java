package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.FetchPlan.KeyProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of keys of one table type: writes a step's commands, and makes rows of their replies. */
abstract class KeyFetcher {
    final RowMaker rows;
    private final List<KeyProperty> properties;
    private final int[][] propertyColumns;

    KeyFetcher(RowMaker rows, FetchPlan plan) {
        this.rows = rows;
        this.properties = plan.properties();
        this.propertyColumns = properties.stream()
                .map(property -> rows.columnsOf(property.source()))
                .toArray(int[][]::new);
    }

    /**
     * Writes the commands of {@code steps}, in order.
     *
     * @param wanted rows that the query still wants at most
     */
    void write(Commands commands, List<Step> steps, long wanted) {
        steps.forEach(step -> write(commands, step, wanted));
    }

    /** Reads the replies to what {@link #write} wrote for the same steps; the cursor stands before the first of them. */
    void read(List<Step> steps, Replies.Cursor replies, RowSink sink) {
        steps.forEach(step -> read(step, replies, sink));
    }

    abstract void write(Commands commands, Step step, long wanted);

    abstract void read(Step step, Replies.Cursor replies, RowSink sink);

    final boolean hasProperties() {
        return !properties.isEmpty();
    }

    final void writeProperties(Commands commands, TableKey key) {
        for (KeyProperty property : properties) {
            commands.begin(1 + property.command().size());
            property.command().forEach(commands::arg);
            commands.arg(key.raw());
        }
    }

    /** Fills the columns of what the server knows of the key; false if one of the replies says that it isn't there. */
    final boolean readProperties(@Nullable Object[] row, Replies.Cursor replies) {
        boolean there = true;
        for (int i = 0; i < propertyColumns.length; i++) {
            KeyProperty property = properties.get(i);
            replies.next();
            failOnError(replies, String.join(" ", property.command()));
            // PTTL answers -2 for a key that isn't there, -1 for one that never expires.
            long number = replies.isNull() ? -2 : replies.longValue();
            there &= number != -2;
            for (int column : propertyColumns[i]) {
                row[column] = number < 0 ? null : (Object) number;
            }
        }
        return there;
    }

    static void failOnError(Replies.Cursor replies, String command) {
        if (replies.isError()) {
            throw replies.error(command);
        }
    }

    /**
     * True if the current reply is the error that says that the key is gone, or holds another type: then it is no row. Other
     * errors are thrown.
     */
    static boolean saysNoSuchKey(Replies.Cursor replies, String command) {
        if (!replies.isError()) {
            return false;
        }
        String text = replies.text();
        boolean noRow = text.startsWith("WRONGTYPE")
                || text.startsWith("ERR WRONGTYPE")
                || text.startsWith("Existing key has wrong Redis type")
                || text.equals("ERR TSDB: the key does not exist");
        if (noRow) {
            return true;
        }
        throw replies.error(command);
    }
}
