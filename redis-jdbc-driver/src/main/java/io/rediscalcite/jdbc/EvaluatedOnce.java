package io.rediscalcite.jdbc;

import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a plan, each computed when the reader moves to it.
 *
 * <p>The enumerators that Calcite generates compute a row anew each time it is looked at: once a column, and an error would
 * come up in a getter.
 */
final class EvaluatedOnce implements Enumerator<Object> {
    private final Enumerator<Object> rows;
    private @Nullable Object current;

    EvaluatedOnce(Enumerator<Object> rows) {
        this.rows = rows;
    }

    @Override
    @SuppressWarnings("NullAway") // A row of one column is its value, which may be null.
    public Object current() {
        return current;
    }

    @Override
    public boolean moveNext() {
        boolean found = rows.moveNext();
        current = found ? rows.current() : null;
        return found;
    }

    @Override
    public void reset() {
        rows.reset();
    }

    @Override
    public void close() {
        rows.close();
    }
}
