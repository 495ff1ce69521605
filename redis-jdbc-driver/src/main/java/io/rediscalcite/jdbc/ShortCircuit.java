package io.rediscalcite.jdbc;

import java.util.Comparator;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/**
 * Makes AND and OR in a finished plan stop where a side that can't fail decides, else where the left side does.
 *
 * <p>Calcite's code computes both sides first, so that {@code x <> 0 AND 100 / x > 10} divides by zero. Its CASE computes only what it
 * needs; so an operand that may fail is put behind one.
 */
final class ShortCircuit extends RexShuttle {
    private final RexBuilder rexBuilder;

    private ShortCircuit(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    static EnumerableCalc in(EnumerableCalc calc) {
        RexProgram program = calc.getProgram();
        RexLocalRef condition = program.getCondition();
        boolean concerned =
                program.getExprList().stream().anyMatch(e -> e.getKind() == SqlKind.AND || e.getKind() == SqlKind.OR);
        if (!concerned || program.getExprList().stream().noneMatch(ShortCircuit::mayFail)) {
            return calc;
        }
        RexBuilder rexBuilder = calc.getCluster().getRexBuilder();
        ShortCircuit shuttle = new ShortCircuit(rexBuilder);
        List<RexNode> projects = program.getProjectList().stream()
                .map(ref -> program.expandLocalRef(ref).accept(shuttle))
                .toList();
        @Nullable
        RexNode filter =
                condition == null ? null : program.expandLocalRef(condition).accept(shuttle);
        List<String> names = program.getOutputRowType().getFieldList().stream()
                .map(RelDataTypeField::getName)
                .toList();
        return EnumerableCalc.create(
                calc.getInput(), RexProgram.create(program.getInputRowType(), projects, filter, names, rexBuilder));
    }

    /** {@code condition} likewise. */
    static RexNode in(RexNode condition, RexBuilder rexBuilder) {
        return containsFailure(condition) ? condition.accept(new ShortCircuit(rexBuilder)) : condition;
    }

    @Override
    public RexNode visitCall(RexCall original) {
        RexNode visited = super.visitCall(original);
        boolean and = visited.getKind() == SqlKind.AND;
        return (and || visited.getKind() == SqlKind.OR) && visited instanceof RexCall call
                ? guarded(call, safeFirst(call.getOperands()), and)
                : visited;
    }

    /** PostgreSQL, too, checks a table's own conditions before those of a join, whatever their order. */
    private static List<RexNode> safeFirst(List<RexNode> operands) {
        return operands.stream()
                .sorted(Comparator.comparing(ShortCircuit::containsFailure))
                .toList();
    }

    private RexNode guarded(RexCall call, List<RexNode> operands, boolean and) {
        RexNode first = operands.get(0);
        if (operands.size() == 1) {
            return first;
        }
        List<RexNode> rest = operands.subList(1, operands.size());
        if (rest.stream().noneMatch(ShortCircuit::containsFailure)) {
            return and
                    ? RexUtil.composeConjunction(rexBuilder, operands)
                    : RexUtil.composeDisjunction(rexBuilder, operands);
        }
        RexNode decided = rexBuilder.makeCall(and ? SqlStdOperatorTable.IS_FALSE : SqlStdOperatorTable.IS_TRUE, first);
        RexNode both =
                rexBuilder.makeCall(call.getType(), call.getOperator(), List.of(first, guarded(call, rest, and)));
        return rexBuilder.makeCall(
                call.getType(), SqlStdOperatorTable.CASE, List.of(decided, rexBuilder.makeLiteral(!and), both));
    }

    private static boolean containsFailure(RexNode node) {
        boolean[] found = {false};
        node.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= mayFail(call);
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    private static boolean mayFail(RexNode node) {
        return switch (node.getKind()) {
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_FALSE, IS_NOT_TRUE, IS_NOT_FALSE -> false;
            case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> false;
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, SEARCH, LIKE, CASE, COALESCE -> false;
            case INPUT_REF, LOCAL_REF, LITERAL, DYNAMIC_PARAM, FIELD_ACCESS, CORREL_VARIABLE -> false;
            default -> true;
        };
    }
}
