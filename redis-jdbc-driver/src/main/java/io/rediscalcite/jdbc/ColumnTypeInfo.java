package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.model.ColumnType;
import java.sql.Types;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A column's type as metadata describes it.
 *
 * @param jdbcType of {@link Types}
 * @param name without length, nullability or character set
 * @param size digits of a number, characters of a text or of a date's text, bytes; never negative
 * @param scale digits behind the point or of a second's fraction; null where there is none
 * @param radix 10 for numbers, else null
 */
record ColumnTypeInfo(int jdbcType, String name, int size, @Nullable Integer scale, @Nullable Integer radix) {
    /** The types that columns have, in the order of their numbers in {@link Types}. */
    static final List<ColumnTypeInfo> ALL = List.of(
            number(Types.TINYINT, "TINYINT", 3, 0),
            number(Types.BIGINT, "BIGINT", 19, 0),
            other(Types.VARBINARY, "VARBINARY", Integer.MAX_VALUE, null),
            number(Types.DECIMAL, "DECIMAL", ColumnType.MAX_DECIMAL_PRECISION, 0),
            number(Types.INTEGER, "INTEGER", 10, 0),
            number(Types.SMALLINT, "SMALLINT", 5, 0),
            number(Types.REAL, "REAL", 7, null),
            number(Types.DOUBLE, "DOUBLE", 15, null),
            other(Types.VARCHAR, "VARCHAR", Integer.MAX_VALUE, null),
            other(Types.BOOLEAN, "BOOLEAN", 1, null),
            other(Types.DATE, "DATE", 10, null),
            other(Types.TIME, "TIME", 12, 3),
            other(Types.TIMESTAMP, "TIMESTAMP", 23, 3));

    private static ColumnTypeInfo number(int jdbcType, String name, int size, @Nullable Integer scale) {
        return new ColumnTypeInfo(jdbcType, name, size, scale, 10);
    }

    private static ColumnTypeInfo other(int jdbcType, String name, int size, @Nullable Integer scale) {
        return new ColumnTypeInfo(jdbcType, name, size, scale, null);
    }

    /** What {@code type} is. */
    static ColumnTypeInfo of(RelDataType type) {
        int jdbcType = type.getSqlTypeName().getJdbcOrdinal();
        for (ColumnTypeInfo known : ALL) {
            if (known.jdbcType == jdbcType) {
                return known.withLimitsOf(type);
            }
        }
        return other(jdbcType, type.getSqlTypeName().getName(), Math.max(0, type.getPrecision()), null);
    }

    private ColumnTypeInfo withLimitsOf(RelDataType type) {
        boolean limited = jdbcType == Types.DECIMAL || jdbcType == Types.VARCHAR || jdbcType == Types.VARBINARY;
        int limit = limited && type.getPrecision() > 0 ? type.getPrecision() : size;
        Integer digits = jdbcType == Types.DECIMAL ? Integer.valueOf(type.getScale()) : scale;
        return new ColumnTypeInfo(jdbcType, name, limit, digits, radix);
    }

    /** Bytes that a text's value can have; null for other types. */
    @Nullable
    Integer octets() {
        return jdbcType == Types.VARCHAR || jdbcType == Types.VARBINARY ? size : null;
    }

    /** Characters that a value's text has at most. */
    int displaySize() {
        return switch (jdbcType) {
            case Types.BOOLEAN -> 5;
            case Types.REAL, Types.DOUBLE -> 25;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> size + 1;
            case Types.DECIMAL -> size + 2;
            default -> size;
        };
    }
}
