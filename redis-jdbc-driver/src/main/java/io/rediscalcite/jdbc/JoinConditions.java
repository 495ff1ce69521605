package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.rel.RedisLookupJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** What the joins of a finished plan compute of two rows. */
final class JoinConditions {
    private JoinConditions() {}

    /** {@code node} with another such condition, if it is a join; equalities that rows are found by stay as they are. */
    static RelNode rewritten(RelNode node, UnaryOperator<RexNode> rewriting) {
        if (node instanceof RedisLookupJoin lookup) {
            RexNode rewritten = rewriting.apply(lookup.rest());
            return rewritten.equals(lookup.rest()) ? node : lookup.withRest(rewritten);
        }
        if (node instanceof EnumerableHashJoin join) {
            return withCondition(join, join.analyzeCondition().nonEquiConditions, rewriting);
        }
        return node instanceof EnumerableNestedLoopJoin join
                ? withCondition(join, RelOptUtil.conjunctions(join.getCondition()), rewriting)
                : node;
    }

    private static RelNode withCondition(Join join, List<RexNode> computed, UnaryOperator<RexNode> rewriting) {
        RexBuilder rexBuilder = join.getCluster().getRexBuilder();
        RexNode condition = RexUtil.composeConjunction(rexBuilder, computed);
        RexNode rewritten = rewriting.apply(condition);
        if (rewritten.equals(condition)) {
            return join;
        }
        List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
        all.removeAll(computed);
        all.add(rewritten);
        return join.copy(
                join.getTraitSet(),
                RexUtil.composeConjunction(rexBuilder, all),
                join.getLeft(),
                join.getRight(),
                join.getJoinType(),
                join.isSemiJoinDone());
    }
}
