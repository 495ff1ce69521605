package io.rediscalcite.adapter.exec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** A query's rows, pulled one by one from the readers of all nodes that have some. */
final class RowEnumerator implements Enumerator<Object> {
    private List<NodeReader> readers;
    private final NodeReaders opener;
    private final RowBudget budget;
    private final Execution execution;
    private final boolean bareValue;
    private final Queue<Object> rows = new ArrayDeque<>();
    private long toLeaveOut;
    private long toGive;
    private @Nullable Object current;
    private boolean closed;

    /**
     * @param opener opens what the first readers turn out to need
     * @param offset rows to leave out first; the budget counts them too
     * @param fetch rows to give then at most: a key may bring more than the budget wants
     */
    RowEnumerator(
            List<NodeReader> readers,
            NodeReaders opener,
            RowBudget budget,
            Execution execution,
            boolean bareValue,
            long offset,
            long fetch) {
        this.readers = new ArrayList<>(readers);
        this.opener = opener;
        this.budget = budget;
        this.execution = execution;
        this.bareValue = bareValue;
        this.toLeaveOut = offset;
        this.toGive = fetch;
    }

    @Override
    @SuppressWarnings("NullAway") // A bare value may be NULL; linq4j's Enumerator says nothing of it.
    public Object current() {
        return current;
    }

    @Override
    public boolean moveNext() {
        while (toGive > 0) {
            Object row = rows.poll();
            if (row != null) {
                if (toLeaveOut > 0) {
                    toLeaveOut--;
                    continue;
                }
                // The one place where a row of one column becomes the bare value that generated code expects.
                toGive--;
                current = bareValue ? ((@Nullable Object[]) row)[0] : row;
                return true;
            }
            if (!fill()) {
                break;
            }
        }
        close();
        return false;
    }

    /** Reads one batch from the reader that has one ready, or waits for the first that will; false at the end. */
    private boolean fill() {
        if (closed || budget.left() == 0) {
            return false;
        }
        try {
            execution.check();
            NodeReader next = null;
            for (NodeReader reader : readers) {
                if (!reader.isWaiting()) {
                    reader.send();
                }
                if (reader.isReady() || (next == null && reader.isWaiting())) {
                    next = reader;
                }
            }
            if (next == null) {
                readers.forEach(NodeReader::close);
                readers = new ArrayList<>(opener.more());
                return !readers.isEmpty();
            }
            next.read(rows);
            readers.addAll(opener.follow(next));
            if (next.isDone()) {
                readers.remove(next);
                next.close();
            }
            return true;
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public void reset() {
        throw new UnsupportedOperationException("a scan of Redis is read once; open another one");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            rows.clear();
            readers.forEach(NodeReader::close);
        }
    }
}
