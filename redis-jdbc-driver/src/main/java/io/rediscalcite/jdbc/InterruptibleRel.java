package io.rediscalcite.jdbc;

import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.SingleRel;

/**
 * A node of the finished plan that passes its input's rows on and looks now and then whether the run was cancelled or is late.
 *
 * <p>Calcite's own nodes never look: a join that finds no pair, or a sort of a join, would run to its end.
 */
final class InterruptibleRel extends SingleRel implements EnumerableRel {
    InterruptibleRel(RelNode input) {
        super(input.getCluster(), input.getTraitSet(), input);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new InterruptibleRel(sole(inputs));
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer pref) {
        BlockBuilder block = new BlockBuilder();
        Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), pref);
        Expression rows = block.append("rows", input.block);
        block.add(Expressions.return_(
                null,
                Expressions.call(
                        Types.lookupMethod(Interruptible.class, "interruptible", Enumerable.class, DataContext.class),
                        rows,
                        implementor.getRootExpression())));
        return implementor.result(input.physType, block.toBlock());
    }
}
