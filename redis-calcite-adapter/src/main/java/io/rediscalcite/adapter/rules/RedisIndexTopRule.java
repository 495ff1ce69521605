package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.search.IndexChoice;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;

/**
 * Lets a search index name the keys of the first rows by a number, or of any so many. Sort and filter stay: what the index names
 * are the rows that are wanted and others perhaps, in no order.
 */
final class RedisIndexTopRule extends RelRule<RuleConfig> {
    RedisIndexTopRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalSort sort = call.rel(0);
        boolean filtered = call.rel(1) instanceof LogicalFilter;
        RedisLogicalScan scan = call.rel(filtered ? 2 : 1);
        List<RelFieldCollation> order = sort.getCollation().getFieldCollations();
        if (sort.fetch == null
                || order.size() > 1
                || (order.isEmpty() && !filtered)
                || !scan.query().keys().equals(KeyFilter.ALL)) {
            return;
        }
        TableIndexes indexes = scan.getTable().unwrapOrThrow(QueryRunner.class).indexes();
        Optional<Operand> fetch = Operands.of(sort.fetch);
        Optional<Operand> offset = sort.offset == null ? Optional.empty() : Operands.of(sort.offset);
        if (indexes.usable().isEmpty() || fetch.isEmpty() || offset.isPresent() != (sort.offset != null)) {
            return;
        }
        List<Column> columns = scan.query().outputColumns();
        Condition condition = filtered
                ? new ConditionReader(columns).read(((LogicalFilter) call.rel(1)).getCondition())
                : new Condition.Anything();
        IndexRead.Top top = top(order, columns, condition, offset, fetch.get());
        Optional<IndexRead> read =
                IndexChoice.best(indexes.usable(), condition, Optional.of(top), indexes.soundValues());
        if (read.isPresent()) {
            RelNode input = scan.with(scan.query().withIndex(read.get()));
            if (filtered) {
                LogicalFilter filter = call.rel(1);
                input = filter.copy(filter.getTraitSet(), input, filter.getCondition());
            }
            call.transformTo(sort.copy(sort.getTraitSet(), List.of(input)));
        }
    }

    private static IndexRead.Top top(
            List<RelFieldCollation> order,
            List<Column> columns,
            Condition condition,
            Optional<Operand> offset,
            Operand fetch) {
        if (order.isEmpty()) {
            return new IndexRead.Top(Optional.empty(), false, false, offset, fetch);
        }
        RelFieldCollation by = order.get(0);
        Column column = columns.get(by.getFieldIndex());
        boolean nullsFirst = by.nullDirection != RelFieldCollation.NullDirection.LAST
                && column.nullable()
                && !excludesNull(condition, column);
        return new IndexRead.Top(Optional.of(column), by.getDirection().isDescending(), nullsFirst, offset, fetch);
    }

    private static boolean excludesNull(Condition condition, Column column) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream().anyMatch(part -> excludesNull(part, column));
        }
        if (condition instanceof Condition.Compared compared) {
            return compared.column().equals(column);
        }
        if (condition instanceof Condition.OneOf oneOf) {
            return oneOf.column().equals(column);
        }
        return condition instanceof Condition.IsNotNull isNotNull
                && isNotNull.column().equals(column);
    }
}
