package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/** Narrows a scan to the columns that the aggregate above it uses: {@code COUNT(*)} needs none, so it keeps {@code _key}. */
final class RedisAggregateRule extends RelRule<RuleConfig> {
    RedisAggregateRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAggregate aggregate = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        ImmutableBitSet used = ImmutableBitSet.of(RelOptUtil.getAllFields(aggregate));
        List<Integer> kept = used.isEmpty() ? RedisProjectRule.cheapest(scan) : used.asList();
        int width = scan.getRowType().getFieldCount();
        if (kept.size() == width) {
            return;
        }
        Mappings.TargetMapping mapping = Mappings.create(MappingType.PARTIAL_FUNCTION, width, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            mapping.set(kept.get(i), i);
        }
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .map(aggregateCall -> aggregateCall.transform(mapping))
                .toList();
        List<ImmutableBitSet> groups = aggregate.getGroupSets().stream()
                .map(group -> moved(group, kept))
                .toList();
        call.transformTo(aggregate.copy(
                aggregate.getTraitSet(),
                scan.with(scan.query().project(kept)),
                moved(aggregate.getGroupSet(), kept),
                groups,
                calls));
    }

    private static ImmutableBitSet moved(ImmutableBitSet columns, List<Integer> kept) {
        return ImmutableBitSet.of(columns.asList().stream().map(kept::indexOf).toList());
    }
}
