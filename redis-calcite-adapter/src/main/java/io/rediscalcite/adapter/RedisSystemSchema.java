package io.rediscalcite.adapter;

import io.rediscalcite.adapter.system.SystemTables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** The schema {@code system}: what the server and the other schemas say of themselves. Making it sends nothing. */
public final class RedisSystemSchema extends AbstractSchema {
    /** What a connection calls it, unless another schema has that name. */
    public static final String NAME = "system";

    private final Map<String, Table> tables;

    public RedisSystemSchema(RedisDatabase database) {
        Map<String, Table> all = new LinkedHashMap<>(SystemTables.of(database.client()));
        all.put(SystemTables.KEYS.name(), new RedisTable(database, SystemTables.KEYS));
        tables = Map.copyOf(all);
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }
}
