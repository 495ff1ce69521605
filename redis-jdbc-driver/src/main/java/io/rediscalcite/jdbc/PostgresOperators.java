package io.rediscalcite.jdbc;

import io.rediscalcite.jdbc.function.CodePointOrder;
import io.rediscalcite.jdbc.function.Conversions;
import io.rediscalcite.jdbc.function.Correlation;
import io.rediscalcite.jdbc.function.DateFunctions;
import io.rediscalcite.jdbc.function.GreatestText;
import io.rediscalcite.jdbc.function.LeastText;
import io.rediscalcite.jdbc.function.LikePattern;
import io.rediscalcite.jdbc.function.Percentile;
import io.rediscalcite.jdbc.function.TextFunctions;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.linq4j.tree.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.schema.impl.AggregateFunctionImpl;
import org.apache.calcite.schema.impl.ScalarFunctionImpl;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlCoalesceFunction;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandMetadata;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlUserDefinedAggFunction;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/** Operators that answer as PostgreSQL's do: those that a statement may name, and those that {@link PostgresCalls} puts in. */
final class PostgresOperators {
    private static final SqlReturnTypeInference TEXT = nullable(SqlTypeName.VARCHAR);
    private static final SqlReturnTypeInference MOMENT = nullable(SqlTypeName.TIMESTAMP);
    private static final SqlReturnTypeInference BOOL = nullable(SqlTypeName.BOOLEAN);
    private static final SqlReturnTypeInference INT = nullable(SqlTypeName.INTEGER);

    /** COALESCE as it is; Calcite's own becomes a CASE whose casts to NOT NULL make its simplifier take NULL for 0. */
    static final SqlOperator COALESCE = new SqlCoalesceFunction() {
        @Override
        public SqlNode rewriteCall(SqlValidator validator, SqlCall call) {
            return call.operandCount() == 1 ? call.operand(0) : call;
        }

        /** NULL like its operands, though one of them may not be: so no cast to NOT NULL is ever needed. */
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            boolean nullable = binding.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
            RelDataType type = super.inferReturnType(binding);
            return binding.getTypeFactory().createTypeWithNullability(type, nullable);
        }
    };

    static final SqlUserDefinedFunction DATE_TRUNC = named(
            "DATE_TRUNC",
            DateFunctions.class,
            "truncate",
            MOMENT,
            List.of(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATETIME),
            String.class,
            long.class);
    static final SqlUserDefinedFunction DATE_BIN = named(
            "DATE_BIN",
            DateFunctions.class,
            "bin",
            MOMENT,
            List.of(SqlTypeFamily.INTERVAL_DAY_TIME, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
            long.class,
            long.class,
            long.class);

    /** A timestamp as it is, or the error that Calcite's count of days would be wrong. */
    static final SqlUserDefinedFunction COUNTABLE =
            inner("COUNTABLE", DateFunctions.class, "countable", ReturnTypes.ARG0, long.class);

    static final SqlUserDefinedFunction DAY_OF_WEEK = named(
            "EXTRACT_DOW",
            DateFunctions.class,
            "dayOfWeek",
            nullable(SqlTypeName.BIGINT),
            List.of(SqlTypeFamily.DATETIME),
            long.class);
    static final SqlUserDefinedFunction EPOCH =
            named("EXTRACT_EPOCH", DateFunctions.class, "seconds", decimal(18), List.of(SqlTypeFamily.ANY), long.class);
    static final SqlUserDefinedFunction SECOND = named(
            "EXTRACT_SECOND",
            DateFunctions.class,
            "secondOfMinute",
            decimal(5),
            List.of(SqlTypeFamily.ANY),
            long.class);
    private static final SqlUserDefinedFunction REVERSE =
            named("REVERSE", TextFunctions.class, "reverse", TEXT, List.of(SqlTypeFamily.CHARACTER), String.class);

    static final SqlUserDefinedFunction COMPARE =
            inner("COMPARE", TextFunctions.class, "compare", INT, String.class, String.class);
    static final SqlUserDefinedFunction CODE_POINT_KEY =
            inner("CODE_POINT_KEY", CodePointOrder.class, "key", TEXT, String.class);
    static final SqlUserDefinedFunction DECIMAL_KEY =
            inner("DECIMAL_KEY", Conversions.class, "key", ReturnTypes.ARG0, BigDecimal.class, int.class);
    static final SqlUserDefinedFunction DOUBLE_KEY =
            inner("DOUBLE_KEY", Conversions.class, "key", ReturnTypes.ARG0, double.class);
    static final SqlUserDefinedFunction REAL_KEY =
            inner("REAL_KEY", Conversions.class, "key", ReturnTypes.ARG0, float.class);
    static final SqlUserDefinedFunction NUMBER_ORDER =
            inner("NUMBER_ORDER", Conversions.class, "order", nullable(SqlTypeName.BIGINT), double.class);
    static final SqlUserDefinedFunction TRUNCATE =
            inner("TRUNCATE", TextFunctions.class, "truncate", TEXT, String.class, int.class);
    static final SqlUserDefinedFunction LIKE =
            inner("LIKE", LikePattern.class, "like", BOOL, String.class, String.class);
    static final SqlUserDefinedFunction LIKE_ESCAPE =
            inner("LIKE", LikePattern.class, "like", BOOL, String.class, String.class, String.class);
    static final SqlUserDefinedFunction ILIKE =
            inner("ILIKE", LikePattern.class, "likeIgnoringCase", BOOL, String.class, String.class);
    static final SqlUserDefinedFunction ILIKE_ESCAPE =
            inner("ILIKE", LikePattern.class, "likeIgnoringCase", BOOL, String.class, String.class, String.class);
    static final SqlUserDefinedFunction DIVIDE =
            inner("/", Conversions.class, "quotient", ReturnTypes.ARG0, BigDecimal.class, BigDecimal.class, int.class);
    static final SqlUserDefinedFunction ABS_INTEGER = inner("ABS", Conversions.class, "absolute", INT, int.class);
    static final SqlUserDefinedFunction ABS_BIGINT =
            inner("ABS", Conversions.class, "absolute", nullable(SqlTypeName.BIGINT), long.class);

    /** From DOUBLE. */
    static final Map<SqlTypeName, SqlUserDefinedFunction> ROUNDING_CASTS = Map.of(
            SqlTypeName.TINYINT, rounding(SqlTypeName.TINYINT, "toTinyint"),
            SqlTypeName.SMALLINT, rounding(SqlTypeName.SMALLINT, "toSmallint"),
            SqlTypeName.INTEGER, rounding(SqlTypeName.INTEGER, "toInteger"),
            SqlTypeName.BIGINT, rounding(SqlTypeName.BIGINT, "toBigint"));

    /** To VARCHAR, by the type of what is cast. */
    static final Map<SqlTypeName, SqlUserDefinedFunction> TEXT_CASTS = Map.of(
            SqlTypeName.BOOLEAN, inner("TEXT", Conversions.class, "toText", TEXT, boolean.class),
            SqlTypeName.DECIMAL, inner("TEXT", Conversions.class, "toText", TEXT, BigDecimal.class),
            SqlTypeName.DOUBLE, inner("TEXT", Conversions.class, "toText", TEXT, double.class),
            SqlTypeName.FLOAT, inner("TEXT", Conversions.class, "toText", TEXT, double.class),
            SqlTypeName.REAL, inner("TEXT", Conversions.class, "toText", TEXT, float.class),
            SqlTypeName.TIME, inner("TEXT", DateFunctions.class, "timeText", TEXT, int.class),
            SqlTypeName.TIMESTAMP, inner("TEXT", DateFunctions.class, "timestampText", TEXT, long.class));

    /** From VARCHAR. */
    static final Map<SqlTypeName, SqlUserDefinedFunction> PARSING_CASTS = Map.of(
            SqlTypeName.DATE, inner("DATE", DateFunctions.class, "toDate", nullable(SqlTypeName.DATE), String.class),
            SqlTypeName.TIME, inner("TIME", DateFunctions.class, "toTime", nullable(SqlTypeName.TIME), String.class),
            SqlTypeName.TIMESTAMP, inner("TIMESTAMP", DateFunctions.class, "toTimestamp", MOMENT, String.class));

    /** What replaces a function of text, by the name of that function and the number of its arguments. */
    static final Map<String, SqlUserDefinedFunction> TEXT_FUNCTIONS = Map.ofEntries(
            text("CHAR_LENGTH", "length", INT, String.class),
            text("CHARACTER_LENGTH", "length", INT, String.class),
            text("LENGTH", "length", INT, String.class),
            text("SUBSTRING", "substring", TEXT, String.class, int.class),
            text("SUBSTRING", "substring", TEXT, String.class, int.class, int.class),
            text("LEFT", "left", TEXT, String.class, int.class),
            text("RIGHT", "right", TEXT, String.class, int.class),
            text("POSITION", "position", INT, String.class, String.class),
            text("POSITION", "position", INT, String.class, String.class, int.class),
            text("OVERLAY", "overlay", TEXT, String.class, String.class, int.class),
            text("OVERLAY", "overlay", TEXT, String.class, String.class, int.class, int.class),
            text("LPAD", "leftPad", TEXT, String.class, int.class),
            text("LPAD", "leftPad", TEXT, String.class, int.class, String.class),
            text("RPAD", "rightPad", TEXT, String.class, int.class),
            text("RPAD", "rightPad", TEXT, String.class, int.class, String.class));

    /** Of a whole column of integers, too, it may lie between two of them, so its type is DOUBLE. */
    static final SqlAggFunction PERCENTILE_CONT =
            percentile(SqlKind.PERCENTILE_CONT, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE));

    static final SqlAggFunction PERCENTILE_DISC =
            percentile(SqlKind.PERCENTILE_DISC, binding -> binding.getTypeFactory()
                    .createTypeWithNullability(binding.getCollationType(), true));

    /** What PERCENTILE_CONT is computed by: of the share and the value. */
    static final SqlAggFunction CONTINUOUS = aggregate(
            "PERCENTILE_CONT",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            null,
            Percentile.Continuous.class);

    /** What PERCENTILE_DISC is computed by: of the share and the value. */
    static final SqlAggFunction DISCRETE = aggregate(
            "PERCENTILE_DISC",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG1.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            null,
            Percentile.Discrete.class);

    private static final SqlAggFunction CORR = aggregate(
            "CORR",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            operands(List.of(SqlTypeFamily.NUMERIC, SqlTypeFamily.NUMERIC)),
            Correlation.class);

    private static final Map<String, SqlOperator> NAMED = Stream.of(
                    COALESCE, REVERSE, DATE_TRUNC, DATE_BIN, DAY_OF_WEEK, EPOCH, SECOND, CORR)
            .collect(Collectors.toUnmodifiableMap(SqlOperator::getName, Function.identity()));

    /** MIN of text by code point. */
    static final SqlAggFunction MIN_TEXT =
            aggregate("MIN", SqlKind.MIN, ReturnTypes.ARG0_NULLABLE_IF_EMPTY, null, LeastText.class);

    /** MAX of text by code point. */
    static final SqlAggFunction MAX_TEXT =
            aggregate("MAX", SqlKind.MAX, ReturnTypes.ARG0_NULLABLE_IF_EMPTY, null, GreatestText.class);

    private PostgresOperators() {}

    /** {@code table} with our operators in place of those of the same name. */
    static SqlOperatorTable over(SqlOperatorTable table) {
        return new SqlOperatorTable() {
            @Override
            public void lookupOperatorOverloads(
                    SqlIdentifier name,
                    @Nullable SqlFunctionCategory category,
                    SqlSyntax syntax,
                    List<SqlOperator> operators,
                    SqlNameMatcher nameMatcher) {
                SqlOperator ours = name.isSimple() && syntax == SqlSyntax.FUNCTION
                        ? NAMED.get(name.getSimple().toUpperCase(Locale.ROOT))
                        : null;
                if (ours == null) {
                    table.lookupOperatorOverloads(name, category, syntax, operators, nameMatcher);
                } else {
                    operators.add(ours);
                }
            }

            @Override
            public List<SqlOperator> getOperatorList() {
                return Stream.concat(
                                NAMED.values().stream(),
                                table.getOperatorList().stream().filter(o -> !NAMED.containsKey(o.getName())))
                        .toList();
            }
        };
    }

    /** The key of {@link #TEXT_FUNCTIONS}. */
    static String signature(String name, int arguments) {
        return name + "/" + arguments;
    }

    private static Map.Entry<String, SqlUserDefinedFunction> text(
            String name, String method, SqlReturnTypeInference type, Class<?>... parameters) {
        return Map.entry(
                signature(name, parameters.length), inner(name, TextFunctions.class, method, type, parameters));
    }

    private static SqlUserDefinedFunction rounding(SqlTypeName type, String method) {
        return inner(type.getName(), Conversions.class, method, nullable(type), double.class);
    }

    private static SqlReturnTypeInference nullable(SqlTypeName type) {
        return ReturnTypes.explicit(type).andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    private static SqlReturnTypeInference decimal(int precision) {
        return ((SqlReturnTypeInference)
                        binding -> binding.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, precision, 3))
                .andThen(SqlTypeTransforms.TO_NULLABLE);
    }

    private static SqlUserDefinedFunction named(
            String name,
            Class<?> holder,
            String method,
            SqlReturnTypeInference type,
            List<SqlTypeFamily> families,
            Class<?>... parameters) {
        return function(name, holder, method, type, operands(families), parameters);
    }

    private static SqlOperandMetadata operands(List<SqlTypeFamily> families) {
        return OperandTypes.operandMetadata(
                families,
                types -> families.stream()
                        .map(family -> family.getDefaultConcreteType(types))
                        .toList(),
                i -> "arg" + i,
                i -> false);
    }

    private static SqlAggFunction percentile(SqlKind kind, SqlReturnTypeInference type) {
        return SqlBasicAggFunction.create(kind, type, OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withGroupOrder(Optionality.MANDATORY)
                .withPercentile(true)
                .withAllowsFraming(false);
    }

    private static SqlAggFunction aggregate(
            String name,
            SqlKind kind,
            SqlReturnTypeInference type,
            @Nullable SqlOperandMetadata operands,
            Class<?> accumulator) {
        return new SqlUserDefinedAggFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                kind,
                type,
                InferTypes.FIRST_KNOWN,
                operands,
                Objects.requireNonNull(AggregateFunctionImpl.create(accumulator), name),
                false,
                false,
                Optionality.FORBIDDEN);
    }

    private static SqlUserDefinedFunction inner(
            String name, Class<?> holder, String method, SqlReturnTypeInference type, Class<?>... parameters) {
        return function(name, holder, method, type, null, parameters);
    }

    private static SqlUserDefinedFunction function(
            String name,
            Class<?> holder,
            String method,
            SqlReturnTypeInference type,
            @Nullable SqlOperandMetadata operands,
            Class<?>... parameters) {
        Method java = Types.lookupMethod(holder, method, parameters);
        return new SqlUserDefinedFunction(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                type,
                InferTypes.FIRST_KNOWN,
                operands,
                ScalarFunctionImpl.create(java));
    }
}
