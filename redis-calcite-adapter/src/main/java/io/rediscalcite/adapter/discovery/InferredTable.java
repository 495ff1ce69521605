package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.discovery.InferredColumn.Origin;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.DeclaredColumn;
import io.rediscalcite.adapter.model.DeclaredTable;
import io.rediscalcite.adapter.model.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that was found or declared, complete, and what each column's type was chosen by.
 *
 * @param columns those of the definition, in its order
 */
public record InferredTable(TableDefinition definition, List<InferredColumn> columns) {
    public InferredTable {
        columns = List.copyOf(columns);
    }

    static InferredTable of(DeclaredTable table, List<FoundColumn> found, String remarks) {
        TableDefinition definition = TableDefinition.of(
                table, found.stream().map(FoundColumn::column).toList(), remarks);
        Map<ColumnSource, FoundColumn> bySource = new HashMap<>();
        found.forEach(column -> bySource.putIfAbsent(column.column().source(), column));
        return new InferredTable(
                definition,
                definition.columns().stream()
                        .map(column -> explain(table, column, bySource))
                        .toList());
    }

    private static InferredColumn explain(DeclaredTable table, Column column, Map<ColumnSource, FoundColumn> bySource) {
        if (isDeclared(table, column)) {
            return new InferredColumn(table.name(), column, Origin.MODEL, null, null);
        }
        FoundColumn found = bySource.get(column.source());
        if (found != null) {
            Origin origin = found.index() == null ? Origin.SAMPLE : Origin.INDEX;
            return new InferredColumn(table.name(), column, origin, found.index(), found.sampled());
        }
        return new InferredColumn(table.name(), column, Origin.KEY_TYPE, null, null);
    }

    private static boolean isDeclared(DeclaredTable table, Column column) {
        if (column.source() == ColumnSource.Builtin.VALUE) {
            return table.valueType() != null;
        }
        String name = column.source() instanceof ColumnSource.KeyPart part ? part.part() : column.name();
        boolean untypedIsInferred = table.inferColumns();
        for (DeclaredColumn declared : table.declaredColumns()) {
            if (declared.name().equalsIgnoreCase(name)) {
                return declared.type() != null || !untypedIsInferred;
            }
        }
        return false;
    }
}
