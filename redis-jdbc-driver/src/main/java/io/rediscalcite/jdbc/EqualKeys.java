package io.rediscalcite.jdbc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes numbers that are equal the same key for the nodes of a finished plan that hash: groups, joins, UNION and its like.
 *
 * <p>Java's {@code equals} tells -0.0 from 0.0, and the DECIMAL 1.0 from 1.00.
 */
final class EqualKeys {
    private EqualKeys() {}

    /** {@code node} above inputs whose keys are equal where their numbers are. */
    static RelNode below(RelNode node) {
        if (node instanceof EnumerableAggregate aggregate) {
            return withKeys(node, List.of(aggregate.getGroupSet().asList()));
        }
        if (node instanceof EnumerableHashJoin join) {
            return withKeys(node, List.of(join.analyzeCondition().leftKeys, join.analyzeCondition().rightKeys));
        }
        if (node instanceof SetOp set && !set.all) {
            List<Integer> all = IntStream.range(0, node.getRowType().getFieldCount())
                    .boxed()
                    .toList();
            return withKeys(node, node.getInputs().stream().map(input -> all).toList());
        }
        return node;
    }

    private static RelNode withKeys(RelNode node, List<? extends List<Integer>> keys) {
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.getInputs().size(); i++) {
            inputs.add(keyed(node.getInput(i), keys.get(i)));
        }
        return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    }

    private static RelNode keyed(RelNode input, List<Integer> keys) {
        RexBuilder rexBuilder = input.getCluster().getRexBuilder();
        List<RexNode> fields = new ArrayList<>();
        boolean changed = false;
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            RexNode value = rexBuilder.makeInputRef(input, field.getIndex());
            RexNode key = keys.contains(field.getIndex()) ? key(value, rexBuilder) : value;
            changed |= !key.equals(value);
            fields.add(key);
        }
        return changed
                ? EnumerableCalc.create(
                        input,
                        RexProgram.create(
                                input.getRowType(),
                                fields,
                                null,
                                input.getRowType().getFieldNames(),
                                rexBuilder))
                : input;
    }

    private static RexNode key(RexNode value, RexBuilder rexBuilder) {
        RelDataType type = value.getType();
        SqlTypeName name = type.getSqlTypeName();
        if (name == SqlTypeName.DECIMAL) {
            RexNode scale = rexBuilder.makeExactLiteral(BigDecimal.valueOf(type.getScale()));
            return rexBuilder.makeCall(type, PostgresOperators.DECIMAL_KEY, List.of(value, scale));
        }
        return SqlTypeName.APPROX_TYPES.contains(name)
                ? rexBuilder.makeCall(
                        type,
                        name == SqlTypeName.REAL ? PostgresOperators.REAL_KEY : PostgresOperators.DOUBLE_KEY,
                        List.of(value))
                : value;
    }
}
