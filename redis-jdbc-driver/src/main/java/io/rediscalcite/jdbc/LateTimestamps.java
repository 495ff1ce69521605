package io.rediscalcite.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexLocalRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlDatetimePlusOperator;
import org.apache.calcite.sql.fun.SqlDatetimeSubtractionOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes functions of timestamps in a finished plan right for the latest ones, or an error: Calcite's count days in 32 bits, and a
 * time series or a stream has times of 64.
 */
final class LateTimestamps extends RexShuttle {
    /** Units that Calcite computes from milliseconds alone. */
    private static final Set<TimeUnitRange> OF_MILLIS =
            Set.of(TimeUnitRange.MILLISECOND, TimeUnitRange.SECOND, TimeUnitRange.MINUTE, TimeUnitRange.HOUR);

    /** Units that begin where those of DATE_TRUNC do. */
    private static final Set<TimeUnitRange> TRUNCATED =
            Set.of(TimeUnitRange.DAY, TimeUnitRange.MONTH, TimeUnitRange.QUARTER, TimeUnitRange.YEAR);

    private final RexBuilder rexBuilder;

    private LateTimestamps(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    static EnumerableCalc in(EnumerableCalc calc) {
        RexProgram program = calc.getProgram();
        if (program.getExprList().stream().noneMatch(e -> e instanceof RexCall call && isOnTimestamp(call))) {
            return calc;
        }
        RexBuilder rexBuilder = calc.getCluster().getRexBuilder();
        LateTimestamps shuttle = new LateTimestamps(rexBuilder);
        RexLocalRef condition = program.getCondition();
        List<RexNode> projects = program.getProjectList().stream()
                .map(ref -> program.expandLocalRef(ref).accept(shuttle))
                .toList();
        RexNode filter =
                condition == null ? null : program.expandLocalRef(condition).accept(shuttle);
        List<String> names = program.getOutputRowType().getFieldNames();
        return EnumerableCalc.create(
                calc.getInput(), RexProgram.create(program.getInputRowType(), projects, filter, names, rexBuilder));
    }

    /** {@code node} with such functions. */
    static RexNode in(RexNode node, RexBuilder rexBuilder) {
        return node.accept(new LateTimestamps(rexBuilder));
    }

    @Override
    public RexNode visitCall(RexCall original) {
        RexNode visited = super.visitCall(original);
        return visited instanceof RexCall call && isOnTimestamp(call) ? corrected(call) : visited;
    }

    private static boolean isOnTimestamp(RexCall call) {
        return countsDays(call) && call.getOperands().stream().anyMatch(LateTimestamps::isTimestamp);
    }

    private static boolean countsDays(RexCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof SqlDatetimePlusOperator || operator instanceof SqlDatetimeSubtractionOperator) {
            return isMonths(call) || call.getOperands().stream().anyMatch(LateTimestamps::isMonths);
        }
        if (!(operator instanceof SqlFunction) || operator instanceof SqlUserDefinedFunction) {
            return false;
        }
        return switch (call.getKind()) {
            case CAST, SAFE_CAST -> call.getType().getSqlTypeName() == SqlTypeName.DATE;
            case GREATEST, LEAST, GREATEST_PG, LEAST_PG -> false;
            default -> true;
        };
    }

    private RexNode corrected(RexCall call) {
        TimeUnitRange unit = roundedTo(call);
        if (unit != null && OF_MILLIS.contains(unit)) {
            return call;
        }
        RexNode first = call.getOperands().get(0);
        if (call.getKind() == SqlKind.FLOOR && TRUNCATED.contains(unit) && isTimestamp(first)) {
            RexNode name = rexBuilder.makeLiteral(String.valueOf(unit).toLowerCase(Locale.ROOT));
            return rexBuilder.makeCall(call.getType(), PostgresOperators.DATE_TRUNC, List.of(name, first));
        }
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            operands.add(
                    isTimestamp(operand) && !(operand instanceof RexLiteral)
                            ? rexBuilder.makeCall(operand.getType(), PostgresOperators.COUNTABLE, List.of(operand))
                            : operand);
        }
        return call.clone(call.getType(), operands);
    }

    /** The unit of FLOOR and CEIL; null for any other call. */
    private static @Nullable TimeUnitRange roundedTo(RexCall call) {
        boolean rounds = call.getKind() == SqlKind.FLOOR || call.getKind() == SqlKind.CEIL;
        return rounds && call.getOperands().size() == 2 && call.getOperands().get(1) instanceof RexLiteral unit
                ? unit.getValueAs(TimeUnitRange.class)
                : null;
    }

    private static boolean isMonths(RexNode node) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(node.getType().getSqlTypeName());
    }

    private static boolean isTimestamp(RexNode node) {
        return node.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
    }
}
