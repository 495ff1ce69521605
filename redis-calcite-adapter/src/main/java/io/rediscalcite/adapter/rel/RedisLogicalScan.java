package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowFilter;
import io.rediscalcite.adapter.query.RowOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelCollationTraitDef;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A scan of a Redis table that has absorbed some of the operators above it into its {@link RedisQuery}.
 *
 * <p>{@code SELECT name FROM user WHERE _key = 'user:7'} begins as a scan of everything; one rule replaces it by a scan with
 * the key in its query, another by one with the column, and what is left is this node alone.
 */
public final class RedisLogicalScan extends TableScan {
    /** Guess for a LIMIT that isn't known yet. */
    private static final double SOME_ROWS = 100;

    /** SCAN's COUNT by default: pages may have fewer, whose keys are of other tables. */
    private static final double KEYS_OF_A_PAGE = 1_000;

    private final RedisQuery query;
    private final Consumer<RelOptPlanner> rules;
    private final boolean standby;

    /** A scan with {@code query}'s columns; {@code rules} adds to a planner what can absorb more and make it physical. */
    public RedisLogicalScan(RelOptCluster cluster, RelOptTable table, RedisQuery query, Consumer<RelOptPlanner> rules) {
        this(cluster, table, query, rules, false);
    }

    private RedisLogicalScan(
            RelOptCluster cluster,
            RelOptTable table,
            RedisQuery query,
            Consumer<RelOptPlanner> rules,
            boolean standby) {
        super(cluster, traits(cluster, Convention.NONE, query), List.of(), table);
        this.query = query;
        this.rules = rules;
        this.standby = standby;
    }

    /** Whether it runs only where the index that stands above it fails. */
    public boolean isStandby() {
        return standby;
    }

    /** This scan for where an index fails; the planner takes it for almost free, since it hardly ever runs. */
    public RedisLogicalScan asStandby() {
        return new RedisLogicalScan(getCluster(), getTable(), query, rules, true);
    }

    public RedisQuery query() {
        return query;
    }

    /** This scan with another query. */
    public RedisLogicalScan with(RedisQuery newQuery) {
        return new RedisLogicalScan(getCluster(), getTable(), newQuery, rules, standby);
    }

    @Override
    public void register(RelOptPlanner planner) {
        rules.accept(planner);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    @Override
    public RelDataType deriveRowType() {
        return rowType(getCluster(), table, query);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("query", query).itemIf("standby", true, standby);
    }

    @Override
    public boolean deepEquals(@Nullable Object other) {
        return this == other
                || (other instanceof RedisLogicalScan that
                        && table.getQualifiedName().equals(that.table.getQualifiedName())
                        && query.equals(that.query)
                        && standby == that.standby);
    }

    @Override
    public int deepHashCode() {
        return 31 * (31 * table.getQualifiedName().hashCode() + query.hashCode()) + Boolean.hashCode(standby);
    }

    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        return estimateRows(table, query);
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        return planner.getCostFactory().makeInfiniteCost();
    }

    /** The convention, and the order in which the query's rows come. */
    static RelTraitSet traits(RelOptCluster cluster, Convention convention, RedisQuery query) {
        return cluster.traitSetOf(convention).replaceIf(RelCollationTraitDef.INSTANCE, () -> query.orderedBy()
                .map(position -> RelCollations.of(collation(query, position)))
                .orElse(RelCollations.EMPTY));
    }

    private static RelFieldCollation collation(RedisQuery query, int position) {
        boolean descending = query.order().orElseThrow().descending();
        RelFieldCollation.Direction direction =
                descending ? RelFieldCollation.Direction.DESCENDING : RelFieldCollation.Direction.ASCENDING;
        return new RelFieldCollation(position, direction);
    }

    static RelDataType rowType(RelOptCluster cluster, RelOptTable table, RedisQuery query) {
        var builder = cluster.getTypeFactory().builder();
        var fields = table.getRowType().getFieldList();
        for (int column : query.columns()) {
            builder.add(fields.get(column));
        }
        query.aggregate().ifPresent(aggregate -> addMeasures(builder, cluster.getTypeFactory(), table, aggregate));
        return builder.uniquify().build();
    }

    private static void addMeasures(
            RelDataTypeFactory.Builder builder, RelDataTypeFactory types, RelOptTable table, KeyAggregate aggregate) {
        var fields = table.getRowType().getFieldList();
        aggregate
                .bucket()
                .ifPresent(bucket ->
                        builder.add("$bucket", fields.get(bucket.column()).getType()));
        for (KeyAggregate.Measure measure : aggregate.measures()) {
            boolean count = measure.function() == KeyAggregate.Function.COUNT;
            RelDataType type = count
                    ? types.createSqlType(SqlTypeName.BIGINT)
                    : types.createTypeWithNullability(
                            fields.get(measure.column()).getType(), true);
            builder.add("$" + measure.function(), type);
        }
    }

    /** Rows that the query gives: named keys are taken to be there, a prefix or a part is guessed at a tenth, a place at a third. */
    static double estimateRows(RelOptTable table, RedisQuery query) {
        double rowsPerKey =
                query.isOfCollections() ? table.unwrapOrThrow(QueryRunner.class).rowsPerKey() : 1;
        double rows = keysRead(table, query, rowsPerKey) * rowsOfKey(query, rowsPerKey);
        Optional<Operand> fetch = query.fetch();
        if (fetch.isPresent() && fetch.get() instanceof Operand.Literal literal) {
            rows = Math.min(rows, ((Number) literal.value()).doubleValue());
        }
        Optional<IndexRead.Top> top = query.index().flatMap(IndexRead::top);
        if (top.isPresent()) {
            boolean known = top.get().fetch() instanceof Operand.Literal;
            rows = Math.min(
                    rows, known ? ((Number) ((Operand.Literal) top.get().fetch()).value()).doubleValue() : SOME_ROWS);
        }
        return Math.max(rows, 1);
    }

    /** A range is guessed to leave a third. */
    private static double rowsOfKey(RedisQuery query, double rowsPerKey) {
        if (query.aggregate().isPresent()) {
            return query.fetchPlan().read() instanceof KeyRead.PageCounts ? 1.0 / KEYS_OF_A_PAGE : 1;
        }
        double rows = rowsPerKey;
        for (RowFilter.Condition condition : query.rows().conditions()) {
            rows = condition.isPoints() ? Math.min(rows, condition.intervals().size()) : rows / 3;
        }
        Optional<RowOrder.First> first = query.order().flatMap(RowOrder::first);
        boolean few = first.isPresent() && first.get().fetch() instanceof Operand.Literal;
        return few ? Math.min(rows, 10) : rows;
    }

    private static double keysRead(RelOptTable table, RedisQuery query, double rowsPerKey) {
        Optional<Integer> named = query.namedKeyCount();
        if (named.isPresent()) {
            return named.get();
        }
        int conditions = query.keys().parts().size() + query.keys().prefixes().size();
        double share = query.index().map(IndexRead::share).orElse(1.0);
        double places = Math.pow(1.0 / 3, query.keys().places().conditions().size());
        return table.getRowCount() / rowsPerKey * share * places * Math.pow(0.1, conditions);
    }
}
