package io.rediscalcite.jdbc;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/**
 * Calcite's casts that nobody wrote, but for text under SUM, AVG and their like: PostgreSQL refuses it as the statement is read, and
 * Calcite's cast fails somewhere in the rows.
 */
final class NumbersAlone extends TypeCoercionImpl {
    NumbersAlone(RelDataTypeFactory typeFactory, SqlValidator validator) {
        super(typeFactory, validator);
    }

    @Override
    public boolean builtinFunctionCoercion(
            SqlCallBinding binding, List<RelDataType> operandTypes, List<SqlTypeFamily> expectedFamilies) {
        boolean textInAggregate =
                binding.getOperator().isAggregator() && operandTypes.stream().anyMatch(SqlTypeUtil::inCharFamily);
        return !textInAggregate && super.builtinFunctionCoercion(binding, operandTypes, expectedFamilies);
    }
}
