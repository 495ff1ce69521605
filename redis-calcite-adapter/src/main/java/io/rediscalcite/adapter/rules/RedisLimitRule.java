package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Lets a scan stop reading at LIMIT, and leave out the rows before OFFSET. */
final class RedisLimitRule extends RelRule<RuleConfig> {
    RedisLimitRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalSort sort = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        Optional<Operand> offset = operand(sort.offset);
        Optional<Operand> fetch = operand(sort.fetch);
        boolean understood = offset.isPresent() == (sort.offset != null) && fetch.isPresent() == (sort.fetch != null);
        if (understood) {
            call.transformTo(scan.with(scan.query().limit(offset, fetch)));
        }
    }

    static Optional<Operand> operand(@Nullable RexNode node) {
        return node == null ? Optional.empty() : Operands.of(node);
    }
}
