package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Narrows a scan to the columns that the projection above it uses; a projection of columns alone goes away.
 *
 * <p>A projection that uses no column leaves the table's first one, {@code _key}, which costs no value.
 */
final class RedisProjectRule extends RelRule<RuleConfig> {
    RedisProjectRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalProject project = call.rel(0);
        RedisLogicalScan scan = call.rel(1);
        List<RexNode> projects = project.getProjects();
        if (!projects.isEmpty() && projects.stream().allMatch(RexInputRef.class::isInstance)) {
            List<Integer> positions = projects.stream()
                    .map(node -> ((RexInputRef) node).getIndex())
                    .toList();
            RedisLogicalScan narrowed = scan.with(scan.query().project(positions));
            call.transformTo(call.builder()
                    .push(narrowed)
                    .convert(project.getRowType(), true)
                    .build());
            return;
        }
        int width = scan.getRowType().getFieldCount();
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(projects, null);
        List<Integer> kept = used.isEmpty() ? cheapest(scan) : used.asList();
        if (kept.size() == width) {
            return;
        }
        Mappings.TargetMapping mapping = Mappings.create(MappingType.PARTIAL_FUNCTION, width, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            mapping.set(kept.get(i), i);
        }
        call.transformTo(call.builder()
                .push(scan.with(scan.query().project(kept)))
                .project(
                        new ArrayList<>(RexUtil.apply(mapping, projects)),
                        project.getRowType().getFieldNames(),
                        true)
                .build());
    }

    /** The one column to keep where none is used. */
    static List<Integer> cheapest(RedisLogicalScan scan) {
        List<Integer> columns = scan.query().columns();
        int key = columns.indexOf(0);
        return List.of(Math.max(key, 0));
    }
}
