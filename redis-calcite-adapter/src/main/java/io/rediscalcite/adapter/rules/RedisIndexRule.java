package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.search.IndexChoice;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;

/** Lets a search index name the keys for the filter above a scan. The filter stays: the index may find more than its rows. */
final class RedisIndexRule extends RelRule<RuleConfig> {
    RedisIndexRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        TableIndexes indexes = scan.getTable().unwrapOrThrow(QueryRunner.class).indexes();
        if (indexes.usable().isEmpty()) {
            return;
        }
        Condition condition = new ConditionReader(scan.query().outputColumns()).read(filter.getCondition());
        Optional<IndexRead> read =
                IndexChoice.best(indexes.usable(), condition, Optional.empty(), indexes.soundValues());
        read.ifPresent(index -> call.transformTo(call.builder()
                .push(scan.with(scan.query().withIndex(index)))
                .filter(filter.getCondition())
                .build()));
    }
}
