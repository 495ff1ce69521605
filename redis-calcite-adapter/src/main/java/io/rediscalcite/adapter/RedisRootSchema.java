package io.rediscalcite.adapter;

import org.apache.calcite.schema.impl.AbstractSchema;

/**
 * A root schema that has a database already: Redis schemas of a model that is loaded under it read from that one, whatever
 * their operand {@code url} says.
 */
public final class RedisRootSchema extends AbstractSchema {
    private final RedisDatabase database;

    public RedisRootSchema(RedisDatabase database) {
        this.database = database;
    }

    RedisDatabase database() {
        return database;
    }
}
