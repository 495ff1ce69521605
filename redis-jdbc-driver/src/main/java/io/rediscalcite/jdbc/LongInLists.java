package io.rediscalcite.jdbc;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Turns the long IN lists that are left in a finished plan into look-ups in a set.
 *
 * <p>Calcite would write a comparison for each value, and a method of Java can't be longer than 64 KB.
 */
final class LongInLists {
    private static final int LONG = 20;

    /** Far beyond the numbers of real parameters, with which a set shares its way into generated code. */
    private static final int FIRST_PARAMETER = 1_000_000;

    private static final SqlOperator IN_SET = new SqlUserDefinedFunction(
            new SqlIdentifier("IN_SET", SqlParserPos.ZERO),
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.BOOLEAN_NULLABLE,
            InferTypes.ANY_NULLABLE,
            null,
            ScalarFunctionImpl.create(Types.lookupMethod(ValueList.class, "contains", Object.class, Object.class)));

    private LongInLists() {}

    /** {@code calc} with look-ups; the sets go into {@code variables}, where generated code finds them. */
    static EnumerableCalc asSets(EnumerableCalc calc, Map<String, Object> variables) {
        RexProgram program = calc.getProgram();
        int before = variables.size();
        RexBuilder rexBuilder = calc.getCluster().getRexBuilder();
        RexShuttle lookUps = new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                Optional<ValueList> list = list(call);
                if (list.isEmpty()) {
                    return super.visitCall(call);
                }
                int parameter = FIRST_PARAMETER + variables.size();
                variables.put("?" + parameter, list.get());
                RelDataTypeFactory types = rexBuilder.getTypeFactory();
                return rexBuilder.makeCall(
                        call.getType(),
                        IN_SET,
                        List.of(
                                call.getOperands().get(0).accept(this),
                                rexBuilder.makeDynamicParam(types.createSqlType(SqlTypeName.ANY), parameter)));
            }
        };
        List<RexNode> projects = lookUps.apply(program.expandList(program.getProjectList()));
        RexNode condition =
                program.getCondition() == null ? null : lookUps.apply(program.expandLocalRef(program.getCondition()));
        if (variables.size() == before) {
            return calc;
        }
        return calc.copy(
                calc.getTraitSet(),
                calc.getInput(),
                RexProgram.create(
                        program.getInputRowType(), projects, condition, program.getOutputRowType(), rexBuilder));
    }

    private static Optional<ValueList> list(RexNode expression) {
        if (!(expression instanceof RexCall call)
                || call.getKind() != SqlKind.SEARCH
                || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        Sarg<?> sarg = Objects.requireNonNull(literal.getValueAs(Sarg.class));
        boolean negated = sarg.isComplementedPoints();
        if (!negated && !sarg.isPoints()) {
            return Optional.empty();
        }
        SqlTypeName type = call.getOperands().get(0).getType().getSqlTypeName();
        return keys(negated ? sarg.rangeSet.complement() : sarg.rangeSet, type)
                .map(keys -> new ValueList(keys, negated, ifNull(sarg.nullAs)));
    }

    private static @Nullable Boolean ifNull(RexUnknownAs nullAs) {
        return switch (nullAs) {
            case TRUE -> true;
            case FALSE -> false;
            case UNKNOWN -> null;
        };
    }

    /** The points; empty if they are few, or of a type that has no exact form here. */
    private static Optional<Set<Object>> keys(RangeSet<?> points, SqlTypeName type) {
        Set<? extends Range<?>> ranges = points.asRanges();
        if (ranges.size() <= LONG) {
            return Optional.empty();
        }
        Set<Object> keys = new HashSet<>();
        for (Range<?> range : ranges) {
            Object inner = inner(range.lowerEndpoint(), type);
            if (inner == null) {
                return Optional.empty();
            }
            keys.add(ValueList.key(inner));
        }
        return Optional.of(keys);
    }

    private static @Nullable Object inner(Object point, SqlTypeName type) {
        if (point instanceof NlsString text) {
            return text.getValue();
        } else if (point instanceof DateString date) {
            return date.getDaysSinceEpoch();
        } else if (point instanceof TimeString time) {
            return time.getMillisOfDay();
        } else if (point instanceof TimestampString timestamp) {
            return timestamp.getMillisSinceEpoch();
        } else if (point instanceof BigDecimal number && SqlTypeName.INT_TYPES.contains(type)) {
            boolean whole = number.stripTrailingZeros().scale() <= 0 && number.precision() - number.scale() < 19;
            return whole ? (Object) number.longValueExact() : null;
        }
        return point instanceof BigDecimal && type == SqlTypeName.DECIMAL ? point : null;
    }
}
