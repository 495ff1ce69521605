package io.rediscalcite.jdbc.window;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** A finished plan's node for window functions, in place of Calcite's. */
public final class WindowRel extends SingleRel implements EnumerableRel {
    private final Windows windows;

    private WindowRel(RelNode input, RelDataType rowType, Windows windows) {
        super(input.getCluster(), input.getTraitSet(), input);
        this.rowType = rowType;
        this.windows = windows;
    }

    /**
     * The node that computes what {@code window} says.
     *
     * @throws RedisSqlException if it has a function or a frame that can't be computed
     */
    public static RelNode of(EnumerableWindow window) {
        int width = window.getInput().getRowType().getFieldCount();
        List<@Nullable Object> constants = new ArrayList<>();
        for (RexLiteral literal : window.getConstants()) {
            constants.add(value(literal));
        }
        List<Windows.Group> groups = new ArrayList<>();
        for (Window.Group group : window.groups) {
            RowOrder order = new RowOrder(group.orderKeys.getFieldCollations().stream()
                    .map(WindowRel::key)
                    .toList());
            groups.add(new Windows.Group(
                    group.keys.asList(),
                    order,
                    frame(window, group, order),
                    group.aggCalls.stream()
                            .map(call -> function(call, width, constants))
                            .toList()));
        }
        return new WindowRel(window.getInput(), window.getRowType(), new Windows(width, groups));
    }

    private static RowOrder.Key key(RelFieldCollation collation) {
        return new RowOrder.Key(
                collation.getFieldIndex(),
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST);
    }

    private static WindowFunction function(Window.RexWinAggCall call, int width, List<@Nullable Object> constants) {
        if (!WindowFunction.isKnown(call.getOperator().getKind())) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    call.getOperator().getName()
                            + " can't be used as a window function; aggregate in a subquery and join its rows instead");
        }
        return new WindowFunction(
                call.getOperator().getKind(),
                call.getOperands().stream()
                        .map(operand -> ((RexInputRef) operand).getIndex())
                        .toList(),
                width,
                constants,
                call.getType().getSqlTypeName(),
                call.distinct,
                call.ignoreNulls);
    }

    private static Frame frame(Window window, Window.Group group, RowOrder order) {
        Frame.Bound lower = bound(window, group.lowerBound);
        Frame.Bound upper = bound(window, group.upperBound);
        boolean hasOffset = lower.isOffset() || upper.isOffset();
        return new Frame(
                !group.isRows,
                lower,
                upper,
                group.exclude,
                group.isRows || !hasOffset ? null : rangeKey(window, order));
    }

    private static RangeKey rangeKey(Window window, RowOrder order) {
        boolean single = order.keys().size() == 1;
        RowOrder.Key key = order.keys().get(0);
        RelDataType type =
                window.getInput().getRowType().getFieldList().get(key.field()).getType();
        if (!single || !RangeKey.isPossible(type)) {
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT,
                    "RANGE with an offset needs ORDER BY exactly one column, of a number or a date or time; use ROWS"
                            + " instead");
        }
        return new RangeKey(key, type);
    }

    private static Frame.Bound bound(Window window, RexWindowBound bound) {
        if (bound.isUnbounded()) {
            return new Frame.Bound(
                    bound.isPreceding() ? Frame.Kind.UNBOUNDED_PRECEDING : Frame.Kind.UNBOUNDED_FOLLOWING, null, false);
        }
        if (bound.isCurrentRow()) {
            return new Frame.Bound(Frame.Kind.CURRENT_ROW, null, false);
        }
        int width = window.getInput().getRowType().getFieldCount();
        RexNode offset = bound.getOffset() instanceof RexInputRef ref && ref.getIndex() >= width
                ? window.getConstants().get(ref.getIndex() - width)
                : bound.getOffset();
        BigDecimal distance =
                offset instanceof RexLiteral literal && value(literal) instanceof BigDecimal number ? number : null;
        if (distance == null || distance.signum() < 0) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "a window's frame begins or ends at a literal distance that is not negative, and not at " + offset);
        }
        SqlIntervalQualifier interval = offset.getType().getIntervalQualifier();
        return new Frame.Bound(
                bound.isPreceding() ? Frame.Kind.PRECEDING : Frame.Kind.FOLLOWING,
                distance,
                interval != null && interval.isYearMonth());
    }

    /** A literal in the form that its type has in rows. */
    private static @Nullable Object value(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        return switch (literal.getType().getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> literal.getValueAs(BigDecimal.class);
            case FLOAT, DOUBLE, REAL -> literal.getValueAs(Double.class);
            case CHAR, VARCHAR -> literal.getValueAs(String.class);
            case BINARY, VARBINARY -> literal.getValueAs(ByteString.class);
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case DATE, TIME -> literal.getValueAs(Integer.class);
            case TIMESTAMP -> literal.getValueAs(Long.class);
            default ->
                SqlTypeName.INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())
                        ? literal.getValueAs(BigDecimal.class)
                        : literal.getValue2();
        };
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new WindowRel(sole(inputs), getRowType(), windows);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
        BlockBuilder block = new BlockBuilder();
        Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        Expression rows = block.append("rows", input.block);
        Expression arrays = block.append("arrays", input.physType.convertTo(rows, JavaRowFormat.ARRAY));
        PhysType output = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
        block.add(Expressions.return_(
                null,
                Expressions.call(
                        implementor.stash(windows, Windows.class),
                        Types.lookupMethod(Windows.class, "apply", Enumerable.class, DataContext.class),
                        arrays,
                        implementor.getRootExpression())));
        return implementor.result(output, block.toBlock());
    }
}
