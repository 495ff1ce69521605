package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.RedisLookupJoin;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Joins by fetching just the keys that the left rows name, where the right side is a Redis table, filtered or not, and one of
 * the equalities gives its keys: by {@code _key}, or by the one key part that isn't known yet.
 *
 * <p>Other conditions of an inner join are checked above it. Declined: outer, semi and anti joins with other conditions, for
 * those decide whether a row has a partner.
 */
final class RedisLookupJoinRule extends RelRule<RuleConfig> {
    RedisLookupJoinRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalJoin join = call.rel(0);
        boolean filtered = call.rel(2) instanceof LogicalFilter;
        RedisLogicalScan scan = call.rel(filtered ? 3 : 2);
        JoinInfo info = join.analyzeCondition();
        boolean onlyKey = info.isEqui() && info.leftKeys.size() == 1;
        if (scan.query().isLimited() || (join.getJoinType() != JoinRelType.INNER && !onlyKey)) {
            return;
        }
        for (int i = 0; i < info.leftKeys.size(); i++) {
            int leftKey = info.leftKeys.get(i);
            int rightKey = info.rightKeys.get(i);
            Operand.Lookup operand = new Operand.Lookup(
                    join.getLeft().getRowType().getFieldNames().get(leftKey));
            RedisQuery query = withKeys(scan.query(), rightKey, operand);
            Column column = scan.query().outputColumns().get(rightKey);
            boolean comparable = PredicateSplitter.comparable(
                    column.type(),
                    join.getLeft()
                            .getRowType()
                            .getFieldList()
                            .get(leftKey)
                            .getType()
                            .getSqlTypeName());
            if (comparable
                    && query.namedKeyCount().isPresent()
                    && scan.query().namedKeyCount().isEmpty()) {
                RelBuilder builder = call.builder().push(scan.with(query));
                if (filtered) {
                    builder.filter(((LogicalFilter) call.rel(2)).getCondition());
                }
                call.transformTo(build(call, join, info, builder.build(), query, leftKey, rightKey));
                return;
            }
        }
    }

    private static RedisQuery withKeys(RedisQuery query, int position, Operand operand) {
        Column column = query.outputColumns().get(position);
        KeyFilter keys = query.keys();
        if (column.source() instanceof ColumnSource.Key && keys.key().isEmpty()) {
            return query.withKeys(keys.withKey(List.of(operand)));
        }
        if (column.source() instanceof ColumnSource.KeyPart part
                && column.format() == null
                && !keys.parts().containsKey(part.part())) {
            return query.withKeys(keys.withPart(part.part(), List.of(operand)));
        }
        return query;
    }

    private static RelNode build(
            RelOptRuleCall call,
            LogicalJoin join,
            JoinInfo info,
            RelNode right,
            RedisQuery lookup,
            int leftKey,
            int rightKey) {
        RexBuilder rex = join.getCluster().getRexBuilder();
        int width = join.getLeft().getRowType().getFieldCount();
        RexNode equality = rex.makeCall(
                SqlStdOperatorTable.EQUALS,
                rex.makeInputRef(join.getLeft(), leftKey),
                rex.makeInputRef(right.getRowType().getFieldList().get(rightKey).getType(), width + rightKey));
        RelNode joined = new RedisLookupJoin(
                join.getCluster(),
                convert(join.getLeft(), join.getLeft().getTraitSet().replace(EnumerableConvention.INSTANCE)),
                convert(right, right.getTraitSet().replace(EnumerableConvention.INSTANCE)),
                equality,
                join.getJoinType(),
                lookup,
                leftKey,
                rightKey);
        boolean onlyKey = info.isEqui() && info.leftKeys.size() == 1;
        return onlyKey
                ? joined
                : call.builder().push(joined).filter(join.getCondition()).build();
    }
}
