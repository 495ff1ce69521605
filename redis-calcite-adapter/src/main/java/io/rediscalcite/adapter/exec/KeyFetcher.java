package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.FetchPlan.KeyProperty;
import io.rediscalcite.adapter.query.KeyRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the rows of keys of one table type: writes a step's commands, and makes rows of their replies. */
abstract class KeyFetcher {
    final RowMaker rows;
    private final List<KeyProperty> properties;
    private final int[][] propertyColumns;
    private final boolean knownToExist;

    KeyFetcher(RowMaker rows, FetchPlan plan) {
        this.rows = rows;
        this.properties = plan.properties();
        // A table of keys may name keys and leave it to the properties to tell whether they are there.
        this.knownToExist = rows.isScanned() || !(plan.read() instanceof KeyRead.NameOnly);
        this.propertyColumns = properties.stream()
                .map(property -> rows.columnsOf(property.source()))
                .toArray(int[][]::new);
    }

    /**
     * Writes the commands of {@code steps}, in order.
     *
     * @param wanted rows that the query still wants at most
     * @param confirmed whether EXISTS is to follow each step, but those of one command that tells whether the key is there
     * @return how many commands each step and those before it have; none where steps share commands
     */
    int[] write(Commands commands, List<Step> steps, long wanted, boolean confirmed) {
        int[] ends = new int[steps.size()];
        for (int i = 0; i < ends.length; i++) {
            Step step = steps.get(i);
            int before = commands.count();
            write(commands, step, wanted);
            int written = commands.count() - before;
            boolean tells = written == 1 && tellsOfNoKey();
            if (confirmed && written > 0 && !tells) {
                commands.begin(2).arg("EXISTS").arg(step.key().raw());
            }
            ends[i] = commands.count();
        }
        return ends;
    }

    /** True if a key that is there, and of the table's type, has a row or another step: so none means that it isn't. */
    boolean tellsOfNoKey() {
        return true;
    }

    /** A step that was written, and that this node didn't take: as another node can go on with it. Its replies aren't read. */
    Step elsewhere(Step step) {
        return step;
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
        boolean told = knownToExist;
        for (int i = 0; i < propertyColumns.length; i++) {
            KeyProperty property = properties.get(i);
            replies.next();
            String command = String.join(" ", property.command());
            if (isUntracked(replies) || rows.doesWithout(replies, command)) {
                continue;
            }
            told = true;
            failOnError(replies, command);
            Object value;
            if (property.isText()) {
                there &= !replies.isNull() && !replies.text().equals("none");
                value = there ? replies.text() : null;
            } else {
                // PTTL answers -2 for a key that isn't there, -1 for one that never expires.
                long number = replies.isNull() ? -2 : replies.longValue();
                there &= number != -2;
                value = number < 0 ? null : (Object) number;
            }
            for (int column : propertyColumns[i]) {
                row[column] = value;
            }
        }
        return there && told;
    }

    /** True if the server doesn't know how long keys were idle, since it evicts by how often they are used. */
    private static boolean isUntracked(Replies.Cursor reply) {
        return reply.isError() && reply.text().contains("idle time not tracked");
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
