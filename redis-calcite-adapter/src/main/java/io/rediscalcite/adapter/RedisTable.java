package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.ScanKeys;
import io.rediscalcite.adapter.rules.RedisRules;
import io.rediscalcite.adapter.search.TableIndexes;
import io.rediscalcite.adapter.type.SqlTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A Redis table as Calcite sees it: its row type, its statistics, and the scan that rules then make richer. */
public final class RedisTable extends AbstractTable implements TranslatableTable, QueryRunner {
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

    @Override
    public Statistic getStatistic() {
        return Statistics.of(database.estimate().rows(definition.key(), PlanningCheck.current()), List.of());
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> type) {
        if (type == TableDefinition.class) {
            return type.cast(definition);
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
    public double keyCount() {
        return database.estimate().keys(PlanningCheck.current());
    }

    @Override
    public TableIndexes indexes() {
        return database.indexes().of(definition, WaitCheck.NONE);
    }

    @Override
    public Optional<List<@Nullable Object[]>> aggregate(
            IndexAggregate aggregate, DataContext context, Map<String, Object> correlated) {
        return database.executor().aggregate(aggregate, context, correlated);
    }

    @Override
    public Enumerable<Object> run(RedisQuery query, DataContext context, Map<String, Object> correlated) {
        return database.executor().run(query, context, correlated);
    }
}
