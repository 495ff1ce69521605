package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;

/** Pours what a filter says of the key's name, and of what the key's type gives its rows, into the scan below it, and keeps the rest above. */
final class RedisFilterRule extends RelRule<RuleConfig> {
    RedisFilterRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        PredicateSplitter.Split split = PredicateSplitter.split(
                filter.getCondition(), scan.query(), filter.getCluster().getRexBuilder());
        RedisQuery narrower = scan.query().withKeys(split.keys()).withRows(split.rows());
        if (narrower.equals(scan.query())) {
            return;
        }
        call.transformTo(call.builder()
                .push(scan.with(narrower))
                .filter(split.remaining())
                .build());
    }
}
