package io.rediscalcite.adapter.rules;

import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.tools.RelBuilder;

/**
 * Takes a DISTINCT out of the right side of a semi or anti join, which asks whether there is a partner, and not how many: so keys can be
 * looked up there.
 */
final class RedisDistinctPartnersRule extends RelRule<RuleConfig> {
    RedisDistinctPartnersRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalJoin join = call.rel(0);
        boolean projected = call.rel(2) instanceof LogicalProject;
        LogicalAggregate distinct = call.rel(projected ? 3 : 2);
        RelBuilder builder = call.builder().push(distinct.getInput());
        List<RexNode> groups = distinct.getGroupSet().asList().stream()
                .map(field -> (RexNode) builder.field(field))
                .toList();
        List<RexNode> fields = groups;
        if (projected) {
            fields = new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return groups.get(ref.getIndex());
                }
            }.visitList(((LogicalProject) call.rel(2)).getProjects());
        }
        builder.project(fields, call.rel(2).getRowType().getFieldNames(), true);
        call.transformTo(join.copy(
                join.getTraitSet(),
                join.getCondition(),
                join.getLeft(),
                builder.build(),
                join.getJoinType(),
                join.isSemiJoinDone()));
    }
}
