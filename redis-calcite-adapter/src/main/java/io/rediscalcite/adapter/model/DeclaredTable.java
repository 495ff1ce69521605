package io.rediscalcite.adapter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a model declares it.
 *
 * @param columns null where the model leaves them out: they are inferred from a sample of the keys
 * @param valueType type of a string table's {@code value}; null for VARCHAR
 * @param index the search index that may answer, {@code none}, or null for any that covers the table
 */
public record DeclaredTable(
        String name,
        TableType type,
        KeyPattern key,
        @Nullable List<DeclaredColumn> columns,
        @Nullable ColumnType valueType,
        @Nullable String index,
        List<SystemColumn> systemColumns) {
    public DeclaredTable {
        columns = columns == null ? null : List.copyOf(columns);
        systemColumns = List.copyOf(systemColumns);
    }
}
