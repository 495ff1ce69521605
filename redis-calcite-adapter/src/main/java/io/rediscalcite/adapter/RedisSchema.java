package io.rediscalcite.adapter;

import io.rediscalcite.adapter.model.DeclaredTable;
import io.rediscalcite.adapter.model.TableDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/**
 * A schema of Redis tables: those that the model declares, and those that are found if it asks for it.
 *
 * <p>Nothing is read before the first look at a table; then once.
 */
public final class RedisSchema extends AbstractSchema {
    private final RedisDatabase database;
    private final List<DeclaredTable> declared;
    private final boolean discover;
    private @Nullable Map<String, Table> tables;

    public RedisSchema(RedisDatabase database, List<DeclaredTable> declared, boolean discover) {
        this.database = database;
        this.declared = List.copyOf(declared);
        this.discover = discover;
    }

    @Override
    protected synchronized Map<String, Table> getTableMap() {
        if (tables == null) {
            Map<String, Table> found = new LinkedHashMap<>();
            if (discover) {
                database.discovery().tables().forEach(table -> add(found, table));
            }
            for (DeclaredTable table : declared) {
                found.keySet().removeIf(table.name()::equalsIgnoreCase);
                add(found, database.discovery().complete(table));
            }
            tables = Map.copyOf(found);
        }
        return tables;
    }

    private void add(Map<String, Table> found, TableDefinition definition) {
        found.put(definition.name(), new RedisTable(database, definition));
    }
}
