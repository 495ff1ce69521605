package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Column types as Calcite's planner and Calcite's generated code see them. */
public final class SqlTypes {
    private static final int MILLISECONDS = 3;

    private SqlTypes() {}

    /** The row type of a table with these columns. */
    public static RelDataType rowType(List<Column> columns, RelDataTypeFactory factory) {
        RelDataTypeFactory.Builder row = factory.builder();
        for (Column column : columns) {
            row.add(column.name(), type(column, factory));
        }
        return row.build();
    }

    /** The type of one column, nullable where the column is. */
    public static RelDataType type(Column column, RelDataTypeFactory factory) {
        return factory.createTypeWithNullability(notNull(column.type(), factory), column.nullable());
    }

    private static RelDataType notNull(ColumnType type, RelDataTypeFactory factory) {
        return switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case TINYINT -> factory.createSqlType(SqlTypeName.TINYINT);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case REAL -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case VARCHAR, JSON -> factory.createSqlType(SqlTypeName.VARCHAR);
            case VARBINARY -> factory.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, MILLISECONDS);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, MILLISECONDS);
        };
    }

    /** The class of the values that a {@link Codec} gives, which is Calcite's own form of the type. */
    public static Class<?> storageClass(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Boolean.class;
            case TINYINT -> Byte.class;
            case SMALLINT -> Short.class;
            case INTEGER, DATE, TIME -> Integer.class;
            case BIGINT, TIMESTAMP -> Long.class;
            case REAL -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case VARCHAR, JSON -> String.class;
            case VARBINARY -> ByteString.class;
        };
    }
}
