package io.rediscalcite.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes a sum of BIGINT add up as DECIMAL.
 *
 * <p>Its type is DECIMAL, so that it can't overflow; but Calcite generates no code for a sum whose argument is of another Java
 * class than its result. So the argument gets a cast, after planning, so that rules still see {@code SUM(column)}.
 */
final class ExactSum {
    private ExactSum() {}

    private static boolean isMixed(SqlKind kind, RelDataType result, RelDataType argument) {
        return (kind == SqlKind.SUM || kind == SqlKind.SUM0)
                && result.getSqlTypeName() == SqlTypeName.DECIMAL
                && SqlTypeUtil.isIntType(argument);
    }

    private static RexNode cast(RexBuilder rexBuilder, RelDataType sum, RexNode argument) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(sum, argument.getType().isNullable());
        return rexBuilder.makeAbstractCast(type, argument, false);
    }

    /** {@code node} with casts below it, if it is an aggregate that needs them. */
    static RelNode castInAggregate(RelNode node) {
        if (!(node instanceof Aggregate aggregate) || !(node instanceof EnumerableRel)) {
            return node;
        }
        RelNode input = aggregate.getInput();
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<RexNode> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            fields.add(rexBuilder.makeInputRef(input, field.getIndex()));
            names.add(field.getName());
        }
        Map<Integer, Integer> castFields = new HashMap<>();
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            if (call.getArgList().size() != 1
                    || !isMixed(
                            call.getAggregation().getKind(),
                            call.getType(),
                            fields.get(call.getArgList().get(0)).getType())) {
                calls.add(call);
                continue;
            }
            int cast = castFields.computeIfAbsent(call.getArgList().get(0), argument -> {
                fields.add(cast(rexBuilder, call.getType(), fields.get(argument)));
                names.add("$sum" + argument);
                return fields.size() - 1;
            });
            calls.add(call.withArgList(List.of(cast)));
        }
        if (castFields.isEmpty()) {
            return node;
        }
        RexProgram program = RexProgram.create(input.getRowType(), fields, null, names, rexBuilder);
        return aggregate.copy(
                aggregate.getTraitSet(),
                EnumerableCalc.create(input, program),
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls);
    }
}
