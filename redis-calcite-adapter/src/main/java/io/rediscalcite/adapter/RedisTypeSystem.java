package io.rediscalcite.adapter;

import io.rediscalcite.adapter.model.ColumnType;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The type system that makes Calcite's arithmetic answer as PostgreSQL's does.
 *
 * <p>The JDBC driver uses it by itself. A program that reads Redis through Calcite's own driver names it in the connection
 * property {@code typeSystem}: {@code io.rediscalcite.adapter.RedisTypeSystem#INSTANCE}.
 */
public final class RedisTypeSystem extends RelDataTypeSystemImpl {
    public static final RedisTypeSystem INSTANCE = new RedisTypeSystem();

    /** Text and bytes have the length limit of PostgreSQL's {@code varchar(n)}. */
    private static final int MAX_LENGTH = 10_485_760;

    private static final int MILLISECONDS = 3;

    /** PostgreSQL's quotients of numbers have as many digits at least. */
    private static final int QUOTIENT_SCALE = 16;

    private RedisTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> ColumnType.MAX_DECIMAL_PRECISION;
            case CHAR, VARCHAR, BINARY, VARBINARY -> MAX_LENGTH;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? ColumnType.MAX_DECIMAL_PRECISION : super.getMaxScale(typeName);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            // Calcite's default of 0 would cut the milliseconds off in CAST(… AS TIMESTAMP).
            case TIME, TIMESTAMP -> MILLISECONDS;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public RoundingMode roundingMode() {
        return RoundingMode.HALF_UP;
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        RelDataType sum =
                switch (argumentType.getSqlTypeName()) {
                    case TINYINT, SMALLINT, INTEGER -> typeFactory.createSqlType(SqlTypeName.BIGINT);
                    case BIGINT -> typeFactory.createSqlType(SqlTypeName.DECIMAL, ColumnType.MAX_DECIMAL_PRECISION, 0);
                    case DECIMAL ->
                        typeFactory.createSqlType(
                                SqlTypeName.DECIMAL, ColumnType.MAX_DECIMAL_PRECISION, argumentType.getScale());
                    default -> argumentType;
                };
        return typeFactory.createTypeWithNullability(sum, argumentType.isNullable());
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory typeFactory, RelDataType type1, RelDataType type2) {
        RelDataType quotient = super.deriveDecimalDivideType(typeFactory, type1, type2);
        if (quotient == null || quotient.getScale() >= QUOTIENT_SCALE) {
            return quotient;
        }
        return typeFactory.createTypeWithNullability(
                typeFactory.createSqlType(SqlTypeName.DECIMAL, ColumnType.MAX_DECIMAL_PRECISION, QUOTIENT_SCALE),
                quotient.isNullable());
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        return fractional(typeFactory, argumentType);
    }

    @Override
    public RelDataType deriveCovarType(RelDataTypeFactory typeFactory, RelDataType arg0Type, RelDataType arg1Type) {
        RelDataType widest = SqlTypeUtil.isExactNumeric(arg0Type) ? arg1Type : arg0Type;
        return typeFactory.createTypeWithNullability(
                fractional(typeFactory, widest), arg0Type.isNullable() || arg1Type.isNullable());
    }

    private static RelDataType fractional(RelDataTypeFactory typeFactory, RelDataType type) {
        return SqlTypeUtil.isNumeric(type)
                ? typeFactory.createTypeWithNullability(
                        typeFactory.createSqlType(SqlTypeName.DOUBLE), type.isNullable())
                : type;
    }
}
