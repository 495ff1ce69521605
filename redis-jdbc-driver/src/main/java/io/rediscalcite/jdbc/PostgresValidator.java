package io.rediscalcite.jdbc;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.jspecify.annotations.Nullable;

/** Calcite's validator, after a few constructs were written as others that say the same to PostgreSQL. */
final class PostgresValidator extends SqlValidatorImpl {
    private static final Set<String> FILTERED = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "STDDEV",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VARIANCE",
            "VAR_POP",
            "VAR_SAMP",
            "BOOL_AND",
            "BOOL_OR",
            "EVERY",
            "SOME");

    /** A validator with the functions and the habits that the connection wants. */
    static PostgresValidator of(
            CalciteCatalogReader catalogReader,
            JavaTypeFactory typeFactory,
            CalciteConnectionConfig config,
            UnaryOperator<Config> transform) {
        Config validating = Config.DEFAULT
                .withLenientOperatorLookup(config.lenientOperatorLookup())
                .withConformance(config.conformance())
                .withDefaultNullCollation(config.defaultNullCollation())
                .withIdentifierExpansion(true)
                .withTypeCoercionFactory(NumbersAlone::new);
        return new PostgresValidator(
                SqlOperatorTables.chain(
                        config.fun(SqlOperatorTable.class, SqlStdOperatorTable.instance()), catalogReader),
                catalogReader,
                typeFactory,
                transform.apply(validating));
    }

    private PostgresValidator(
            SqlOperatorTable operators,
            CalciteCatalogReader catalogReader,
            JavaTypeFactory typeFactory,
            Config config) {
        super(operators, catalogReader, typeFactory, config);
    }

    @Override
    protected RelDataType getLogicalSourceRowType(RelDataType sourceRowType, SqlInsert insert) {
        return ((JavaTypeFactory) typeFactory).toSql(super.getLogicalSourceRowType(sourceRowType, insert));
    }

    @Override
    protected RelDataType getLogicalTargetRowType(RelDataType targetRowType, SqlInsert insert) {
        return ((JavaTypeFactory) typeFactory).toSql(super.getLogicalTargetRowType(targetRowType, insert));
    }

    @Override
    @SuppressWarnings("NullAway") // Null for null, as the method it overrides.
    protected @Nullable SqlNode performUnconditionalRewrites(@Nullable SqlNode node, boolean underFrom) {
        return super.performUnconditionalRewrites(node instanceof SqlCall call ? rewritten(call) : node, underFrom);
    }

    private static SqlCall rewritten(SqlCall call) {
        return switch (call.getKind()) {
            case OVER -> overFiltered(call);
            case EXTRACT -> extract(call);
            case PERCENTILE_CONT ->
                PostgresOperators.PERCENTILE_CONT.createCall(call.getParserPosition(), call.getOperandList());
            case PERCENTILE_DISC ->
                PostgresOperators.PERCENTILE_DISC.createCall(call.getParserPosition(), call.getOperandList());
            default -> call;
        };
    }

    /** {@code f(x) FILTER (WHERE c) OVER w} as {@code f(CASE WHEN c THEN x END) OVER w}. */
    private static SqlCall overFiltered(SqlCall over) {
        if (!(over.operand(0) instanceof SqlCall filter)
                || filter.getKind() != SqlKind.FILTER
                || !(filter.operand(0) instanceof SqlCall aggregate)
                || aggregate.operandCount() != 1
                || !FILTERED.contains(aggregate.getOperator().getName().toUpperCase(Locale.ROOT))) {
            return over;
        }
        SqlParserPos position = aggregate.getParserPosition();
        SqlNode argument = aggregate.operand(0);
        boolean star = argument instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode value = star ? SqlLiteral.createExactNumeric("1", position) : argument;
        SqlNode onlyWhere = new SqlCase(
                position,
                null,
                SqlNodeList.of(filter.operand(1)),
                SqlNodeList.of(value),
                SqlLiteral.createNull(position));
        SqlCall filtered =
                aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), position, List.of(onlyWhere));
        return SqlStdOperatorTable.OVER.createCall(over.getParserPosition(), filtered, over.operand(1));
    }

    /** EXTRACT of what Calcite counts otherwise or cuts off. */
    private static SqlCall extract(SqlCall call) {
        if (!(call.operand(0) instanceof SqlIntervalQualifier unit) || unit.timeFrameName != null) {
            return call;
        }
        SqlNode moment = call.operand(1);
        return switch (unit.getStartUnit()) {
            case DOW -> PostgresOperators.DAY_OF_WEEK.createCall(call.getParserPosition(), moment);
            case EPOCH -> PostgresOperators.EPOCH.createCall(call.getParserPosition(), moment);
            case SECOND -> PostgresOperators.SECOND.createCall(call.getParserPosition(), moment);
            default -> call;
        };
    }
}
