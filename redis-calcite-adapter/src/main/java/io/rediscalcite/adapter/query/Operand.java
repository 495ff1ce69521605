package io.rediscalcite.adapter.query;

/** A value that a query compares with, known now or when the scan opens. */
public sealed interface Operand {
    /** A value written in the statement, in Calcite's internal form; never null. */
    record Literal(Object value) implements Operand {
        @Override
        public String toString() {
            return value instanceof Number || value instanceof Boolean
                    ? value.toString()
                    : "'" + value.toString().replace("'", "''") + "'";
        }
    }

    /** A parameter of a prepared statement: {@code ?0} is the first. */
    record Parameter(String name) implements Operand {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * Values of a column of the left rows that a lookup join holds, many at once: {@code $left.dest}. A lookup join's right
     * side has no other lookup join in it, so there are never two to tell apart.
     *
     * @param position the value's place in each tuple of values that a left row gives; values of one tuple belong together
     */
    record Lookup(int position, String column) implements Operand {
        /** The variable of the scan's context that holds the {@link LookupBatch}. */
        public static final String CONTEXT_NAME = "$left";

        @Override
        public String toString() {
            return CONTEXT_NAME + "." + column;
        }
    }

    /** A field of the outer row of a correlated subquery: {@code $cor0.dest}. */
    record Correlated(String variable, int field, String fieldName) implements Operand {
        @Override
        public String toString() {
            return variable + "." + fieldName;
        }
    }
}
