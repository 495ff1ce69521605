package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregate reads: a scan, below a projection or not.
 *
 * @param project null where there is none
 */
record AggregateInput(@Nullable LogicalProject project, RedisLogicalScan scan) {
    /** Of a rule whose operands are the aggregate, at times a projection, and the scan. */
    static AggregateInput of(RelOptRuleCall call) {
        return call.rel(1) instanceof LogicalProject project
                ? new AggregateInput(project, call.rel(2))
                : new AggregateInput(null, call.rel(1));
    }

    /** The aggregate's fields, in terms of the scan's columns. */
    List<RexNode> fields() {
        return project != null
                ? project.getProjects()
                : scan.getCluster().getRexBuilder().identityProjects(scan.getRowType());
    }

    /** The same of {@code other}. */
    RelNode over(RedisLogicalScan other) {
        return project == null ? other : project.copy(project.getTraitSet(), List.of(other));
    }
}
