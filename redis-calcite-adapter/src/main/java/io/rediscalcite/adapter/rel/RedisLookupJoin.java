package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.RedisQuery;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.adapter.enumerable.RexToLixTranslator;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Predicate1;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.ParameterExpression;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgramBuilder;

/**
 * A join that fetches from Redis just the keys that its left rows name, or that a search index finds by their values: a batch of rows at a
 * time, each key once.
 *
 * <p>Its right input is a scan, under a filter or a projection perhaps, that has {@link
 * io.rediscalcite.adapter.query.Operand.Lookup}s in its query; it is opened once a batch, with the batch's values in its context. The condition
 * is the equality of these, and whatever else the two rows must meet.
 */
public final class RedisLookupJoin extends Join implements EnumerableRel {
    private static final Method JOIN = Types.lookupMethod(
            LookupJoin.class,
            "join",
            LookupJoin.Shape.class,
            DataContext.class,
            Enumerable.class,
            Function1.class,
            Predicate1.class);

    /**
     * What is looked up.
     *
     * @param query the query of the scan on the right side
     * @param leftKeys columns of the left input whose values are looked up
     * @param rightKeys columns of the right input that must equal them, in the same order
     * @param keys about how many keys the table has
     * @param keysPerValue about how many of them have the values of one left row; 1 where these name the key
     */
    public record Lookup(
            RedisQuery query, List<Integer> leftKeys, List<Integer> rightKeys, double keys, double keysPerValue) {
        public Lookup {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        boolean isByIndex() {
            return query.index().isPresent();
        }
    }

    /** What a value costs that an index is asked for, beside a step of SCAN: it needs about 1.3 µs for one of many. */
    private static final double INDEXED_VALUE = 2;

    private final Lookup lookup;
    private final RexNode rest;

    /**
     * @param rest what is left of the condition beside the equality of the keys
     */
    public RedisLookupJoin(
            RelOptCluster cluster,
            RelNode left,
            RelNode right,
            RexNode condition,
            JoinRelType joinType,
            Lookup lookup,
            RexNode rest) {
        super(
                cluster,
                cluster.traitSetOf(EnumerableConvention.INSTANCE),
                List.of(),
                left,
                right,
                condition,
                Set.of(),
                joinType);
        this.lookup = lookup;
        this.rest = rest;
    }

    @Override
    public RedisLookupJoin copy(
            RelTraitSet traitSet,
            RexNode newCondition,
            RelNode newLeft,
            RelNode newRight,
            JoinRelType newType,
            boolean semiJoinDone) {
        return new RedisLookupJoin(getCluster(), newLeft, newRight, newCondition, newType, lookup, rest);
    }

    /** What the condition says beside the equalities that are looked up. */
    public RexNode rest() {
        return rest;
    }

    /** This join with the rest of its condition computed otherwise. */
    public RedisLookupJoin withRest(RexNode newRest) {
        return new RedisLookupJoin(getCluster(), left, right, condition, joinType, lookup, newRest);
    }

    /** The right input is that of one key. */
    @Override
    public double estimateRowCount(RelMetadataQuery mq) {
        double rows = mq.getRowCount(left);
        return joinType.projectsRight() ? rows * Math.max(1, mq.getRowCount(right)) : Math.max(1, rows / 2);
    }

    /**
     * What the keys of all left rows cost, those that the right input's own cost is not that of. Where the table's keys fit into what is
     * kept, none is fetched twice.
     */
    @Override
    public RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        double rows = mq.getRowCount(left);
        double values =
                lookup.keys() <= LookupJoin.KEPT_ROWS ? Math.min(rows, lookup.keys() / lookup.keysPerValue()) : rows;
        double keys = values * lookup.keysPerValue() * (1 + RedisScan.fetchCost(lookup.query()));
        double asked = lookup.isByIndex() ? values * INDEXED_VALUE : 0;
        return planner.getCostFactory().makeCost(keys + asked, 0, 0);
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
        BlockBuilder block = new BlockBuilder();
        Result leftResult = implementor.visitChild(this, 0, (EnumerableRel) left, Prefer.ARRAY);
        Expression leftRows = block.append("left", leftResult.block);
        Result rightResult = implementor.visitChild(this, 1, (EnumerableRel) right, Prefer.ARRAY);
        PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), Prefer.ARRAY.preferArray());
        LookupJoin.Shape shape = new LookupJoin.Shape(
                joinType,
                left.getRowType().getFieldCount(),
                right.getRowType().getFieldCount(),
                lookup.leftKeys(),
                lookup.rightKeys(),
                lookup.isByIndex() ? lookup.keys() : Double.POSITIVE_INFINITY);
        // The parameter has the name by which all generated code calls its context, so the right side reads the join's.
        block.add(Expressions.call(
                JOIN,
                implementor.stash(shape, LookupJoin.Shape.class),
                DataContext.ROOT,
                leftRows,
                Expressions.lambda(rightResult.block, DataContext.ROOT),
                condition(implementor)));
        return implementor.result(physType, block.toBlock());
    }

    /** The rest of the condition, as code on a left and a right row in one array. */
    @SuppressWarnings("unchecked") // linq4j has no typed form for a predicate's class.
    private Expression condition(EnumerableRelImplementor implementor) {
        RelDataType both = implementor
                .getTypeFactory()
                .builder()
                .addAll(left.getRowType().getFieldList())
                .addAll(right.getRowType().getFieldList())
                .build();
        PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), both, JavaRowFormat.ARRAY, false);
        ParameterExpression row = Expressions.parameter(Object[].class, "both");
        RexProgramBuilder program = new RexProgramBuilder(both, getCluster().getRexBuilder());
        program.addCondition(rest);
        BlockBuilder block = new BlockBuilder();
        Expression holds = RexToLixTranslator.translateCondition(
                program.getProgram(),
                implementor.getTypeFactory(),
                block,
                new RexToLixTranslator.InputGetterImpl(row, physType),
                implementor::getCorrelVariableGetter,
                implementor.getConformance());
        block.add(Expressions.return_(null, holds));
        return Expressions.lambda(Predicate1.class, block.toBlock(), row);
    }
}
