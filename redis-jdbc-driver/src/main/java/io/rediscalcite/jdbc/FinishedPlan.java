package io.rediscalcite.jdbc;

import io.rediscalcite.jdbc.window.WindowRel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableLimit;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableWindow;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes the plan that the planner chose ready to run, below what EXPLAIN shows: exact sums, long lists as sets, a way to stop. */
final class FinishedPlan {
    private final Map<String, Object> variables = new LinkedHashMap<>();

    /** What the plan's generated code will ask the run's context for. */
    Map<String, Object> variables() {
        return variables;
    }

    RelRoot finish(RelRoot root) {
        return root.withRel(finish(root.rel));
    }

    private RelNode finish(RelNode node) {
        if (node instanceof EnumerableLimit limit) {
            noLimitForNull(limit.offset, limit.fetch);
        } else if (node instanceof Sort sort) {
            noLimitForNull(sort.offset, sort.fetch);
        }
        if (node.getInputs().isEmpty() || !(node instanceof EnumerableRel)) {
            return node;
        }
        // A node that passes rows on one by one is as easily stopped by what reads it.
        boolean streaming =
                node instanceof EnumerableCalc calc && calc.getProgram().getCondition() == null;
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            RelNode finished = finish(input);
            inputs.add(streaming || !(finished instanceof EnumerableRel) ? finished : new InterruptibleRel(finished));
        }
        return corrected(node.copy(node.getTraitSet(), inputs));
    }

    /** Calcite's code wants numbers, where {@code LIMIT NULL} and {@code OFFSET NULL} are as if they weren't there. */
    private void noLimitForNull(@Nullable RexNode offset, @Nullable RexNode fetch) {
        if (offset instanceof RexDynamicParam parameter) {
            variables.put(parameter.getName(), 0);
        }
        if (fetch instanceof RexDynamicParam parameter) {
            variables.put(parameter.getName(), Integer.MAX_VALUE);
        }
    }

    /** {@code node}, or one that computes what Calcite's computes otherwise than PostgreSQL, or not at all. */
    private RelNode corrected(RelNode node) {
        if (node instanceof EnumerableWindow window) {
            return WindowRel.of(window);
        }
        if (node instanceof EnumerableCalc calc) {
            return LongInLists.asSets(ShortCircuit.in(LateTimestamps.in(calc)), variables);
        }
        RexBuilder rexBuilder = node.getCluster().getRexBuilder();
        RelNode joined = JoinConditions.rewritten(
                node, condition -> ShortCircuit.in(LateTimestamps.in(condition, rexBuilder), rexBuilder));
        return GrandTotal.above(ExactSum.castInAggregate(SortKeys.in(EqualKeys.below(joined))));
    }
}
