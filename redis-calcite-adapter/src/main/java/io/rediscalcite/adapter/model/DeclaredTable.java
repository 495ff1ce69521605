package io.rediscalcite.adapter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a model declares it.
 *
 * @param columns null where the model leaves them out: they are inferred from a sample of the keys
 * @param inferColumns whether what sampling finds beyond the declared columns becomes columns too, behind them; a declared
 *     column without a type then gets the type that sampling finds. Always true where {@code columns} is null
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
        List<SystemColumn> systemColumns,
        boolean inferColumns) {
    public DeclaredTable {
        columns = columns == null ? null : List.copyOf(columns);
        systemColumns = List.copyOf(systemColumns);
        inferColumns |= columns == null;
    }

    /** A table whose columns are inferred if it declares none. */
    public DeclaredTable(
            String name,
            TableType type,
            KeyPattern key,
            @Nullable List<DeclaredColumn> columns,
            @Nullable ColumnType valueType,
            @Nullable String index,
            List<SystemColumn> systemColumns) {
        this(name, type, key, columns, valueType, index, systemColumns, false);
    }

    /** The declared columns; empty where there are none. */
    public List<DeclaredColumn> declaredColumns() {
        return columns == null ? List.of() : columns;
    }
}
