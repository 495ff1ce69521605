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
import java.util.stream.Collectors;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Has a search index compute groups of a table's columns, above a filter or not, where its answer is SQL's.
 *
 * <p>Declined: groups that are computed, arguments that are but products, ORDER BY in a call, several grouping sets, limited scans and those
 * of certain keys, and whatever {@link AggregateCommand} has no words for.
 */
final class RedisIndexAggregateRule extends RelRule<RuleConfig> {
    /** Digits that an integer of 64 bits has at most. */
    private static final int LONG_DIGITS = 19;

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
        Input input = new Input(scan.query().outputColumns(), null);
        Condition condition = new Condition.Anything();
        RelNode standby = scan.asStandby();
        for (int i = chain.size() - 2; i > 0; i--) {
            RelNode node = chain.get(i);
            if (node instanceof LogicalFilter filter) {
                condition = new ConditionReader(input.columns()).read(filter.getCondition());
            } else if (node instanceof LogicalProject project) {
                input = new Input(input.columns(), project);
            }
            standby = node.copy(node.getTraitSet(), List.of(standby));
        }
        if (indexes.usable().isEmpty() || !indexes.aggregates()) {
            return;
        }
        Optional<Best> best = best(aggregate, scan, input, condition, indexes);
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

    /** What is aggregated: columns of a table, or a projection of them. */
    private record Input(List<Column> columns, @Nullable LogicalProject project) {
        /** The column at that position; empty where something is computed. */
        Optional<Column> column(int position) {
            List<Column> factors = factors(position);
            return factors.size() == 1 ? Optional.of(factors.get(0)) : Optional.empty();
        }

        /** Whether a column stands there as it is, without a cast. */
        boolean isPlain(int position) {
            return project == null || project.getProjects().get(position) instanceof RexInputRef;
        }

        /** The columns whose product is at that position; none where something else is computed. */
        List<Column> factors(int position) {
            if (project == null) {
                return List.of(columns.get(position));
            }
            List<Column> factors = new ArrayList<>();
            return addFactors(project.getProjects().get(position), factors) ? factors : List.of();
        }

        private boolean addFactors(RexNode node, List<Column> factors) {
            if (node instanceof RexInputRef ref) {
                return factors.add(columns.get(ref.getIndex()));
            }
            boolean product = isProduct(node);
            boolean cast = node.getKind() == SqlKind.CAST && SqlTypeUtil.isNumeric(node.getType());
            return (product || cast)
                    && node instanceof RexCall call
                    && call.getOperands().stream()
                            .allMatch(operand ->
                                    (!cast || isIntegerOfWhole(operand, node)) && addFactors(operand, factors));
        }

        private static boolean isProduct(RexNode node) {
            return node.getKind() == SqlKind.TIMES || node.getKind() == SqlKind.CHECKED_TIMES;
        }

        /**
         * Integers keep their values in a cast to a type that has room for them. A product may be beyond its own type before the
         * cast, which the whole's type doesn't tell.
         */
        private static boolean isIntegerOfWhole(RexNode from, RexNode to) {
            SqlTypeName type = to.getType().getSqlTypeName();
            boolean roomy = type == SqlTypeName.DOUBLE
                    || (type == SqlTypeName.DECIMAL
                            && to.getType().getScale() == 0
                            && to.getType().getPrecision() >= LONG_DIGITS)
                    || (SqlTypeName.INT_TYPES.contains(type)
                            && SqlTypeName.INT_TYPES.indexOf(from.getType().getSqlTypeName())
                                    <= SqlTypeName.INT_TYPES.indexOf(type));
            return SqlTypeUtil.isIntType(from.getType()) && roomy && !isProduct(from);
        }

        /** The condition of a FILTER, which is a column of the projection. */
        Condition condition(int position) {
            return project == null
                    ? new Condition.Unknown()
                    : new ConditionReader(columns).read(project.getProjects().get(position));
        }
    }

    private record Best(IndexAggregate aggregate, double share, boolean loads) {
        double cost() {
            return share * (loads ? 5 : 1);
        }
    }

    private static Optional<Best> best(
            LogicalAggregate aggregate, RedisLogicalScan scan, Input input, Condition condition, TableIndexes indexes) {
        List<Column> groups = new ArrayList<>();
        for (int position : aggregate.getGroupSet()) {
            Optional<Column> group = input.column(position);
            if (group.isEmpty() || !input.isPlain(position)) {
                return Optional.empty();
            }
            groups.add(group.get());
        }
        List<Measure> measures = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Optional<Measure> measure = measure(call, aggregate.getInput(), input);
            if (measure.isEmpty()) {
                return Optional.empty();
            }
            measures.add(measure.get());
        }
        Best best = null;
        for (IndexDefinition index : indexes.usable()) {
            IndexAggregate undescribed = new IndexAggregate(
                    scan.query().table(), index.name(), condition, groups, measures, indexes.approximate(), "");
            Optional<List<AggregateCommand>> commands = AggregateCommand.all(
                    index, undescribed, IndexChoice.KNOWN_WHEN_PLANNED, indexes.soundValues(), false);
            if (commands.isPresent()) {
                IndexAggregate described = new IndexAggregate(
                        scan.query().table(),
                        index.name(),
                        condition,
                        groups,
                        measures,
                        indexes.approximate(),
                        commands.get().stream().map(AggregateCommand::describe).collect(Collectors.joining("; ")));
                Best found = new Best(
                        described,
                        IndexChoice.share(index, condition) * commands.get().size(),
                        commands.get().stream().anyMatch(AggregateCommand::loads));
                best = best == null || found.cost() < best.cost() ? found : best;
            }
        }
        return Optional.ofNullable(best);
    }

    private static @Nullable Function count(AggregateCall call, boolean single, boolean nullable) {
        if (call.getArgList().isEmpty()) {
            return Function.COUNT_ROWS;
        }
        if (!single || (call.isDistinct() && !nullable)) {
            return null;
        }
        if (call.isDistinct()) {
            return Function.COUNT_DISTINCT;
        }
        return nullable ? Function.COUNT : Function.COUNT_ROWS;
    }

    private static Optional<Measure> measure(AggregateCall call, RelNode aggregated, Input input) {
        List<Integer> arguments = call.getArgList();
        boolean plain = call.getCollation().getFieldCollations().isEmpty()
                && call.distinctKeys == null
                && arguments.size() <= 1;
        if (!plain) {
            return Optional.empty();
        }
        List<Column> factors = arguments.isEmpty() ? List.of() : input.factors(arguments.get(0));
        boolean nullable = factors.stream().anyMatch(Column::nullable);
        boolean single = factors.size() == 1 && input.isPlain(arguments.get(0));
        SqlKind kind = call.getAggregation().getKind();
        Function function =
                switch (kind) {
                    case COUNT -> count(call, single, nullable);
                    case SUM, SUM0 -> factors.isEmpty() || call.isDistinct() ? null : Function.SUM;
                    case MIN -> factors.isEmpty() ? null : Function.MIN;
                    case MAX -> factors.isEmpty() ? null : Function.MAX;
                    default -> null;
                };
        Condition filter = call.filterArg < 0 ? new Condition.Anything() : input.condition(call.filterArg);
        Optional<Kind> result = kind(call.getType().getSqlTypeName());
        Optional<Kind> product = arguments.isEmpty()
                ? result
                : kind(aggregated
                        .getRowType()
                        .getFieldList()
                        .get(arguments.get(0))
                        .getType()
                        .getSqlTypeName());
        return function == null || result.isEmpty()
                ? Optional.empty()
                : Optional.of(new Measure(
                        function,
                        function == Function.COUNT_ROWS ? List.of() : factors,
                        product.orElse(result.get()),
                        filter,
                        result.get(),
                        kind == SqlKind.SUM0));
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
