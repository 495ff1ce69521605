package io.rediscalcite.jdbc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A node of the finished plan above ROLLUP, CUBE or GROUPING SETS that have a grand total: gives it also where there are no rows.
 *
 * <p>Calcite makes the group of the total, as all others, when a row comes.
 */
final class GrandTotal extends SingleRel implements EnumerableRel {
    private final List<@Nullable Object> ofNothing;

    private GrandTotal(RelNode aggregate, List<@Nullable Object> ofNothing) {
        super(aggregate.getCluster(), aggregate.getTraitSet(), aggregate);
        this.ofNothing = ofNothing;
    }

    /** {@code node}, or one above it that adds the total where it has one. */
    static RelNode above(RelNode node) {
        if (!(node instanceof EnumerableAggregate aggregate)
                || aggregate.getGroupType() == Aggregate.Group.SIMPLE
                || aggregate.getGroupSets().stream().noneMatch(ImmutableBitSet::isEmpty)) {
            return node;
        }
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < aggregate.getGroupCount(); i++) {
            row.add(null);
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            row.add(ofNothing(call));
        }
        return new GrandTotal(aggregate, row);
    }

    private static @Nullable Object ofNothing(AggregateCall call) {
        return switch (call.getAggregation().getKind()) {
            case COUNT, GROUP_ID, REGR_COUNT -> 0L;
            case GROUPING, GROUPING_ID -> (1L << call.getArgList().size()) - 1;
            case SUM0 -> zero(call.getType().getSqlTypeName());
            default -> null;
        };
    }

    private static Object zero(SqlTypeName type) {
        return switch (type) {
            case TINYINT -> (byte) 0;
            case SMALLINT -> (short) 0;
            case INTEGER -> 0;
            case DECIMAL -> BigDecimal.ZERO;
            case REAL -> 0.0f;
            case FLOAT, DOUBLE -> 0.0;
            default -> 0L;
        };
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new GrandTotal(sole(inputs), ofNothing);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
        BlockBuilder block = new BlockBuilder();
        Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        // A row of one field is its value.
        boolean single = ofNothing.size() == 1;
        PhysType physType = single
                ? input.physType
                : PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
        Expression rows = block.append("rows", input.block);
        Expression uniform = single ? rows : input.physType.convertTo(rows, JavaRowFormat.ARRAY);
        Expression total =
                single ? Expressions.constant(ofNothing.get(0)) : implementor.stash(ofNothing.toArray(), Object.class);
        block.add(Expressions.return_(
                null,
                Expressions.call(
                        Types.lookupMethod(RowsOrTotal.class, "of", Enumerable.class, Object.class), uniform, total)));
        return implementor.result(physType, block.toBlock());
    }
}
