package io.rediscalcite.adapter.rel;

import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;

/**
 * An INSERT into a Redis table before it is physical. It adds the rules to the planner itself: its rows may come from anywhere, so
 * there may be no scan of ours below that does.
 */
public final class RedisLogicalInsert extends TableModify {
    private final Consumer<RelOptPlanner> rules;

    /** An INSERT of the rows of {@code input}, which has the table's columns. */
    public RedisLogicalInsert(
            RelOptTable table, Prepare.CatalogReader catalogReader, RelNode input, Consumer<RelOptPlanner> rules) {
        super(
                input.getCluster(),
                input.getCluster().traitSetOf(Convention.NONE),
                table,
                catalogReader,
                input,
                Operation.INSERT,
                null,
                null,
                false);
        this.rules = rules;
    }

    @Override
    public void register(RelOptPlanner planner) {
        rules.accept(planner);
    }

    @Override
    public RelNode copy(RelTraitSet traitSet, List<RelNode> inputs) {
        return new RedisLogicalInsert(getTable(), getCatalogReader(), sole(inputs), rules);
    }
}
