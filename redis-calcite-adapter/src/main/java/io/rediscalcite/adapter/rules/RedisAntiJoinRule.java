package io.rediscalcite.adapter.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;

/**
 * Makes an anti join of a left join whose rows without a partner alone are wanted: {@code LEFT JOIN … WHERE right._key IS NULL}, which is
 * also what Calcite makes of {@code NOT EXISTS}.
 */
final class RedisAntiJoinRule extends RelRule<RuleConfig> {
    RedisAntiJoinRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalFilter filter = call.rel(0);
        LogicalJoin join = call.rel(1);
        List<RexNode> rest = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
        Optional<RexNode> lacksPartner =
                rest.stream().filter(conjunct -> lacksPartner(conjunct, join)).findFirst();
        if (lacksPartner.isEmpty()) {
            return;
        }
        rest.remove(lacksPartner.get());
        RelBuilder builder = call.builder();
        builder.push(join.copy(
                join.getTraitSet(),
                join.getCondition(),
                join.getLeft(),
                join.getRight(),
                JoinRelType.ANTI,
                join.isSemiJoinDone()));
        RexBuilder rex = join.getCluster().getRexBuilder();
        List<RexNode> fields = new ArrayList<>(builder.fields());
        for (RelDataTypeField field : join.getRowType().getFieldList().subList(fields.size(), width(join))) {
            fields.add(rex.makeNullLiteral(field.getType()));
        }
        call.transformTo(builder.project(fields, join.getRowType().getFieldNames(), true)
                .filter(rest)
                .convert(filter.getRowType(), true)
                .build());
    }

    private static int width(LogicalJoin join) {
        return join.getRowType().getFieldCount();
    }

    /** True if the conjunct says that a column of the right side is NULL which is so in no row of that side. */
    private static boolean lacksPartner(RexNode conjunct, LogicalJoin join) {
        int left = join.getLeft().getRowType().getFieldCount();
        return conjunct.getKind() == SqlKind.IS_NULL
                && ((RexCall) conjunct).getOperands().get(0) instanceof RexInputRef ref
                && ref.getIndex() >= left
                && !join.getRight()
                        .getRowType()
                        .getFieldList()
                        .get(ref.getIndex() - left)
                        .getType()
                        .isNullable();
    }
}
