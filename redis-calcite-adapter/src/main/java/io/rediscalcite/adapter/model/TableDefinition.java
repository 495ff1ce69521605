package io.rediscalcite.adapter.model;

import java.util.List;

/**
 * A table with every gap filled: its type, which keys are its rows, and all its columns in the order that {@code SELECT *}
 * gives.
 *
 * @param remarks how the table came to be, for a person: {@code hash flight:{id}, found by sampling}
 */
public record TableDefinition(String name, TableType type, KeyPattern key, List<Column> columns, String remarks) {
    public TableDefinition {
        columns = List.copyOf(columns);
    }
}
