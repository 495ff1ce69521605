package io.rediscalcite.adapter.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A column that a table can have beyond its own and that a model must ask for by name. */
public enum SystemColumn {
    SLOT("_slot", ColumnType.of(ColumnType.Kind.INTEGER), false, ColumnSource.Builtin.SLOT),
    NODE("_node", ColumnType.VARCHAR, false, ColumnSource.Builtin.NODE),
    MEMORY("_memory", ColumnType.BIGINT, true, ColumnSource.Builtin.MEMORY),
    IDLE("_idle", ColumnType.BIGINT, true, ColumnSource.Builtin.IDLE),
    /** The whole text of a JSON document; JSON tables alone. */
    DOCUMENT("_document", ColumnType.of(ColumnType.Kind.JSON), true, ColumnSource.Builtin.DOCUMENT);

    private final Column column;

    SystemColumn(String name, ColumnType type, boolean nullable, ColumnSource source) {
        this.column = new Column(name, type, nullable, source);
    }

    public Column column() {
        return column;
    }

    /** Those that a table of this type can have. */
    static List<SystemColumn> of(TableType type) {
        return Arrays.stream(values())
                .filter(column -> column != DOCUMENT || type == TableType.JSON)
                .toList();
    }

    /** The one of exactly this name that a table of this type can have. */
    static Optional<SystemColumn> ofName(String name, TableType type) {
        return of(type).stream()
                .filter(column -> column.column.name().equals(name))
                .findFirst();
    }
}
