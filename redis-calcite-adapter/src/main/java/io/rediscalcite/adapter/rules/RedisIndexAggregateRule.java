package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexAggregate.Function;
import io.rediscalcite.adapter.query.IndexAggregate.Measure;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisIndexAggregate;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.search.AggregateCommand;
import io.rediscalcite.adapter.search.IndexChoice;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Has a search index compute groups of a table's columns, above a filter or not, where its answer is SQL's.
 *
 * <p>Declined: groups and arguments that are computed, FILTER and ORDER BY in a call, several grouping sets, limited scans and those
 * of certain keys, and whatever {@link AggregateCommand} has no words for.
 */
final class RedisIndexAggregateRule extends RelRule<RuleConfig> {
    RedisIndexAggregateRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAggregate aggregate = call.rel(0);
        List<RelNode> chain = call.getRelList();
        RedisLogicalScan scan = (RedisLogicalScan) chain.get(chain.size() - 1);
        if (aggregate.getGroupSets().size() != 1 || !scan.query().keys().equals(KeyFilter.ALL)) {
            return;
        }
        TableIndexes indexes = scan.getTable().unwrapOrThrow(QueryRunner.class).indexes();
        List<Column> columns = scan.query().outputColumns();
        Condition condition = new Condition.Anything();
        RelNode standby = scan.asStandby();
        for (int i = chain.size() - 2; i > 0; i--) {
            RelNode node = chain.get(i);
            if (node instanceof LogicalFilter filter) {
                condition = new ConditionReader(columns).read(filter.getCondition());
            } else if (node instanceof LogicalProject project) {
                columns = projected(project, columns);
            }
            standby = node.copy(node.getTraitSet(), List.of(standby));
        }
        if (columns.isEmpty() || indexes.usable().isEmpty() || !indexes.aggregates()) {
            return;
        }
        Optional<Best> best = best(aggregate, scan, columns, condition, indexes);
        if (best.isPresent()) {
            RelNode computed = aggregate.copy(aggregate.getTraitSet(), List.of(standby));
            call.transformTo(new RedisIndexAggregate(
                    aggregate.getCluster(),
                    convert(computed, computed.getTraitSet().replace(EnumerableConvention.INSTANCE)),
                    scan.getTable(),
                    best.get().aggregate(),
                    scan.getTable().getRowCount() * best.get().share(),
                    best.get().loads()));
        }
    }

    /** The columns of a projection that computes nothing; none of any other. */
    private static List<Column> projected(LogicalProject project, List<Column> columns) {
        List<Column> projected = new ArrayList<>();
        for (var node : project.getProjects()) {
            if (!(node instanceof RexInputRef ref)) {
                return List.of();
            }
            projected.add(columns.get(ref.getIndex()));
        }
        return projected;
    }

    private record Best(IndexAggregate aggregate, double share, boolean loads) {
        double cost() {
            return share * (loads ? 5 : 1);
        }
    }

    private static Optional<Best> best(
            LogicalAggregate aggregate,
            RedisLogicalScan scan,
            List<Column> columns,
            Condition condition,
            TableIndexes indexes) {
        List<Column> groups =
                aggregate.getGroupSet().asList().stream().map(columns::get).toList();
        List<Measure> measures = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Optional<Measure> measure = measure(call, columns);
            if (measure.isEmpty()) {
                return Optional.empty();
            }
            measures.add(measure.get());
        }
        Best best = null;
        for (IndexDefinition index : indexes.usable()) {
            IndexAggregate undescribed = new IndexAggregate(
                    scan.query().table(), index.name(), condition, groups, measures, indexes.approximate(), "");
            Optional<AggregateCommand> command = AggregateCommand.of(
                    index, undescribed, IndexChoice.KNOWN_WHEN_PLANNED, indexes.soundValues(), false);
            if (command.isPresent()) {
                IndexAggregate described = new IndexAggregate(
                        scan.query().table(),
                        index.name(),
                        condition,
                        groups,
                        measures,
                        indexes.approximate(),
                        command.get().describe());
                Best found = new Best(
                        described,
                        IndexChoice.share(index, condition),
                        command.get().loads());
                best = best == null || found.cost() < best.cost() ? found : best;
            }
        }
        return Optional.ofNullable(best);
    }

    private static Optional<Measure> measure(AggregateCall call, List<Column> columns) {
        List<Integer> arguments = call.getArgList();
        boolean plain = call.filterArg < 0
                && call.getCollation().getFieldCollations().isEmpty()
                && call.distinctKeys == null
                && arguments.size() <= 1;
        if (!plain) {
            return Optional.empty();
        }
        Optional<Column> column = arguments.isEmpty() ? Optional.empty() : Optional.of(columns.get(arguments.get(0)));
        SqlKind kind = call.getAggregation().getKind();
        Function function =
                switch (kind) {
                    case COUNT ->
                        column.map(Column::nullable).orElse(false)
                                ? (call.isDistinct() ? Function.COUNT_DISTINCT : Function.COUNT)
                                : (call.isDistinct() ? null : Function.COUNT_ROWS);
                    case SUM, SUM0 -> call.isDistinct() ? null : Function.SUM;
                    case MIN -> Function.MIN;
                    case MAX -> Function.MAX;
                    default -> null;
                };
        Optional<Kind> result = kind(call.getType().getSqlTypeName());
        return function == null || result.isEmpty()
                ? Optional.empty()
                : Optional.of(new Measure(function, column, result.get(), kind == SqlKind.SUM0));
    }

    private static Optional<Kind> kind(SqlTypeName type) {
        return switch (type) {
            case TINYINT -> Optional.of(Kind.TINYINT);
            case SMALLINT -> Optional.of(Kind.SMALLINT);
            case INTEGER -> Optional.of(Kind.INTEGER);
            case BIGINT -> Optional.of(Kind.BIGINT);
            case DECIMAL -> Optional.of(Kind.DECIMAL);
            case REAL -> Optional.of(Kind.REAL);
            case FLOAT, DOUBLE -> Optional.of(Kind.DOUBLE);
            default -> Optional.empty();
        };
    }
}
