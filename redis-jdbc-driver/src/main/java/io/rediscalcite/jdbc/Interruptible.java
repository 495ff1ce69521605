package io.rediscalcite.jdbc;

import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** The runtime side of {@link InterruptibleRel}. Public because generated code calls it. */
public final class Interruptible {
    /** Rows between two looks at the clock. */
    private static final int STRIDE = 64;

    private Interruptible() {}

    /** {@code rows}, until the run is cancelled or late: then reading fails. */
    public static <T> Enumerable<T> interruptible(Enumerable<T> rows, DataContext context) {
        if (!(context instanceof Execution execution)) {
            return rows;
        }
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<T> enumerator() {
                execution.check();
                return new Checked<>(rows.enumerator(), execution);
            }
        };
    }

    private static final class Checked<T> implements Enumerator<T> {
        private final Enumerator<T> rows;
        private final Execution execution;
        private int untilCheck = STRIDE;

        Checked(Enumerator<T> rows, Execution execution) {
            this.rows = rows;
            this.execution = execution;
        }

        @Override
        public T current() {
            return rows.current();
        }

        @Override
        public boolean moveNext() {
            if (--untilCheck == 0) {
                untilCheck = STRIDE;
                execution.check();
            }
            return rows.moveNext();
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
}
