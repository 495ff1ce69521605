package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.RedisRootSchema;
import io.rediscalcite.adapter.RedisTable;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.jdbc.statement.StatementText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.calcite.DataContext;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.jdbc.CalcitePrepare;
import org.apache.calcite.jdbc.CalcitePrepare.CalciteSignature;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.Bindable;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Plans of CREATE INDEX and DROP INDEX: an action that changes no row. */
final class IndexPlan {
    private IndexPlan() {}

    static Plan create(CalcitePrepare.Context context, String sql, StatementText.CreateIndex statement) {
        RedisTable table = table(context, statement.table());
        return plan(context, sql, Meta.StatementType.CREATE, run -> table.createIndex(statement.index(), run));
    }

    static Plan drop(CalcitePrepare.Context context, String sql, StatementText.DropIndex statement) {
        if (!(context.getRootSchema().schema instanceof RedisRootSchema root)) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED, "this connection has no Redis to drop an index of");
        }
        return plan(
                context,
                sql,
                Meta.StatementType.DROP,
                run -> root.dropIndex(statement.name(), statement.ifThere(), run));
    }

    private static RedisTable table(CalcitePrepare.Context context, List<String> path) {
        CalciteSchema schema = context.getRootSchema();
        List<String> above = path.size() > 1 ? path.subList(0, path.size() - 1) : context.getDefaultSchemaPath();
        for (String name : above) {
            schema = schema == null ? null : schema.getSubSchema(name, false);
        }
        String name = path.get(path.size() - 1);
        CalciteSchema.@Nullable TableEntry entry = schema == null ? null : schema.getTable(name, false);
        Table table = entry == null ? null : entry.getTable();
        if (table instanceof RedisTable redis) {
            return redis;
        }
        throw new RedisSqlException(
                table == null ? SqlState.NO_SUCH_TABLE : SqlState.FEATURE_NOT_SUPPORTED,
                table == null
                        ? "there is no table '" + String.join(".", path) + "'"
                        : "'" + String.join(".", path) + "' is no table of keys, so it has no index");
    }

    private static Plan plan(
            CalcitePrepare.Context context, String sql, Meta.StatementType type, Consumer<DataContext> action) {
        RelDataType count = context.getTypeFactory()
                .builder()
                .add("ROWCOUNT", SqlTypeName.BIGINT)
                .build();
        Bindable<Object> run = data -> {
            action.accept(data);
            return Linq4j.singletonEnumerable(0L);
        };
        return new Plan(
                new CalciteSignature<>(
                        sql,
                        List.of(),
                        Map.of(),
                        count,
                        List.of(),
                        Meta.CursorFactory.OBJECT,
                        context.getRootSchema(),
                        List.of(),
                        -1,
                        run,
                        type),
                Map.of(),
                List.of(),
                false);
    }
}
