package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.RedisQuery;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;

/**
 * A join that fetches from Redis just the keys that its left rows name: a batch of rows at a time, each key once a batch.
 *
 * <p>Its right input is a scan whose key filter holds a {@link io.rediscalcite.adapter.query.Operand.Lookup}; it is opened
 * once a batch, with the batch's keys in its context. The condition is the equality of one column each.
 */
public final class RedisLookupJoin extends Join implements EnumerableRel {
    private static final Method JOIN = Types.lookupMethod(
            LookupJoin.class, "join", LookupJoin.Shape.class, DataContext.class, Enumerable.class, Function1.class);

    private final RedisQuery lookup;
    private final int leftKey;
    private final int rightKey;

    /** @param lookup the query of the scan on the right side */
    public RedisLookupJoin(
            RelOptCluster cluster,
            RelNode left,
            RelNode right,
            RexNode condition,
            JoinRelType joinType,
            RedisQuery lookup,
            int leftKey,
            int rightKey) {
        super(
                cluster,
                cluster.traitSetOf(EnumerableConvention.INSTANCE),
                List.of(),
                left,
                right,
                condition,
                Set.of(),
                joinType);
        this.lookup = lookup;
        this.leftKey = leftKey;
        this.rightKey = rightKey;
    }

    @Override
    public RedisLookupJoin copy(
            RelTraitSet traitSet,
            RexNode newCondition,
            RelNode newLeft,
            RelNode newRight,
            JoinRelType newType,
            boolean semiJoinDone) {
        return new RedisLookupJoin(getCluster(), newLeft, newRight, newCondition, newType, lookup, leftKey, rightKey);
    }

    /** A key has one row at most. */
    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return mq.getRowCount(left);
    }

    /** What the keys of all left rows cost; the right input's own cost is that of one. */
    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double keys = mq.getRowCount(left);
        return planner.getCostFactory().makeCost(keys * (1 + RedisScan.fetchCost(lookup)), 0, 0);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
        BlockBuilder block = new BlockBuilder();
        Result leftResult = implementor.visitChild(this, 0, (EnumerableRel) left, Prefer.ARRAY);
        Expression leftRows = block.append("left", leftResult.block);
        Result rightResult = implementor.visitChild(this, 1, (EnumerableRel) right, Prefer.ARRAY);
        PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), Prefer.ARRAY.preferArray());
        LookupJoin.Shape shape = new LookupJoin.Shape(
                joinType, left.getRowType().getFieldCount(), right.getRowType().getFieldCount(), leftKey, rightKey);
        // The parameter has the name by which all generated code calls its context, so the right side reads the join's.
        block.add(Expressions.call(
                JOIN,
                implementor.stash(shape, LookupJoin.Shape.class),
                DataContext.ROOT,
                leftRows,
                Expressions.lambda(rightResult.block, DataContext.ROOT)));
        return implementor.result(physType, block.toBlock());
    }
}
