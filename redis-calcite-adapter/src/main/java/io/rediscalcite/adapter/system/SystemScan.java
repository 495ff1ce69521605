package io.rediscalcite.adapter.system;

import java.lang.reflect.Method;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRelImplementor;
import org.apache.calcite.adapter.enumerable.PhysType;
import org.apache.calcite.adapter.enumerable.PhysTypeImpl;
import org.apache.calcite.linq4j.tree.Blocks;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;

/** A plan's access to a system table. */
final class SystemScan extends TableScan implements EnumerableRel {
    private static final Method OPEN = Types.lookupMethod(SystemTable.class, "open", DataContext.class);

    private final SystemTable system;

    SystemScan(RelOptCluster cluster, RelOptTable table, SystemTable system) {
        super(cluster, cluster.traitSetOf(EnumerableConvention.INSTANCE), List.of(), table);
        this.system = system;
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return this;
    }

    /** As every access to Redis is called in EXPLAIN. */
    @Override
    public String getRelTypeName() {
        return "RedisScan";
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("commands", system.commands());
    }

    @Override
    public Result implement(EnumerableRelImplementor implementor, Prefer preference) {
        PhysType physType = PhysTypeImpl.of(implementor.getTypeFactory(), getRowType(), preference.preferArray());
        return implementor.result(
                physType,
                Blocks.toBlock(Expressions.call(implementor.stash(system, SystemTable.class), OPEN, DataContext.ROOT)));
    }
}
