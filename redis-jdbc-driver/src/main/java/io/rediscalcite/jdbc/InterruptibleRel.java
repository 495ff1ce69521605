package io.rediscalcite.jdbc;

import io.rediscalcite.jdbc.window.WindowRel;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.SingleRel;

/**
 * A node of the finished plan that passes its input's rows on and looks now and then whether the run was cancelled or is late.
 *
 * <p>Calcite's own nodes never look: a join that finds no pair, or a sort of a join, would run to its end.
 */
final class InterruptibleRel extends SingleRel implements EnumerableRel {
    private InterruptibleRel(RelNode input) {
        super(input.getCluster(), input.getTraitSet(), input);
    }

    /** The finished plan {@code root}, made ready to run: guards below every node that doesn't pass rows on one by one. */
    static RelRoot finish(RelRoot root) {
        return root.withRel(guardInputs(root.rel));
    }

    private static RelNode guardInputs(RelNode node) {
        if (node.getInputs().isEmpty() || !(node instanceof EnumerableRel)) {
            return node;
        }
        List<RelNode> inputs = new ArrayList<>();
        boolean streaming =
                node instanceof EnumerableCalc calc && calc.getProgram().getCondition() == null;
        for (RelNode input : node.getInputs()) {
            RelNode guarded = guardInputs(input);
            inputs.add(streaming || !(guarded instanceof EnumerableRel) ? guarded : new InterruptibleRel(guarded));
        }
        return corrected(node.copy(node.getTraitSet(), inputs));
    }

    /** {@code node}, or one that computes what Calcite's computes otherwise than PostgreSQL. */
    private static RelNode corrected(RelNode node) {
        if (node instanceof EnumerableWindow window) {
            return WindowRel.of(window);
        }
        if (node instanceof EnumerableCalc calc) {
            return ShortCircuit.in(calc);
        }
        return GrandTotal.above(ExactSum.castInAggregate(TextOrder.byCodePoint(EqualKeys.below(node))));
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
