package io.rediscalcite.adapter.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table with every gap filled: its type, which keys are its rows, and all its columns in the order that {@code SELECT *}
 * gives.
 *
 * @param remarks how the table came to be, for a person: {@code hash flight:{id}, found by sampling}
 * @param index the search index that may answer, {@code none}, or null for any that covers the table
 */
public record TableDefinition(
        String name, TableType type, KeyPattern key, List<Column> columns, String remarks, @Nullable String index) {
    public TableDefinition {
        columns = List.copyOf(columns);
    }

    /** A table that any search index may answer for. */
    public TableDefinition(String name, TableType type, KeyPattern key, List<Column> columns, String remarks) {
        this(name, type, key, columns, remarks, null);
    }

    /**
     * Fills the gaps of a declared or discovered table.
     *
     * @param inferred what sampling found: fields, paths or labels in order, for a table whose columns are inferred; the types of
     *     key parts and of a string's value where they aren't VARCHAR. What the table declares wins
     */
    public static TableDefinition of(DeclaredTable table, List<Column> inferred, String remarks) {
        return new TableDefinition(
                table.name(), table.type(), table.key(), ColumnLayout.of(table, inferred), remarks, table.index());
    }

    /** Names of the columns whose values are one row's alone, in order. */
    public List<String> primaryKey() {
        return switch (type) {
            case KEY ->
                columns.stream()
                        .filter(column -> column.source() instanceof ColumnSource.Key)
                        .map(Column::name)
                        .toList();
            case HASH, JSON, STRING -> List.of(Column.KEY);
            case SET, ZSET -> List.of(Column.KEY, "member");
            case LIST -> List.of(Column.KEY, "position");
            case STREAM -> List.of(Column.KEY, "_id");
            case TIMESERIES -> List.of(Column.KEY, "_ts");
        };
    }
}
