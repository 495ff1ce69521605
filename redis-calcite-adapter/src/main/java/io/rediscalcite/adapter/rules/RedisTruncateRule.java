package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.RedisTableModify;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.tools.RelBuilder;

/** Lets a DELETE of all rows of collections remove their keys, rather than read each row and remove it. */
final class RedisTruncateRule extends RelRule<RuleConfig> {
    RedisTruncateRule(RuleConfig config) {
        super(config);
    }

    static boolean isDelete(TableModify modify) {
        return RedisModifyRule.isOurs(modify) && modify.isDelete();
    }

    static boolean isWholeTable(RedisLogicalScan scan) {
        return scan.query().isOfCollections()
                && scan.query().equals(RedisQuery.all(scan.query().table()));
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        TableModify modify = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        TableDefinition table = scan.query().table();
        RedisQuery keys = scan.query()
                .project(List.of(WriteQuery.keyOf(table)))
                .withAggregate(new KeyAggregate(Optional.empty(), List.of(KeyAggregate.Measure.COUNT)));
        RelBuilder builder = call.builder().push(scan.with(keys));
        RelNode names = builder.project(builder.field(0)).build();
        call.transformTo(RedisTableModify.of(
                modify.getTable(),
                WriteQuery.deleteKeys(table),
                convert(names, names.getTraitSet().replace(EnumerableConvention.INSTANCE))));
    }
}
