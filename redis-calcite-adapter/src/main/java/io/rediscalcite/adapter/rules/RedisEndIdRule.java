package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * Reads just the first entries of each stream for {@code MIN(_id)}, and the last for {@code MAX(_id)}: those that may be the one by the
 * order of text. The aggregate stays.
 */
final class RedisEndIdRule extends RelRule<RuleConfig> {
    private static final RowOrder.First ONE =
            new RowOrder.First(Optional.empty(), new Operand.Literal(BigDecimal.ONE), true);

    RedisEndIdRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAggregate aggregate = call.rel(0);
        AggregateInput input = AggregateInput.of(call);
        RedisQuery query = input.scan().query();
        List<RexNode> fields = input.fields();
        boolean understood = aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getAggCallList().size() == 1
                && query.order().isEmpty()
                && aggregate.getGroupSet().asList().stream().allMatch(field -> isOfKey(fields.get(field), query))
                && isEndOfIds(aggregate.getAggCallList().get(0), fields, query);
        if (understood) {
            boolean last = aggregate.getAggCallList().get(0).getAggregation().getKind() == SqlKind.MAX;
            RowOrder end = new RowOrder(Builtin.ENTRY_ID, last, Optional.of(ONE));
            RelNode ends = input.over(input.scan().with(query.withOrder(end)));
            call.transformTo(aggregate.copy(aggregate.getTraitSet(), List.of(ends)));
        }
    }

    private static boolean isOfKey(RexNode field, RedisQuery query) {
        return field instanceof RexInputRef ref && column(ref, query).source().isOfName();
    }

    private static boolean isEndOfIds(AggregateCall call, List<RexNode> fields, RedisQuery query) {
        SqlKind kind = call.getAggregation().getKind();
        return (kind == SqlKind.MIN || kind == SqlKind.MAX)
                && call.filterArg < 0
                && call.getArgList().size() == 1
                && fields.get(call.getArgList().get(0)) instanceof RexInputRef ref
                && column(ref, query).source() == Builtin.ENTRY_ID;
    }

    private static Column column(RexInputRef ref, RedisQuery query) {
        return query.outputColumns().get(ref.getIndex());
    }
}
