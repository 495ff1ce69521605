package io.rediscalcite.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableLimitSort;
import org.apache.calcite.adapter.enumerable.EnumerableSort;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes the nodes of a finished plan order values as PostgreSQL does: text by code point, where Calcite's code compares Java's
 * units, and floating numbers with one zero and with infinities and NaN, which Calcite's may refuse.
 */
final class SortKeys {
    private SortKeys() {}

    /** {@code node}, or nodes that do the same in the right order. */
    static RelNode in(RelNode node) {
        if (node instanceof EnumerableSort || node instanceof EnumerableLimitSort) {
            return sort((Sort) node);
        }
        return node instanceof EnumerableAggregate aggregate ? aggregate(aggregate) : node;
    }

    private static RelNode sort(Sort sort) {
        Keys keys = new Keys(sort.getInput());
        RelCollation collation = keys.replacedIn(sort.getCollation(), true);
        if (keys.isEmpty()) {
            return sort;
        }
        RelNode sorted =
                sort.copy(sort.getTraitSet().replace(collation), keys.input(), collation, sort.offset, sort.fetch);
        List<RexNode> fields = new ArrayList<>();
        for (RelDataTypeField field : sort.getRowType().getFieldList()) {
            fields.add(sort.getCluster().getRexBuilder().makeInputRef(sorted, field.getIndex()));
        }
        return calc(sorted, fields, sort.getRowType().getFieldNames());
    }

    private static RelNode aggregate(EnumerableAggregate aggregate) {
        Keys keys = new Keys(aggregate.getInput());
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            calls.add(extreme(call).withCollation(keys.replacedIn(call.getCollation(), false)));
        }
        return calls.equals(aggregate.getAggCallList())
                ? aggregate
                : aggregate.copy(
                        aggregate.getTraitSet(),
                        keys.isEmpty() ? aggregate.getInput() : keys.input(),
                        aggregate.getGroupSet(),
                        aggregate.getGroupSets(),
                        calls);
    }

    private static AggregateCall extreme(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        if ((kind != SqlKind.MIN && kind != SqlKind.MAX) || !SqlTypeUtil.inCharFamily(call.getType())) {
            return call;
        }
        return AggregateCall.create(
                call.getParserPosition(),
                kind == SqlKind.MIN ? PostgresOperators.MIN_TEXT : PostgresOperators.MAX_TEXT,
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                call.getArgList(),
                call.filterArg,
                call.distinctKeys,
                call.getCollation(),
                call.getType(),
                call.getName());
    }

    private static RelNode calc(RelNode input, List<RexNode> fields, List<String> names) {
        RexBuilder rexBuilder = input.getCluster().getRexBuilder();
        return EnumerableCalc.create(input, RexProgram.create(input.getRowType(), fields, null, names, rexBuilder));
    }

    /** Fields behind those of an input that hold keys of its text and floating fields. */
    private static final class Keys {
        private final RelNode input;
        private final Map<Integer, Integer> keyFields = new HashMap<>();
        private final List<RexNode> fields = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        Keys(RelNode input) {
            this.input = input;
            for (RelDataTypeField field : input.getRowType().getFieldList()) {
                fields.add(input.getCluster().getRexBuilder().makeInputRef(input, field.getIndex()));
                names.add(field.getName());
            }
        }

        boolean isEmpty() {
            return keyFields.isEmpty();
        }

        RelNode input() {
            return calc(input, fields, names);
        }

        RelCollation replacedIn(RelCollation collation, boolean numbers) {
            List<RelFieldCollation> replaced = new ArrayList<>();
            for (RelFieldCollation field : collation.getFieldCollations()) {
                boolean keyed = isText(field) || (numbers && isFloating(field));
                replaced.add(keyed ? field.withFieldIndex(key(field.getFieldIndex())) : field);
            }
            return RelCollations.of(replaced);
        }

        private boolean isText(RelFieldCollation field) {
            return SqlTypeUtil.inCharFamily(type(field));
        }

        private boolean isFloating(RelFieldCollation field) {
            return SqlTypeName.APPROX_TYPES.contains(type(field).getSqlTypeName());
        }

        private RelDataType type(RelFieldCollation field) {
            return input.getRowType().getFieldList().get(field.getFieldIndex()).getType();
        }

        private int key(int field) {
            return keyFields.computeIfAbsent(field, position -> {
                RexBuilder rexBuilder = input.getCluster().getRexBuilder();
                RexNode operand = fields.get(position);
                fields.add(
                        SqlTypeUtil.inCharFamily(operand.getType())
                                ? rexBuilder.makeCall(
                                        operand.getType(), PostgresOperators.CODE_POINT_KEY, List.of(operand))
                                : rexBuilder.makeCall(PostgresOperators.NUMBER_ORDER, operand));
                names.add("$key" + position);
                return fields.size() - 1;
            });
        }
    }
}
