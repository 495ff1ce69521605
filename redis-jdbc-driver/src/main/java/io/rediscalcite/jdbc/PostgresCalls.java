package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.jdbc.function.CodePointOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.schema.impl.ReflectiveFunctionBase;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlGroupedWindowFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the calls in a statement to which Calcite's code gives another answer than PostgreSQL.
 *
 * <p>Works on what the statement was converted to, before any rule sees it. Comparisons and LIKE stay as they are where Calcite is
 * right, since scans know them.
 */
final class PostgresCalls extends RexShuttle {
    private final RexBuilder rexBuilder;

    private PostgresCalls(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** {@code logical} with PostgreSQL's functions. */
    static RelNode replaceIn(RelNode logical) {
        PostgresCalls calls = new PostgresCalls(logical.getCluster().getRexBuilder());
        return logical.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode node) {
                RelNode visited = super.visit(node).accept(calls);
                if (visited instanceof Aggregate aggregate) {
                    refuseRowValues(aggregate);
                    return Percentiles.computable(aggregate);
                }
                if (visited instanceof LogicalValues values) {
                    return unordered(values);
                }
                return visited;
            }
        });
    }

    /** Rows that the planner can't take for sorted: it would compare their text in Java's order. */
    private static RelNode unordered(LogicalValues values) {
        boolean plain = values.getTuples().stream()
                .flatMap(List::stream)
                .noneMatch(literal -> literal(literal) != null && !isPlain(literal));
        if (plain || values.getTuples().size() == 1) {
            return values;
        }
        List<RelNode> rows = new ArrayList<>();
        for (int i = 0; i < values.getTuples().size(); i++) {
            rows.add(LogicalValues.create(
                    values.getCluster(), values.getRowType(), values.getTuples().subList(i, i + 1)));
        }
        return LogicalUnion.create(rows, true);
    }

    private static void refuseRowValues(Aggregate aggregate) {
        List<RelDataTypeField> fields = aggregate.getInput().getRowType().getFieldList();
        List<Integer> used = new ArrayList<>(aggregate.getGroupSet().asList());
        for (AggregateCall call : aggregate.getAggCallList()) {
            used.addAll(call.getArgList());
        }
        for (int field : used) {
            if (fields.get(field).getType().isStruct()) {
                throw new RedisSqlException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "row values such as (a, b) can't be grouped or aggregated; name the columns one by one, or count"
                                + " the rows of SELECT DISTINCT a, b");
            }
        }
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
        boolean ordered = visited.getKind() == SqlKind.SOME
                && !visited.getOperator().equals(SqlStdOperatorTable.SOME_EQ)
                && !visited.getOperator().equals(SqlStdOperatorTable.SOME_NE);
        if (ordered && isText(visited.getOperands().get(0).getType())) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "text can't be compared by < or > with ANY or ALL rows of a subquery; compare it with their MIN or"
                            + " MAX");
        }
        return visited.clone(replaceIn(visited.rel));
    }

    @Override
    public RexNode visitCall(RexCall original) {
        RexNode visited = super.visitCall(original);
        RexNode replaced = visited instanceof RexCall call ? replaced(call) : visited;
        // A LIKE that became two conditions may stand in an AND, and none stands in another in a plan.
        return replaced.getKind() == SqlKind.AND ? RexUtil.flatten(rexBuilder, replaced) : replaced;
    }

    private RexNode replaced(RexCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof SqlUserDefinedFunction function) {
            return onMoment(call, function);
        }
        if (operator.equals(PostgresOperators.COALESCE)) {
            return coalesce(call);
        }
        if (operator instanceof SqlLikeOperator like) {
            return like(call, like);
        }
        if (operator instanceof SqlGroupedWindowFunction) {
            return window(call);
        }
        if (operator.equals(SqlStdOperatorTable.ABS)) {
            return absolute(call);
        }
        return switch (call.getKind()) {
            case LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> comparison(call);
            case CAST -> cast(call);
            case DIVIDE, CHECKED_DIVIDE -> quotient(call);
            default -> operator instanceof SqlFunction ? textFunction(call) : call;
        };
    }

    /** {@code GROUP BY TUMBLE(time, interval)}: Calcite plans it, but has no code for it. */
    private RexNode window(RexCall call) {
        List<RexNode> operands = call.getOperands();
        boolean understood = call.getOperator().equals(SqlStdOperatorTable.TUMBLE_OLD)
                && operands.size() == 2
                && SqlTypeName.DAY_INTERVAL_TYPES.contains(
                        operands.get(1).getType().getSqlTypeName());
        if (!understood) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "of the windows that GROUP BY may name there is TUMBLE(time, INTERVAL of days, hours, minutes or seconds) alone;"
                            + " others are table functions: FROM TABLE(HOP(TABLE t, DESCRIPTOR(time), slide, size))");
        }
        RexNode origin = rexBuilder.makeTimestampLiteral(TimestampString.fromMillisSinceEpoch(0), 0);
        return rexBuilder.makeCall(
                call.getType(), PostgresOperators.DATE_BIN, List.of(operands.get(1), operands.get(0), origin));
    }

    private RexNode coalesce(RexCall call) {
        List<RexNode> branches = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (RexNode operand : operands.subList(0, operands.size() - 1)) {
            branches.add(rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, operand));
            branches.add(operand);
        }
        branches.add(operands.get(operands.size() - 1));
        return rexBuilder.makeCall(call.getType(), SqlStdOperatorTable.CASE, branches);
    }

    /** Our functions of dates and timestamps take the latter. */
    private RexNode onMoment(RexCall call, SqlUserDefinedFunction function) {
        boolean onMoment = function.equals(PostgresOperators.DATE_TRUNC)
                || function.equals(PostgresOperators.DAY_OF_WEEK)
                || function.equals(PostgresOperators.EPOCH)
                || function.equals(PostgresOperators.SECOND);
        int last = call.getOperands().size() - 1;
        if (!onMoment || call.getOperands().get(last).getType().getSqlTypeName() != SqlTypeName.DATE) {
            return call;
        }
        List<RexNode> operands = new ArrayList<>(call.getOperands());
        operands.set(last, converted(operands.get(last), SqlTypeName.TIMESTAMP));
        return rexBuilder.makeCall(call.getType(), function, operands);
    }

    private RexNode textFunction(RexCall call) {
        int arguments = call.getOperands().size();
        boolean onText = arguments > 0 && isText(call.getOperands().get(0).getType());
        // STRPOS is POSITION with its arguments the other way round.
        boolean reversed = call.getOperator().getName().equals("STRPOS") && arguments == 2;
        SqlUserDefinedFunction ours = PostgresOperators.TEXT_FUNCTIONS.get(PostgresOperators.signature(
                reversed ? "POSITION" : call.getOperator().getName(), arguments));
        if (!onText || ours == null) {
            return call;
        }
        List<RexNode> operands = new ArrayList<>();
        List<Class<?>> parameters = List.of(((ReflectiveFunctionBase) ours.getFunction()).method.getParameterTypes());
        for (int i = 0; i < arguments; i++) {
            RexNode operand = call.getOperands().get(reversed ? arguments - 1 - i : i);
            boolean toInteger =
                    parameters.get(i) == int.class && operand.getType().getSqlTypeName() != SqlTypeName.INTEGER;
            operands.add(toInteger ? converted(operand, SqlTypeName.INTEGER) : operand);
        }
        return rexBuilder.makeCall(call.getType(), ours, operands);
    }

    /** Against text that sorts alike by unit and by code point, Java's comparison is right. */
    private RexNode comparison(RexCall call) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (!isText(left.getType()) || !isText(right.getType()) || isPlain(left) || isPlain(right)) {
            return call;
        }
        RexNode compared = rexBuilder.makeCall(PostgresOperators.COMPARE, left, right);
        return rexBuilder.makeCall(
                call.getType(), call.getOperator(), List.of(compared, rexBuilder.makeExactLiteral(BigDecimal.ZERO)));
    }

    private static boolean isPlain(RexNode node) {
        String text = literal(node);
        return text != null && CodePointOrder.isPlain(text);
    }

    private static @Nullable String literal(RexNode node) {
        return node instanceof RexLiteral literal && isText(literal.getType())
                ? literal.getValueAs(String.class)
                : null;
    }

    private RexNode like(RexCall call, SqlLikeOperator like) {
        if (call.getKind() != SqlKind.LIKE || !isText(call.getOperands().get(0).getType())) {
            return call;
        }
        List<RexNode> operands = call.getOperands();
        boolean escape = operands.size() > 2;
        String pattern = escape ? null : literal(operands.get(1));
        if (like.isCaseSensitive() && pattern != null && pattern.indexOf('_') < 0 && pattern.indexOf('\\') < 0) {
            return call;
        }
        SqlUserDefinedFunction ours = like.isCaseSensitive()
                ? (escape ? PostgresOperators.LIKE_ESCAPE : PostgresOperators.LIKE)
                : (escape ? PostgresOperators.ILIKE_ESCAPE : PostgresOperators.ILIKE);
        RexNode matches = rexBuilder.makeCall(call.getType(), ours, operands);
        if (like.isNegated()) {
            return rexBuilder.makeCall(SqlStdOperatorTable.NOT, matches);
        }
        String begin = like.isCaseSensitive() && pattern != null ? beginning(pattern) : "";
        if (begin.isEmpty() || !(operands.get(0) instanceof RexInputRef)) {
            return matches;
        }
        // What the pattern begins with stays a LIKE, so that a scan can narrow its keys by it.
        RexNode begins =
                rexBuilder.makeCall(SqlStdOperatorTable.LIKE, operands.get(0), rexBuilder.makeLiteral(begin + "%"));
        return rexBuilder.makeCall(SqlStdOperatorTable.AND, begins, matches);
    }

    private static String beginning(String pattern) {
        int end = 0;
        while (end < pattern.length() && "%_\\".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return pattern.substring(0, end);
    }

    /** Calcite's keeps 16 digits of a DECIMAL, before and behind the point. */
    private RexNode quotient(RexCall call) {
        RelDataType type = call.getType();
        if (type.getSqlTypeName() != SqlTypeName.DECIMAL || call.getOperands().size() != 2) {
            return call;
        }
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            boolean decimal = operand.getType().getSqlTypeName() == SqlTypeName.DECIMAL;
            operands.add(decimal ? operand : decimal(operand));
        }
        operands.add(rexBuilder.makeExactLiteral(BigDecimal.valueOf(type.getScale())));
        return rexBuilder.makeCall(type, PostgresOperators.DIVIDE, operands);
    }

    private RexNode decimal(RexNode integer) {
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        RelDataType type = types.createSqlType(SqlTypeName.DECIMAL, 19, 0);
        return rexBuilder.makeCast(
                types.createTypeWithNullability(type, integer.getType().isNullable()), integer);
    }

    private RexNode absolute(RexCall call) {
        SqlTypeName type = call.getOperands().get(0).getType().getSqlTypeName();
        return switch (type) {
            case INTEGER -> rexBuilder.makeCall(call.getType(), PostgresOperators.ABS_INTEGER, call.getOperands());
            case BIGINT -> rexBuilder.makeCall(call.getType(), PostgresOperators.ABS_BIGINT, call.getOperands());
            default -> call;
        };
    }

    private RexNode cast(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        RelDataType target = call.getType();
        SqlTypeName from = operand.getType().getSqlTypeName();
        SqlTypeName to = target.getSqlTypeName();
        if (SqlTypeName.APPROX_TYPES.contains(from) && PostgresOperators.ROUNDING_CASTS.containsKey(to)) {
            RexNode number = from == SqlTypeName.REAL ? converted(operand, SqlTypeName.DOUBLE) : operand;
            return rexBuilder.makeCall(target, PostgresOperators.ROUNDING_CASTS.get(to), List.of(number));
        }
        if (isText(operand.getType()) && PostgresOperators.PARSING_CASTS.containsKey(to)) {
            return rexBuilder.makeCall(target, PostgresOperators.PARSING_CASTS.get(to), List.of(operand));
        }
        if (!isText(target)) {
            return call;
        }
        if (isText(operand.getType())) {
            return isShorter(target, operand.getType()) ? truncated(operand, target) : call;
        }
        SqlUserDefinedFunction text = PostgresOperators.TEXT_CASTS.get(from);
        if (text == null) {
            return call;
        }
        if (target.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED) {
            return rexBuilder.makeCall(target, text, List.of(operand));
        }
        return truncated(rexBuilder.makeCall(text, operand), target);
    }

    private static boolean isShorter(RelDataType target, RelDataType source) {
        int precision = target.getPrecision();
        int present = source.getPrecision();
        return precision != RelDataType.PRECISION_NOT_SPECIFIED
                && (present == RelDataType.PRECISION_NOT_SPECIFIED || present > precision);
    }

    private RexNode truncated(RexNode text, RelDataType target) {
        RexNode length = rexBuilder.makeExactLiteral(BigDecimal.valueOf(target.getPrecision()));
        return rexBuilder.makeCall(target, PostgresOperators.TRUNCATE, List.of(text, length));
    }

    private RexNode converted(RexNode node, SqlTypeName type) {
        RelDataType target = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(type),
                        node.getType().isNullable());
        return rexBuilder.makeCast(target, node);
    }

    private static boolean isText(RelDataType type) {
        return SqlTypeUtil.inCharFamily(type);
    }
}
