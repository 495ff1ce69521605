package io.rediscalcite.adapter;

import io.rediscalcite.adapter.model.DeclaredSchema;
import io.rediscalcite.adapter.model.SchemaParser;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * Makes Redis schemas for Calcite models: {@code "factory": "io.rediscalcite.adapter.RedisSchemaFactory"}.
 *
 * <p>Works with Calcite's own driver, which never closes a schema: its connections live as long as the program, on daemon
 * threads.
 */
public final class RedisSchemaFactory implements SchemaFactory {
    /** Calcite makes it by name. */
    public RedisSchemaFactory() {}

    @Override
    public Schema create(SchemaPlus parentSchema, String name, Map<String, Object> operand) {
        RedisDatabase above = databaseAbove(parentSchema);
        DeclaredSchema declared = SchemaParser.parse(name, operand, above == null ? null : above.spec());
        RedisDatabase database = above == null ? RedisDatabase.connect(declared.connection()) : above;
        return new RedisSchema(
                database, declared.tables(), declared.connection().discover());
    }

    private static @Nullable RedisDatabase databaseAbove(@Nullable SchemaPlus schema) {
        for (SchemaPlus above = schema; above != null; above = above.getParentSchema()) {
            CalciteSchema known = CalciteSchema.from(above);
            if (known.schema instanceof RedisRootSchema root) {
                return root.database();
            }
        }
        return null;
    }
}
