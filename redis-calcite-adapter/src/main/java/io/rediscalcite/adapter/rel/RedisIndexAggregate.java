package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.Operand;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * An aggregate that a search index computes.
 *
 * <p>Its input is the plan that computes the same on this side, from scans on standby: when the query runs and the index can't be
 * trusted, that one runs instead. It is planned like any other; EXPLAIN doesn't show it.
 */
public final class RedisIndexAggregate extends SingleRel implements EnumerableRel {
    private static final Method OPEN =
            Types.lookupMethod(StashedAggregate.class, "open", DataContext.class, Object[].class, Function1.class);

    /** What a document costs beside a step of SCAN where the index holds the values, and where they are loaded. */
    private static final double HELD = 0.15;

    private static final double LOADED = 0.7;

    private final RelOptTable table;
    private final IndexAggregate aggregate;
    private final double documents;
    private final boolean loads;
    private final boolean shown;

    /**
     * @param standby the same rows, computed on this side
     * @param documents about how many the index looks at
     * @param loads whether it reads them for their values
     */
    public RedisIndexAggregate(
            RelOptCluster cluster,
            RelNode standby,
            RelOptTable table,
            IndexAggregate aggregate,
            double documents,
            boolean loads) {
        this(cluster, standby, table, aggregate, documents, loads, false);
    }

    private RedisIndexAggregate(
            RelOptCluster cluster,
            RelNode standby,
            RelOptTable table,
            IndexAggregate aggregate,
            double documents,
            boolean loads,
            boolean shown) {
        super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), standby);
        this.table = table;
        this.aggregate = aggregate;
        this.documents = documents;
        this.loads = loads;
        this.shown = shown;
    }

    /** This without the plan on standby, for EXPLAIN. */
    public RelNode shown() {
        return new RedisIndexAggregate(getCluster(), input, table, aggregate, documents, loads, true);
    }

    @Override
    public List<RelNode> getInputs() {
        return shown ? List.of() : super.getInputs();
    }

    /** To who reads a plan it is an access to Redis like any other. */
    @Override
    public String getRelTypeName() {
        return shown ? RedisScan.class.getSimpleName() : super.getRelTypeName();
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return shown
                ? this
                : new RedisIndexAggregate(getCluster(), sole(inputs), table, aggregate, documents, loads, false);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        if (!shown) {
            writer.input("standby", getInput());
        }
        return writer.item("table", table.getQualifiedName())
                .item("commands", aggregate)
                .itemIf("approximate", true, aggregate.approximate());
    }

    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        return planner.getCostFactory().makeCost(1 + documents * (loads ? LOADED : HELD), 0, 0);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
        Result standby = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        boolean single = getRowType().getFieldCount() == 1;
        PhysType physType = single
                ? standby.physType
                : PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), JavaRowFormat.ARRAY);
        BlockBuilder standbyBlock = new BlockBuilder();
        Expression rows = standbyBlock.append("rows", standby.block);
        standbyBlock.add(
                Expressions.return_(null, single ? rows : standby.physType.convertTo(rows, JavaRowFormat.ARRAY)));
        BlockBuilder block = new BlockBuilder();
        Map<String, Operand.Correlated> correlated = new LinkedHashMap<>();
        aggregate
                .operands()
                .filter(Operand.Correlated.class::isInstance)
                .map(Operand.Correlated.class::cast)
                .forEach(operand -> correlated.put(operand.toString(), operand));
        List<Expression> values = new ArrayList<>();
        for (Operand.Correlated operand : correlated.values()) {
            values.add(Expressions.box(implementor
                    .getCorrelVariableGetter(operand.variable())
                    .field(block, operand.field(), Object.class)));
        }
        StashedAggregate stashed = new StashedAggregate(
                aggregate, table.unwrapOrThrow(QueryRunner.class), List.copyOf(correlated.keySet()));
        block.add(Expressions.call(
                implementor.stash(stashed, StashedAggregate.class),
                OPEN,
                DataContext.ROOT,
                Expressions.newArrayInit(Object.class, values),
                Expressions.lambda(standbyBlock.toBlock(), DataContext.ROOT)));
        return implementor.result(physType, block.toBlock());
    }
}
