package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.rel.RedisTableModify;
import io.rediscalcite.adapter.rel.WriteRunner;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.tools.RelBuilder;

/** Makes a modification of a Redis table physical, and asks of its input only what names the rows and what they get. */
final class RedisModifyRule extends RelRule<RuleConfig> {
    RedisModifyRule(RuleConfig config) {
        super(config);
    }

    /** Whether the rule knows the statement and the table. */
    static boolean isOurs(TableModify modify) {
        return modify.getConvention() == Convention.NONE
                && modify.getTable().unwrap(WriteRunner.class) != null
                && !modify.isMerge();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        TableModify modify = call.rel(0);
        RelOptTable table = modify.getTable();
        TableDefinition definition = table.unwrapOrThrow(TableDefinition.class);
        WriteQuery query =
                switch (modify.getOperation()) {
                    case INSERT -> WriteQuery.insert(definition, onConflict(call, table));
                    case UPDATE -> WriteQuery.update(definition, List.copyOf(modify.getUpdateColumnList()));
                    case DELETE -> WriteQuery.delete(definition);
                    case MERGE -> throw new IllegalStateException("not matched");
                };
        RelNode input = modify.getInput();
        if (!modify.isInsert()) {
            input = narrowed(call.builder().push(input), query);
        }
        call.transformTo(RedisTableModify.of(
                table, query, convert(input, input.getTraitSet().replace(EnumerableConvention.INSTANCE))));
    }

    private static OnConflict onConflict(RelOptRuleCall call, RelOptTable table) {
        return call.getPlanner().getContext().maybeUnwrap(OnConflict.class).orElseGet(() -> table.unwrapOrThrow(
                        WriteRunner.class)
                .defaultOnConflict());
    }

    /** The columns that name a row, and behind them the new values, which Calcite puts behind all of the table's columns. */
    private static RelNode narrowed(RelBuilder builder, WriteQuery query) {
        List<Integer> kept = new ArrayList<>(query.identity());
        int width = query.table().columns().size();
        for (int i = 0; i < query.values().size(); i++) {
            kept.add(width + i);
        }
        return builder.project(builder.fields(kept)).build();
    }
}
