package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUtil;

/**
 * Makes a filter that names keys, over a scan or some columns of it, a lookup of these keys: for the time before plans are
 * weighed. Nothing is better than a lookup, and a plan that has no scan of all keys needs no count of them.
 */
final class RedisLookupRule extends RelRule<RuleConfig> {
    RedisLookupRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        RedisLogicalScan scan = call.rel(call.getRelList().size() - 1);
        RedisQuery query = scan.query();
        if (call.rel(1) instanceof LogicalProject project) {
            List<Integer> columns = new ArrayList<>();
            for (RexNode expression : project.getProjects()) {
                if (!(expression instanceof RexInputRef column)) {
                    return;
                }
                columns.add(column.getIndex());
            }
            query = query.project(columns);
        }
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        // Or the first of two conditions on a key would name keys that the other excludes.
        RexNode condition = new RexSimplify(rexBuilder, RelOptPredicateList.EMPTY, RexUtil.EXECUTOR)
                .simplifyUnknownAsFalse(filter.getCondition());
        PredicateSplitter.Split split = PredicateSplitter.split(condition, query, rexBuilder);
        RedisQuery lookup = query.withKeys(split.keys()).withRows(split.rows());
        if (lookup.namedKeyCount().isPresent()) {
            call.transformTo(call.builder()
                    .push(scan.with(lookup))
                    .filter(split.remaining())
                    .build());
        }
    }
}
