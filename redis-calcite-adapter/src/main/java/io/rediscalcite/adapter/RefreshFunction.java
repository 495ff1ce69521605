package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.exec.Execution;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The SQL function {@code redis_refresh()}: looks for tables and columns anew in all Redis schemas of the connection, and gives
 * the number of their tables.
 *
 * <p>{@code CALL redis_refresh()} runs it; so does a SELECT. Calcite's own driver takes it for a constant and runs it as the
 * statement is prepared.
 */
public final class RefreshFunction implements ScalarFunction, ImplementableFunction {
    /** Its name in SQL. */
    public static final String NAME = "redis_refresh";

    public static final RefreshFunction INSTANCE = new RefreshFunction();

    private RefreshFunction() {}

    @Override
    public List<FunctionParameter> getParameters() {
        return List.of();
    }

    @Override
    public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
        return typeFactory.createSqlType(SqlTypeName.INTEGER);
    }

    @Override
    public CallImplementor getImplementor() {
        return (translator, call, nullAs) -> Expressions.call(RefreshFunction.class, "refresh", translator.getRoot());
    }

    /** What the generated code calls: {@code redis_refresh()} on the schemas of that context. */
    public static int refresh(DataContext context) {
        return refresh(CalciteSchema.from(context.getRootSchema()), new Execution(context, Map.of()));
    }

    private static int refresh(CalciteSchema schema, WaitCheck check) {
        int tables = schema.schema instanceof RedisSchema redis ? redis.refresh(check) : 0;
        for (CalciteSchema below : schema.getSubSchemaMap().values()) {
            tables += refresh(below, check);
        }
        return tables;
    }
}
