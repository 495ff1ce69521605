package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.Operand;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/** Reads what a condition compares a column with. */
final class Operands {
    private Operands() {}

    /** The operand that {@code node} is; empty for NULL, for an expression of columns, and for what isn't understood. */
    static Optional<Operand> of(RexNode node) {
        if (node instanceof RexLiteral literal) {
            Comparable<?> value =
                    switch (literal.getTypeName()) {
                        case DATE -> literal.getValueAs(DateString.class);
                        case TIMESTAMP -> literal.getValueAs(TimestampString.class);
                        default -> literal.getValue();
                    };
            return literal(value);
        }
        if (node instanceof RexDynamicParam parameter) {
            return Optional.of(new Operand.Parameter(parameter.getName()));
        }
        if (node instanceof RexFieldAccess access && access.getReferenceExpr() instanceof RexCorrelVariable variable) {
            return Optional.of(new Operand.Correlated(
                    variable.id.getName(),
                    access.getField().getIndex(),
                    access.getField().getName()));
        }
        if (node instanceof RexCall cast && cast.getKind() == SqlKind.CAST && losesNothing(cast)) {
            return of(cast.getOperands().get(0));
        }
        return Optional.empty();
    }

    /** The operand of a value as RexLiteral and Sarg keep it. */
    static Optional<Operand> literal(@Nullable Object value) {
        if (value instanceof NlsString text) {
            return Optional.of(new Operand.Literal(text.getValue()));
        }
        if (value instanceof BigDecimal number) {
            return Optional.of(new Operand.Literal(number));
        }
        if (value instanceof Double number) {
            return Optional.of(new Operand.Literal(number));
        }
        if (value instanceof TimestampString moment) {
            return Optional.of(new Operand.Literal(moment.getMillisSinceEpoch()));
        }
        if (value instanceof DateString date) {
            return Optional.of(new Operand.Literal(date.getDaysSinceEpoch()));
        }
        if (value instanceof TimestampString timestamp) {
            return Optional.of(new Operand.Literal(timestamp.getMillisSinceEpoch()));
        }
        if (value instanceof Boolean) {
            return Optional.of(new Operand.Literal(value));
        }
        return Optional.empty();
    }

    /** A cast between texts of any length, or from an integer to a wider one, keeps each value as it is. */
    static boolean losesNothing(RexCall cast) {
        SqlTypeName from = cast.getOperands().get(0).getType().getSqlTypeName();
        SqlTypeName to = cast.getType().getSqlTypeName();
        if (SqlTypeName.CHAR_TYPES.contains(from) && to == SqlTypeName.VARCHAR) {
            int length = cast.getType().getPrecision();
            int before = cast.getOperands().get(0).getType().getPrecision();
            return length < 0 || (before >= 0 && before <= length);
        }
        if (SqlTypeName.INT_TYPES.contains(from) && SqlTypeName.INT_TYPES.contains(to)) {
            return SqlTypeName.INT_TYPES.indexOf(from) <= SqlTypeName.INT_TYPES.indexOf(to);
        }
        return from == to && (from == SqlTypeName.DATE || from == SqlTypeName.DOUBLE);
    }
}
