package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.WriteQuery.Found;
import io.rediscalcite.adapter.query.WriteQuery.Operation;
import io.rediscalcite.adapter.rel.RedisScan;
import io.rediscalcite.adapter.rel.RedisTableModify;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;

/**
 * Lets an UPDATE or DELETE that names its keys, and takes nothing from them, do without reading them first: the command that writes a
 * row finds out whether it is there.
 */
final class RedisNamedRowsRule extends RelRule<RuleConfig> {
    RedisNamedRowsRule(RuleConfig config) {
        super(config);
    }

    static boolean looksForRows(RedisTableModify modify) {
        return modify.query().operation() != Operation.INSERT && modify.query().found() == Found.READ;
    }

    static boolean namesRows(RedisScan scan) {
        return scan.query().namesItsRows() && !scan.query().unasked();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        RedisTableModify modify = call.rel(0);
        RedisScan scan = call.rel(call.rels.length - 1);
        if (!scan.getTable().getQualifiedName().equals(modify.getTable().getQualifiedName())) {
            return;
        }
        RelNode named = scan.withoutAsking();
        if (call.rels.length == 3) {
            RelNode project = call.rel(1);
            named = project.copy(project.getTraitSet(), List.of(named));
        }
        call.transformTo(modify.ofNamedRows(named));
    }
}
