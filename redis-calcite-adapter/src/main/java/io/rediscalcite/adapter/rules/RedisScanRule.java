package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.rel.RedisScan;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;

/** Makes a logical scan one that runs. */
final class RedisScanRule extends RelRule<RuleConfig> {
    RedisScanRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        call.transformTo(RedisScan.of(call.rel(0)));
    }
}
