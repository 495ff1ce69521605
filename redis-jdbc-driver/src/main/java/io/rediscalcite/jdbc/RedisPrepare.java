package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.rules.KeyLookups;
import io.rediscalcite.jdbc.statement.StatementRecognizer;
import io.rediscalcite.jdbc.statement.StatementText;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.EnumerableCalc;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptCostFactory;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.prepare.CalcitePrepareImpl;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexProgram;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.runtime.Typed;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.Program;
import org.apache.calcite.util.CancelFlag;
import org.jspecify.annotations.Nullable;

/** Calcite's way from SQL text to an executable plan, with the Babel parser and without its surprises. Plans one statement. */
final class RedisPrepare extends CalcitePrepareImpl {
    private final CalciteConnectionConfig config;
    private final AtomicBoolean cancelled;
    private final Optional<OnConflict> onConflict;
    private final FinishedPlan finishedPlan = new FinishedPlan();
    private List<RelOptTable> tables = List.of();
    private boolean reusable;

    /** @param cancelled ends planning when it becomes true */
    RedisPrepare(CalciteConnectionConfig config, AtomicBoolean cancelled, Optional<OnConflict> onConflict) {
        this.config = config;
        this.cancelled = cancelled;
        this.onConflict = onConflict;
    }

    /**
     * Plans {@code sql}.
     *
     * @param knownRows rows of a table as far as they are known without asking the server
     * @throws RuntimeException whatever Calcite throws; {@link SqlErrors} reads it
     */
    static Plan plan(
            CalcitePrepare.Context context,
            AtomicBoolean cancelled,
            String sql,
            Function<Table, OptionalDouble> knownRows) {
        StatementText statement = StatementRecognizer.recognize(sql);
        if (statement instanceof StatementText.Planned planned) {
            return plan(context, cancelled, planned, knownRows);
        }
        return statement instanceof StatementText.CreateIndex create
                ? IndexPlan.create(context, sql, create)
                : IndexPlan.drop(context, sql, (StatementText.DropIndex) statement);
    }

    private static Plan plan(
            CalcitePrepare.Context context,
            AtomicBoolean cancelled,
            StatementText.Planned statement,
            Function<Table, OptionalDouble> knownRows) {
        CalcitePrepare.Dummy.push(context);
        try {
            RedisPrepare prepare = new RedisPrepare(context.config(), cancelled, statement.onConflict());
            CalciteSignature<Object> signature =
                    prepare.prepareSql(context, Query.of(statement.sql()), Object[].class, -1);
            List<TableUse> uses = new ArrayList<>();
            for (RelOptTable table : prepare.tables) {
                Table used = table.unwrapOrThrow(Table.class);
                uses.add(new TableUse(table.getQualifiedName(), used, knownRows.apply(used)));
            }
            return new Plan(signature, prepare.finishedPlan.variables(), uses, prepare.reusable);
        } finally {
            CalcitePrepare.Dummy.pop(context);
        }
    }

    @Override
    protected SqlParser createParser(String sql, SqlParser.Config parserConfig) {
        return RedisParser.of(sql, config);
    }

    /** The parser of a view's text. */
    @Override
    protected SqlParser createParser(String sql) {
        return RedisParser.of(sql, config);
    }

    @Override
    public void executeDdl(CalcitePrepare.Context context, SqlNode node) {
        throw new RedisSqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                SqlErrors.place(node.getParserPosition()) + node.getKind().sql.replace('_', ' ')
                        + " is not supported: tables come from Redis keys and from the model");
    }

    @Override
    protected RelOptPlanner createPlanner(
            CalcitePrepare.Context context,
            org.apache.calcite.plan.@Nullable Context externalContext,
            @Nullable RelOptCostFactory costFactory) {
        org.apache.calcite.plan.Context planning = externalContext == null
                ? Contexts.of(context.config(), new CancelFlag(cancelled), onConflict.orElse(null))
                : externalContext;
        RelOptPlanner planner = super.createPlanner(context, planning, costFactory);
        if (context.getDataContext() instanceof Execution execution) {
            planner.addListener(new PlanningDeadline(execution));
        }
        planner.addRule(EnumerableRules.ENUMERABLE_LIMIT_SORT_RULE);
        // It takes the LIMIT of a UNION DISTINCT for one of its inputs.
        planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_UNION_RULE);
        // It forgets the grand total of GROUPING SETS.
        planner.removeRule(PruneEmptyRules.AGGREGATE_INSTANCE);
        // It would make one VALUES again of those that PostgresCalls took apart.
        planner.removeRule(CoreRules.UNION_TO_VALUES);
        // It counts on Java's order of text, and sorts are by code point.
        planner.removeRule(EnumerableRules.ENUMERABLE_MERGE_JOIN_RULE);
        return planner;
    }

    @Override
    protected CalcitePreparingStmt getPreparingStmt(
            CalcitePrepare.Context context,
            Type elementType,
            CalciteCatalogReader catalogReader,
            RelOptPlanner planner) {
        RelOptCluster cluster = createCluster(planner, new RexBuilder(context.getTypeFactory()));
        return new PreparingStatement(this, context, catalogReader, cluster);
    }

    private static final class PreparingStatement extends CalcitePreparingStmt {
        private final RelOptCluster cluster;
        private final RedisPrepare redisPrepare;
        private boolean limits;

        PreparingStatement(
                RedisPrepare prepare,
                CalcitePrepare.Context context,
                CalciteCatalogReader catalogReader,
                RelOptCluster cluster) {
            super(
                    prepare,
                    context,
                    catalogReader,
                    context.getTypeFactory(),
                    context.getRootSchema(),
                    EnumerableRel.Prefer.ARRAY,
                    cluster,
                    EnumerableConvention.INSTANCE,
                    prepare.createConvertletTable());
            this.cluster = cluster;
            this.redisPrepare = prepare;
        }

        @Override
        protected SqlValidator createSqlValidator(
                CatalogReader catalogReader, UnaryOperator<SqlValidator.Config> transform) {
            return PostgresValidator.of(
                    (CalciteCatalogReader) catalogReader, context.getTypeFactory(), context.config(), transform);
        }

        @Override
        protected SqlToRelConverter getSqlToRelConverter(
                SqlValidator validator, CatalogReader catalogReader, SqlToRelConverter.Config config) {
            // A long IN list stays a filter; as a join with VALUES it could not become a key lookup.
            SqlToRelConverter.Config converting = config.withInSubQueryThreshold(Integer.MAX_VALUE)
                    .withTopDownGeneralDecorrelationEnabled(context.config().topDownGeneralDecorrelationEnabled())
                    // Nothing is computed before PostgreSQL's functions are in.
                    .withRelBuilderConfigTransform(
                            config.getRelBuilderConfigTransform().andThen(c -> c.withSimplify(false))::apply);
            return new SqlToRelConverter(this, validator, catalogReader, cluster, convertletTable, converting) {
                @Override
                public RelRoot convertQuery(SqlNode query, boolean needsValidation, boolean top) {
                    RelRoot root = super.convertQuery(query, needsValidation, top);
                    redisPrepare.tables = TableUse.tables(root.rel);
                    RelRoot complete = root.withRel(PostgresCalls.replaceIn(root.rel));
                    return top && limits ? MaxRows.limit(complete, maxRows()) : complete;
                }
            };
        }

        @Override
        @SuppressWarnings("rawtypes") // As the method it overrides.
        public PreparedResult prepareSql(
                SqlNode statement, Class runtimeContextClass, SqlValidator validator, boolean needsValidation) {
            limits = statement.getKind().belongsTo(SqlKind.QUERY);
            if (!statement.getKind().belongsTo(SqlKind.TOP_LEVEL) && statement.getKind() != SqlKind.EXPLAIN) {
                throw new RedisSqlException(
                        SqlState.INVALID_STATEMENT,
                        SqlErrors.place(statement.getParserPosition())
                                + "syntax error: a statement begins with SELECT, WITH, VALUES, INSERT, UPDATE, DELETE or"
                                + " EXPLAIN PLAN FOR");
            }
            if (statement instanceof SqlCall call && call.getKind() == SqlKind.PROCEDURE_CALL) {
                // Calcite, too, makes CALL f() a query, but then looks for the type of what it was before.
                SqlNode query = call.getOperator().rewriteCall(validator, call);
                PreparedResult prepared = super.prepareSql(query, runtimeContextClass, validator, needsValidation);
                validator.setValidatedNodeType(statement, validator.getValidatedNodeType(query));
                return prepared;
            }
            return super.prepareSql(statement, runtimeContextClass, validator, needsValidation);
        }

        /** A statement that says which keys it reads is planned without a word from the server. */
        @Override
        protected Program getProgram() {
            Program standard = super.getProgram();
            return (planner, statement, traits, materializations, lattices) ->
                    standard.run(planner, KeyLookups.in(statement), traits, materializations, lattices);
        }

        private long maxRows() {
            return context instanceof PlanningContext planning ? planning.maxRows() : 0;
        }

        @Override
        protected PreparedResult createPreparedExplanation(
                @Nullable RelDataType resultType,
                RelDataType parameterRowType,
                @Nullable RelRoot root,
                SqlExplainFormat format,
                SqlExplainLevel detailLevel) {
            return new Explanation(resultType, parameterRowType, root, format, detailLevel);
        }

        /** As Calcite does it, but for {@link CompiledCode}. */
        @Override
        protected PreparedResult implement(RelRoot chosen) {
            RelRoot root = redisPrepare.finishedPlan.finish(chosen);
            Map<String, Object> stash = redisPrepare.finishedPlan.variables();
            stash.put("_conformance", context.config().conformance());
            CompiledCode code = CompiledCode.of(fields(root), EnumerableRel.Prefer.ARRAY, stash);
            redisPrepare.reusable = code.isShareable();
            boolean write = root.kind.belongsTo(SqlKind.DML);
            List<RelCollation> collations =
                    root.collation.getFieldCollations().isEmpty() ? List.of() : List.of(root.collation);
            return new PreparedResultImpl(
                    root.rel.getRowType(),
                    Objects.requireNonNull(parameterRowType),
                    Objects.requireNonNull(fieldOrigins),
                    collations,
                    root.rel,
                    mapTableModOp(write, root.kind),
                    write) {
                @Override
                public String getCode() {
                    throw new UnsupportedOperationException("the code of a plan isn't kept");
                }

                @Override
                @SuppressWarnings("rawtypes") // As the method it overrides.
                public Bindable getBindable(Meta.CursorFactory cursorFactory) {
                    return code.bindable();
                }

                @Override
                public Type getElementType() {
                    return ((Typed) code.bindable()).getElementType();
                }
            };
        }

        /** The plan with just the fields that the statement gives, in their order. */
        private static EnumerableRel fields(RelRoot root) {
            EnumerableRel plan = (EnumerableRel) root.rel;
            if (root.isRefTrivial()) {
                return plan;
            }
            RexBuilder rexBuilder = plan.getCluster().getRexBuilder();
            List<RexNode> fields = new ArrayList<>();
            root.fields.forEach(field -> fields.add(rexBuilder.makeInputRef(plan, field.getKey())));
            return EnumerableCalc.create(
                    plan, RexProgram.create(plan.getRowType(), fields, null, root.validatedRowType, rexBuilder));
        }
    }
}
