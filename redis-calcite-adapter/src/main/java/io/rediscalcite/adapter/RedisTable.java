package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.exec.Execution;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisLogicalInsert;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.ScanKeys;
import io.rediscalcite.adapter.rel.WriteRunner;
import io.rediscalcite.adapter.rules.RedisRules;
import io.rediscalcite.adapter.search.NewIndex;
import io.rediscalcite.adapter.search.TableIndexes;
import io.rediscalcite.adapter.type.SqlTypes;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.Queryable;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.ModifiableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Schemas;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql2rel.InitializerExpressionFactory;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** A Redis table as Calcite sees it: its row type, its statistics, and the scan that rules then make richer. */
public final class RedisTable extends AbstractTable
        implements TranslatableTable, ModifiableTable, QueryRunner, WriteRunner {
    private final RedisDatabase database;
    private final TableDefinition definition;

    RedisTable(RedisDatabase database, TableDefinition definition) {
        this.database = database;
        this.definition = definition;
    }

    public TableDefinition definition() {
        return definition;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        return SqlTypes.rowType(definition.columns(), typeFactory);
    }

    /** Asks the server for a count only when the planner asks for one: validation wants to know of collations alone. */
    @Override
    public Statistic getStatistic() {
        return new Statistic() {
            @Override
            public Double getRowCount() {
                return database.estimate().rows(definition, PlanningCheck.current());
            }

            @Override
            public List<ImmutableBitSet> getKeys() {
                return List.of();
            }

            @Override
            public List<RelCollation> getCollations() {
                return List.of();
            }
        };
    }

    /** Its rows as the planner knows them without asking the server; empty where it had no reason to ask. */
    public OptionalDouble knownRows() {
        return database.estimate().knownRows(definition);
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> type) {
        if (type == TableDefinition.class) {
            return type.cast(definition);
        }
        if (type == RedisClient.class) {
            return type.cast(database.client());
        }
        if (type == TableIndexes.class) {
            return type.cast(indexes());
        }
        if (type == InitializerExpressionFactory.class) {
            return type.cast(NewRowValues.INSTANCE);
        }
        C handler = keyIsUnique() ? new ScanKeys(keyColumn()).handler(type) : null;
        return handler == null ? super.unwrap(type) : handler;
    }

    private boolean keyIsUnique() {
        return definition.primaryKey().size() == 1;
    }

    private int keyColumn() {
        String key = definition.primaryKey().get(0);
        return definition.columns().stream().map(Column::name).toList().indexOf(key);
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return definition.type() == TableType.KEY ? Schema.TableType.SYSTEM_TABLE : Schema.TableType.TABLE;
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
        return new RedisLogicalScan(
                context.getCluster(), relOptTable, RedisQuery.all(definition), RedisRules::register);
    }

    @Override
    public TableModify toModificationRel(
            RelOptCluster cluster,
            RelOptTable table,
            Prepare.CatalogReader catalogReader,
            RelNode child,
            TableModify.Operation operation,
            @Nullable List<String> updateColumnList,
            @Nullable List<RexNode> sourceExpressionList,
            boolean flattened) {
        if (operation != TableModify.Operation.INSERT) {
            throw new IllegalArgumentException("Calcite makes the node of an " + operation + " itself");
        }
        return new RedisLogicalInsert(table, catalogReader, child, RedisRules::register);
    }

    @Override
    public OnConflict defaultOnConflict() {
        return database.spec().onConflict();
    }

    @Override
    public Enumerable<Object> write(
            WriteQuery query, boolean readsWhatItWrites, DataContext context, Enumerable<Object[]> rows) {
        if (database.spec().readOnly()) {
            throw new RedisSqlException(SqlState.NOT_PERMITTED, "the connection is read-only, so nothing was written");
        }
        return database.writer().run(query, readsWhatItWrites, context, rows);
    }

    /** There is none: rows are written by {@link #write}. */
    @Override
    public Collection<?> getModifiableCollection() {
        throw new UnsupportedOperationException("a Redis table is no collection in memory");
    }

    @Override
    public <T> Queryable<T> asQueryable(QueryProvider provider, SchemaPlus schema, String name) {
        throw new UnsupportedOperationException("a Redis table can't be read as a Queryable");
    }

    @Override
    public Type getElementType() {
        return Object[].class;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the method it overrides.
    public Expression getExpression(SchemaPlus schema, String name, Class type) {
        return Schemas.tableExpression(schema, getElementType(), name, type);
    }

    @Override
    public double keyCount() {
        return database.estimate().keys(PlanningCheck.current());
    }

    /**
     * Makes a search index over the table's keys, and returns when they are in it.
     *
     * @throws io.rediscalcite.adapter.error.RedisSqlException if the table can't have one, or the server refuses it
     */
    public void createIndex(NewIndex index, DataContext context) {
        database.indexMaker().create(index, definition, new Execution(context, Map.of()));
    }

    @Override
    public List<String> nodes(RedisQuery query) {
        return database.executor().nodes(query);
    }

    @Override
    public TableIndexes indexes() {
        return database.indexes().of(definition, WaitCheck.NONE);
    }

    @Override
    public double distinctValues(String index, Column column) {
        return database.indexes().distinctValues(index, column, PlanningCheck.current());
    }

    @Override
    public Optional<List<@Nullable Object[]>> aggregate(
            IndexAggregate aggregate, DataContext context, Map<String, Object> correlated) {
        return database.executor().aggregate(aggregate, context, correlated);
    }

    @Override
    public double rowsPerKey() {
        return database.estimate().rowsPerKey(definition, PlanningCheck.current());
    }

    @Override
    public Enumerable<Object> run(RedisQuery query, DataContext context, Map<String, Object> correlated) {
        return database.executor().run(query, context, correlated);
    }
}
