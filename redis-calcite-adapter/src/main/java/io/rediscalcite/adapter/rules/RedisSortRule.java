package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowOrder;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.logical.LogicalSort;

/**
 * Lets Redis sort by what it keeps sorted: positions, ranks and scores, ids and times.
 *
 * <p>The rows of one key come in the wanted order, and LIMIT goes with it. Where more columns decide, or several keys, the sort
 * stays, and a LIMIT takes just so many rows of each key, with all that tie with the last.
 */
final class RedisSortRule extends RelRule<RuleConfig> {
    RedisSortRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalSort sort = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        RedisQuery query = scan.query();
        List<RelFieldCollation> fields = sort.getCollation().getFieldCollations();
        Optional<RowOrder> order = order(query, fields.get(0));
        Optional<Operand> offset = RedisLimitRule.operand(sort.offset);
        Optional<Operand> fetch = RedisLimitRule.operand(sort.fetch);
        boolean understood = offset.isPresent() == (sort.offset != null) && fetch.isPresent() == (sort.fetch != null);
        if (order.isEmpty() || !understood) {
            return;
        }
        boolean alone = fields.size() == 1 && order.get().column() != Builtin.ENTRY_ID;
        RedisLogicalScan sorted = scan.with(query.withOrder(order.get()).limit(offset, fetch));
        RelCollation promised = sorted.getTraitSet().getCollation();
        if (alone && promised != null && promised.satisfies(sort.getCollation())) {
            call.transformTo(sorted);
        } else if (fetch.isPresent()) {
            RowOrder.First first = new RowOrder.First(offset, fetch.get(), !alone);
            RowOrder headed = new RowOrder(order.get().column(), order.get().descending(), Optional.of(first));
            call.transformTo(sort.copy(sort.getTraitSet(), List.of(scan.with(query.withOrder(headed)))));
        }
    }

    /** The order in which the keys can be read, if it is that of {@code field}. */
    private static Optional<RowOrder> order(RedisQuery query, RelFieldCollation field) {
        ColumnSource column = query.outputColumns().get(field.getFieldIndex()).source();
        boolean descending = field.getDirection() == RelFieldCollation.Direction.DESCENDING;
        boolean directed = descending || field.getDirection() == RelFieldCollation.Direction.ASCENDING;
        // Times that no TIMESTAMP holds are NULL and the latest.
        boolean nulls = column != Builtin.TIMESTAMP
                || field.nullDirection == field.getDirection().defaultNullDirection();
        // Ranks that a condition names are read upwards.
        boolean readable = !(descending && query.rows().has(Builtin.RANK));
        return directed && nulls && readable && query.orders().contains(column)
                ? Optional.of(new RowOrder(column, descending, Optional.empty()))
                : Optional.empty();
    }
}
