package io.rediscalcite.adapter.model;

/** A column that every table can have and that a model must ask for by name. */
public enum SystemColumn {
    SLOT("_slot", ColumnType.of(ColumnType.Kind.INTEGER), ColumnSource.Builtin.SLOT),
    NODE("_node", ColumnType.VARCHAR, ColumnSource.Builtin.NODE),
    MEMORY("_memory", ColumnType.BIGINT, ColumnSource.Builtin.MEMORY),
    IDLE("_idle", ColumnType.BIGINT, ColumnSource.Builtin.IDLE);

    private final Column column;

    SystemColumn(String name, ColumnType type, ColumnSource source) {
        this.column = new Column(name, type, true, source);
    }

    public Column column() {
        return column;
    }
}
