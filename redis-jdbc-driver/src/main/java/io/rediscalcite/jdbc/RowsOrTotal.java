package io.rediscalcite.jdbc;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** The runtime side of {@link GrandTotal}. Public because generated code calls it. */
public final class RowsOrTotal {
    private RowsOrTotal() {}

    /** {@code rows}, or {@code total} alone if there are none. */
    public static Enumerable<@Nullable Object> of(Enumerable<@Nullable Object> rows, @Nullable Object total) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<@Nullable Object> enumerator() {
                return new OrTotal(rows.enumerator(), total);
            }
        };
    }

    private static final class OrTotal implements Enumerator<@Nullable Object> {
        private final Enumerator<@Nullable Object> rows;
        private final @Nullable Object total;
        private boolean any;
        private boolean atTotal;

        OrTotal(Enumerator<@Nullable Object> rows, @Nullable Object total) {
            this.rows = rows;
            this.total = total;
        }

        @Override
        @SuppressWarnings("NullAway") // A row of one column is its value, which may be null.
        public @Nullable Object current() {
            return atTotal ? total : rows.current();
        }

        @Override
        public boolean moveNext() {
            boolean more = rows.moveNext();
            atTotal = !more && !any;
            any = true;
            return more || atTotal;
        }

        @Override
        public void reset() {
            rows.reset();
            any = false;
            atTotal = false;
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
