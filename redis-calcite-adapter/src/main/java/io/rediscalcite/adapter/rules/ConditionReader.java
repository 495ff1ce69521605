package io.rediscalcite.adapter.rules;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.Condition.Comparison;
import io.rediscalcite.adapter.query.Operand;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;

/**
 * Reads a filter's condition as one over columns and operands; what isn't understood becomes {@link Condition.Unknown} in its
 * place.
 *
 * <p>A cast of a column is looked through only where it changes no number: from an integer to a wider type.
 */
final class ConditionReader {
    private final List<Column> columns;

    /** @param columns those that the condition's references count */
    ConditionReader(List<Column> columns) {
        this.columns = columns;
    }

    Condition read(RexNode node) {
        return read(node, false);
    }

    private Condition read(RexNode node, boolean negated) {
        switch (node.getKind()) {
            case AND, OR -> {
                List<Condition> parts = ((RexCall) node)
                        .getOperands().stream()
                                .map(operand -> read(operand, negated))
                                .toList();
                boolean and = (node.getKind() == SqlKind.AND) != negated;
                return and ? new Condition.And(parts) : new Condition.Or(parts);
            }
            case NOT -> {
                return read(operand(node, 0), !negated);
            }
            case IS_TRUE, IS_FALSE -> {
                // Their opposites are true where the operand is unknown.
                return negated ? new Condition.Unknown() : read(operand(node, 0), node.getKind() == SqlKind.IS_FALSE);
            }
            case IS_NULL, IS_NOT_NULL -> {
                boolean isNull = (node.getKind() == SqlKind.IS_NULL) != negated;
                return column(operand(node, 0))
                        .map(column -> isNull ? new Condition.IsNull(column) : new Condition.IsNotNull(column))
                        .orElseGet(Condition.Unknown::new);
            }
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
                Comparison comparison = comparison(node.getKind());
                return compared(operand(node, 0), negated ? comparison.negated() : comparison, operand(node, 1));
            }
            case SEARCH -> {
                return search((RexCall) node, negated);
            }
            case LIKE -> {
                return negated ? new Condition.Unknown() : like((RexCall) node);
            }
            case INPUT_REF -> {
                return column(node)
                        .<Condition>map(column -> new Condition.Compared(
                                column, negated ? Comparison.NOT_EQUAL : Comparison.EQUAL, new Operand.Literal(true)))
                        .orElseGet(Condition.Unknown::new);
            }
            default -> {
                return constant(node, negated);
            }
        }
    }

    private static RexNode operand(RexNode node, int index) {
        return ((RexCall) node).getOperands().get(index);
    }

    private static Condition constant(RexNode node, boolean negated) {
        if (node.isAlwaysTrue() || node.isAlwaysFalse()) {
            return node.isAlwaysTrue() != negated ? new Condition.Anything() : new Condition.Or(List.of());
        }
        return new Condition.Unknown();
    }

    private static Comparison comparison(SqlKind kind) {
        return switch (kind) {
            case EQUALS -> Comparison.EQUAL;
            case NOT_EQUALS -> Comparison.NOT_EQUAL;
            case LESS_THAN -> Comparison.LESS;
            case LESS_THAN_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            case GREATER_THAN -> Comparison.GREATER;
            default -> Comparison.GREATER_OR_EQUAL;
        };
    }

    private Condition compared(RexNode left, Comparison comparison, RexNode right) {
        Optional<Column> column = column(left);
        if (column.isEmpty()) {
            return column(right).isPresent() ? compared(right, comparison.mirrored(), left) : new Condition.Unknown();
        }
        Optional<Operand> operand = isComparable(column.get(), right.getType()) ? operand(right) : Optional.empty();
        return operand.<Condition>map(value -> new Condition.Compared(column.get(), comparison, value))
                .orElseGet(Condition.Unknown::new);
    }

    /** The operand; a literal of an approximate type as the double that it is compared as. */
    private static Optional<Operand> operand(RexNode node) {
        return Operands.of(node).map(operand -> {
            boolean approximate =
                    SqlTypeName.APPROX_TYPES.contains(node.getType().getSqlTypeName());
            return approximate
                            && operand instanceof Operand.Literal literal
                            && literal.value() instanceof BigDecimal exact
                    ? new Operand.Literal(exact.doubleValue())
                    : operand;
        });
    }

    private Condition search(RexCall call, boolean negated) {
        Optional<Column> column = column(call.getOperands().get(0));
        if (column.isEmpty()
                || !(call.getOperands().get(1) instanceof RexLiteral literal)
                || !isComparable(column.get(), literal.getType())) {
            return new Condition.Unknown();
        }
        Sarg<?> given = literal.getValueAs(Sarg.class);
        if (given == null) {
            return new Condition.Unknown();
        }
        Sarg<?> sarg = negated ? given.negate() : given;
        boolean approximate =
                SqlTypeName.APPROX_TYPES.contains(literal.getType().getSqlTypeName());
        Condition values = sarg.isComplementedPoints()
                ? excluded(column.get(), sarg.negate(), approximate)
                : ranges(column.get(), sarg, approximate);
        return sarg.nullAs == RexUnknownAs.TRUE
                ? new Condition.Or(List.of(values, new Condition.IsNull(column.get())))
                : values;
    }

    private static Condition excluded(Column column, Sarg<?> points, boolean approximate) {
        List<Condition> all = new ArrayList<>();
        for (Range<?> point : points.rangeSet.asRanges()) {
            all.add(bound(column, Comparison.NOT_EQUAL, point.lowerEndpoint(), approximate));
        }
        return new Condition.And(all);
    }

    private static Condition ranges(Column column, Sarg<?> sarg, boolean approximate) {
        List<Operand> points = new ArrayList<>();
        List<Condition> any = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            List<Condition> both = new ArrayList<>();
            boolean point = range.hasLowerBound()
                    && range.hasUpperBound()
                    && range.lowerEndpoint().equals(range.upperEndpoint());
            if (point) {
                Optional<Operand> value = literal(range.lowerEndpoint(), approximate);
                if (value.isEmpty()) {
                    return new Condition.Unknown();
                }
                points.add(value.get());
                continue;
            }
            if (range.hasLowerBound()) {
                boolean open = range.lowerBoundType() == BoundType.OPEN;
                both.add(bound(
                        column,
                        open ? Comparison.GREATER : Comparison.GREATER_OR_EQUAL,
                        range.lowerEndpoint(),
                        approximate));
            }
            if (range.hasUpperBound()) {
                boolean open = range.upperBoundType() == BoundType.OPEN;
                both.add(bound(
                        column, open ? Comparison.LESS : Comparison.LESS_OR_EQUAL, range.upperEndpoint(), approximate));
            }
            any.add(both.isEmpty() ? new Condition.IsNotNull(column) : new Condition.And(both));
        }
        if (!points.isEmpty()) {
            any.add(0, new Condition.OneOf(column, points));
        }
        return any.size() == 1 ? any.get(0) : new Condition.Or(any);
    }

    private static Condition bound(Column column, Comparison comparison, Object value, boolean approximate) {
        return literal(value, approximate)
                .<Condition>map(operand -> new Condition.Compared(column, comparison, operand))
                .orElseGet(Condition.Unknown::new);
    }

    private static Optional<Operand> literal(Object value, boolean approximate) {
        return approximate && value instanceof BigDecimal exact
                ? Optional.of(new Operand.Literal(exact.doubleValue()))
                : Operands.literal(value);
    }

    private Condition like(RexCall call) {
        boolean plain = call.getOperator() instanceof SqlLikeOperator operator
                && operator.isCaseSensitive()
                && !operator.isNegated()
                && call.getOperands().size() == 2;
        Optional<Column> column = column(call.getOperands().get(0));
        String pattern =
                call.getOperands().get(1) instanceof RexLiteral literal ? literal.getValueAs(String.class) : null;
        if (!plain || column.isEmpty() || pattern == null || pattern.indexOf('\\') >= 0) {
            return new Condition.Unknown();
        }
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != '%' && pattern.charAt(end) != '_') {
            end++;
        }
        if (end == 0) {
            return new Condition.Unknown();
        }
        Condition begins = new Condition.StartsWith(column.get(), pattern.substring(0, end));
        return pattern.substring(end).equals("%")
                ? begins
                : new Condition.And(List.of(begins, new Condition.Unknown()));
    }

    /** The column that {@code node} is, or is a wider form of. */
    private Optional<Column> column(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return Optional.of(columns.get(ref.getIndex()));
        }
        if (node.getKind() == SqlKind.CAST && node instanceof RexCall cast) {
            RexNode inner = cast.getOperands().get(0);
            return widens(inner.getType(), cast.getType()) ? column(inner) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean widens(RelDataType from, RelDataType to) {
        SqlTypeName source = from.getSqlTypeName();
        SqlTypeName target = to.getSqlTypeName();
        if (source == target && source != SqlTypeName.DECIMAL) {
            return true;
        }
        return switch (source) {
            case TINYINT, SMALLINT, INTEGER ->
                (SqlTypeName.INT_TYPES.contains(target) && holdsIntegers(to, from))
                        || target == SqlTypeName.DOUBLE
                        || (target == SqlTypeName.DECIMAL && holdsIntegers(to, from));
            case BIGINT -> target == SqlTypeName.DECIMAL && holdsIntegers(to, from);
            default -> false;
        };
    }

    private static boolean holdsIntegers(RelDataType to, RelDataType integer) {
        return to.getPrecision() - Math.max(0, to.getScale()) >= integer.getPrecision();
    }

    /** Whether the value is of the column's own kind, so that it is compared as it is. */
    private static boolean isComparable(Column column, RelDataType value) {
        SqlTypeName type = value.getSqlTypeName();
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> SqlTypeName.NUMERIC_TYPES.contains(type);
            case VARCHAR -> SqlTypeName.CHAR_TYPES.contains(type);
            case BOOLEAN -> type == SqlTypeName.BOOLEAN;
            case DATE -> type == SqlTypeName.DATE;
            case TIMESTAMP -> type == SqlTypeName.TIMESTAMP;
            default -> column.type().kind() == Kind.TIME && type == SqlTypeName.TIME;
        };
    }
}
