package io.rediscalcite.adapter.model;

/**
 * A column's SQL type: its kind and, for DECIMAL, its digits.
 *
 * @param precision digits in all; 0 for every kind but DECIMAL
 * @param scale digits behind the point; 0 for every kind but DECIMAL
 */
public record ColumnType(Kind kind, int precision, int scale) {
    /** The kinds of column types. TIMESTAMP has milliseconds; JSON is text that Calcite sees as VARCHAR. */
    public enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INTEGER,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        VARCHAR,
        VARBINARY,
        DATE,
        TIME,
        TIMESTAMP,
        JSON
    }

    /** DECIMAL digits that the planner can hold at most. */
    public static final int MAX_DECIMAL_PRECISION = 38;

    public static final ColumnType VARCHAR = of(Kind.VARCHAR);
    public static final ColumnType BIGINT = of(Kind.BIGINT);
    public static final ColumnType DOUBLE = of(Kind.DOUBLE);

    /** A type without digits; DECIMAL gets the widest that there is. */
    public static ColumnType of(Kind kind) {
        return kind == Kind.DECIMAL ? decimal(MAX_DECIMAL_PRECISION, 18) : new ColumnType(kind, 0, 0);
    }

    public static ColumnType decimal(int precision, int scale) {
        return new ColumnType(Kind.DECIMAL, precision, scale);
    }

    /**
     * Reads a type as a model writes it, in any case: {@code INTEGER}, {@code int}, {@code DECIMAL(10, 2)}, {@code VARCHAR(20)}
     * (the length is ignored: Redis keeps none).
     *
     * @throws IllegalArgumentException with a message for the user that lists the types
     */
    public static ColumnType parse(String text) {
        return ColumnTypeParser.parse(text);
    }

    /** The type as a model writes it: {@code BIGINT}, {@code DECIMAL(10, 2)}. */
    @Override
    public String toString() {
        return kind == Kind.DECIMAL ? "DECIMAL(" + precision + ", " + scale + ")" : kind.name();
    }
}
