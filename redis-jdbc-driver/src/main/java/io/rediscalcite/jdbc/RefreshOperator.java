package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.RefreshFunction;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** {@code redis_refresh()} as no constant, so that a prepared statement refreshes each time it runs, and EXPLAIN doesn't. */
final class RefreshOperator extends SqlUserDefinedFunction {
    static final RefreshOperator INSTANCE = new RefreshOperator();

    private RefreshOperator() {
        super(
                new SqlIdentifier(RefreshFunction.NAME, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.INTEGER,
                InferTypes.explicit(List.of()),
                OperandTypes.operandMetadata(List.of(), factory -> List.of(), String::valueOf, position -> false),
                RefreshFunction.INSTANCE);
    }

    @Override
    public boolean isDeterministic() {
        return false;
    }
}
