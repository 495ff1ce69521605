package io.rediscalcite.adapter.rules;

import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.rules.JoinCommuteRule;

/** Makes a right join a left one of the sides in turn, so that keys of the side that may lack rows can be looked up. */
final class RedisRightJoinRule extends RelRule<RuleConfig> {
    RedisRightJoinRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Join join = call.rel(0);
        RelNode swapped = JoinCommuteRule.swap(join, true, call.builder());
        if (swapped != null) {
            call.transformTo(swapped);
        }
    }
}
