package io.rediscalcite.adapter;

import io.rediscalcite.adapter.exec.Execution;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.util.BuiltInMethod;
import org.jspecify.annotations.Nullable;

/**
 * A root schema that has a database already: Redis schemas of a model that is loaded under it read from that one, whatever
 * their operand {@code url} says.
 */
public final class RedisRootSchema extends AbstractSchema {
    private final RedisDatabase database;

    public RedisRootSchema(RedisDatabase database) {
        this.database = database;
    }

    /** How generated code finds the root, and from there the tables of other adapters. */
    @Override
    public Expression getExpression(@Nullable SchemaPlus parentSchema, String name) {
        return Expressions.call(DataContext.ROOT, BuiltInMethod.DATA_CONTEXT_GET_ROOT_SCHEMA.method);
    }

    /**
     * Drops a search index; the keys stay.
     *
     * @param ifThere whether it is no mistake that there is none
     * @throws io.rediscalcite.adapter.error.RedisSqlException if the server refuses it
     */
    public void dropIndex(String name, boolean ifThere, DataContext context) {
        database.indexMaker().drop(name, ifThere, new Execution(context, Map.of()));
    }

    RedisDatabase database() {
        return database;
    }
}
