package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.WriteQuery;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.JavaRowFormat;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.tree.BlockBuilder;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A plan's INSERT, UPDATE or DELETE: writes its input's rows by one {@link WriteQuery}, and gives their number.
 *
 * <p>Not Calcite's own node, whose UPDATE fails in code generation and which knows collections in memory alone.
 */
public final class RedisTableModify extends SingleRel implements EnumerableRel {
    private static final Method RUN =
            Types.lookupMethod(StashedWrite.class, "run", DataContext.class, Enumerable.class);

    private final RelOptTable table;
    private final WriteQuery query;

    private RedisTableModify(
            RelOptCluster cluster, RelTraitSet traits, RelOptTable table, WriteQuery query, RelNode input) {
        super(cluster, traits, input);
        this.table = table;
        this.query = query;
    }

    /** A write of the rows of {@code input}, which has the columns that the query says. */
    public static RedisTableModify of(RelOptTable table, WriteQuery query, RelNode input) {
        RelOptCluster cluster = input.getCluster();
        return new RedisTableModify(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), table, query, input);
    }

    public WriteQuery query() {
        return query;
    }

    /** This write of the rows that {@code input} names, which were not looked for. */
    public RedisTableModify ofNamedRows(RelNode input) {
        return of(table, query.ofNamedRows(), input);
    }

    @Override
    public RelOptTable getTable() {
        return table;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new RedisTableModify(getCluster(), traitSet, table, query, sole(inputs));
    }

    @Override
    protected RelDataType deriveRowType() {
        return RelOptUtil.createDmlRowType(SqlKind.INSERT, getCluster().getTypeFactory());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("table", table.getQualifiedName())
                .item("operation", query.operation())
                .item("commands", query);
    }

    /** Next to nothing: every plan of the statement has it. */
    @Override
    public @Nullable RelOptCost computeSelfCost(RelOptPlanner planner, RelMetadataQuery mq) {
        return planner.getCostFactory().makeTinyCost();
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
        BlockBuilder block = new BlockBuilder();
        Result input = implementor.visitChild(this, 0, (EnumerableRel) getInput(), Prefer.ARRAY);
        Expression rows = input.physType.convertTo(block.append("rows", input.block), JavaRowFormat.ARRAY);
        PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), preference.preferArray());
        StashedWrite stashed = new StashedWrite(query, readsWhatItWrites(), table.unwrapOrThrow(WriteRunner.class));
        block.add(Expressions.call(implementor.stash(stashed, StashedWrite.class), RUN, DataContext.ROOT, rows));
        return implementor.result(physType, block.toBlock());
    }

    /** Whether a scan below may see keys that this writes. */
    private boolean readsWhatItWrites() {
        AtomicBoolean found = new AtomicBoolean();
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                if (node instanceof RedisScan scan
                        && !scan.query().unasked()
                        && overlap(scan.query().table(), query.table())) {
                    found.set(true);
                }
                super.visit(node, ordinal, parent);
            }
        }.go(getInput());
        return found.get();
    }

    private static boolean overlap(TableDefinition read, TableDefinition written) {
        boolean sameType = read.type().redisType().isEmpty() || read.type() == written.type();
        KeyPattern one = read.key();
        KeyPattern other = written.key();
        return sameType
                && (one.literalPrefix().startsWith(other.literalPrefix())
                        || other.literalPrefix().startsWith(one.literalPrefix()));
    }
}
