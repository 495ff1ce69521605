package io.rediscalcite.adapter.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one table of the operands. */
final class TableParser {
    private static final List<String> TABLE_ENTRIES =
            List.of("name", "type", "key", "columns", "inferColumns", "valueType", "index", "systemColumns");
    private static final List<String> COLUMN_ENTRIES = List.of("name", "type", "field", "path", "format", "generated");

    private final Operands table;
    private final String keySeparator;

    TableParser(Operands table, String keySeparator) {
        this.table = table;
        this.keySeparator = keySeparator;
    }

    DeclaredTable parse() {
        table.refuseUnknown(TABLE_ENTRIES);
        String name = table.required("name", "the table's name, such as \"flights\"");
        TableType type = type();
        String pattern = table.required("key", "which keys are rows, such as \"flight:{id}\"");
        KeyPattern key = checked(table.path().to("key"), () -> KeyPattern.parse(pattern, keySeparator));
        ColumnType valueType = valueType(type);
        List<SystemColumn> systemColumns = systemColumns(type);
        List<DeclaredColumn> columns = table.has("columns") ? columns(type, key, systemColumns) : null;
        String index = table.has("index") ? table.required("index", "a search index's name, or \"none\"") : null;
        return new DeclaredTable(name, type, key, columns, valueType, index, systemColumns, inferColumns());
    }

    private boolean inferColumns() {
        if (!table.has("inferColumns")) {
            return !table.has("columns");
        }
        boolean infer = table.flag("inferColumns");
        if (!infer && !table.has("columns")) {
            throw new ModelMistake(
                    table.path().to("inferColumns"),
                    "a table that declares no columns has inferred ones: expected true, or 'columns' beside it");
        }
        return infer;
    }

    private static <T> T checked(OperandPath path, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException mistake) {
            throw new ModelMistake(path, mistake.getMessage(), mistake);
        }
    }

    private TableType type() {
        List<String> names =
                TableType.DECLARABLE.stream().map(TableType::modelName).toList();
        String expected = "one of " + String.join(", ", names);
        String text = table.required("type", expected);
        return TableType.DECLARABLE.stream()
                .filter(type -> type.modelName().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new ModelMistake(
                        table.path().to("type"),
                        "'" + text + "' is no table type: expected " + expected + "; "
                                + ClosestNames.hint(text, names)));
    }

    private @Nullable ColumnType valueType(TableType type) {
        String text = table.optional("valueType");
        if (text == null) {
            return null;
        }
        OperandPath path = table.path().to("valueType");
        if (type != TableType.STRING) {
            throw new ModelMistake(path, "a " + type.modelName() + " table has no valueType; a string table has");
        }
        return checked(path, () -> ColumnType.parse(text));
    }

    private List<SystemColumn> systemColumns(TableType type) {
        List<String> valid = SystemColumn.of(type).stream()
                .map(column -> column.column().name())
                .toList();
        List<SystemColumn> columns = new ArrayList<>();
        for (Object element : table.list("systemColumns")) {
            OperandPath path = table.path().to("systemColumns").to(columns.size());
            if (!(element instanceof String name)) {
                throw Operands.unexpected(path, "a string", element);
            }
            SystemColumn column = SystemColumn.ofName(name, type)
                    .orElseThrow(() -> new ModelMistake(
                            path,
                            "a " + type.modelName() + " table has no system column '" + name + "': expected one of "
                                    + String.join(", ", valid)));
            if (columns.contains(column)) {
                throw new ModelMistake(path, "the system column '" + name + "' is there twice");
            }
            columns.add(column);
        }
        return columns;
    }

    private List<DeclaredColumn> columns(TableType type, KeyPattern key, List<SystemColumn> systemColumns) {
        Set<String> builtins = new HashSet<>(Set.of(Column.KEY, Column.TTL));
        ColumnLayout.builtins(type, ColumnType.VARCHAR).forEach(column -> builtins.add(column.name()));
        systemColumns.forEach(column -> builtins.add(column.column().name()));
        List<DeclaredColumn> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Operands entry : table.objects("columns")) {
            DeclaredColumn column = column(entry, type, key);
            String folded = column.name().toLowerCase(Locale.ROOT);
            OperandPath path = entry.path().to("name");
            if (builtins.contains(folded)) {
                throw new ModelMistake(
                        path,
                        "every " + type.modelName() + " table has a column '" + folded + "' of its own"
                                + (folded.equals("value") && type == TableType.STRING
                                        ? "; its type is the table's valueType"
                                        : ": choose another name"));
            }
            if (!names.add(folded)) {
                throw new ModelMistake(
                        path, "there is a column '" + column.name() + "' already: names differ in more than case");
            }
            columns.add(column);
        }
        return columns;
    }

    private DeclaredColumn column(Operands entry, TableType tableType, KeyPattern key) {
        entry.refuseUnknown(COLUMN_ENTRIES);
        String name = entry.required("name", "the column's name, such as \"carrier\"");
        String typeText = entry.optional("type");
        ColumnType type = typeText == null ? null : checked(entry.path().to("type"), () -> ColumnType.parse(typeText));
        DeclaredColumn column = new DeclaredColumn(
                name,
                type,
                field(entry, tableType),
                path(entry, tableType),
                format(entry, type),
                generated(entry, type));
        if (column.generated() != null && !ColumnLayout.isKeyPart(column, key)) {
            throw new ModelMistake(
                    entry.path().to("generated"),
                    "only a part of the key is generated, and '" + name + "' is no part of '" + key + "'");
        }
        boolean hasFields =
                switch (tableType) {
                    case HASH, JSON, STREAM, TIMESERIES -> true;
                    case STRING, SET, LIST, ZSET, KEY -> false;
                };
        if (!hasFields && !ColumnLayout.isKeyPart(column, key)) {
            String parts = key.parts().stream().map(part -> "'" + part + "'").collect(Collectors.joining(", "));
            throw new ModelMistake(
                    entry.path().to("name"),
                    "a " + tableType.modelName() + " table has no fields to declare: expected a part of its key, "
                            + (parts.isEmpty() ? "but the key '" + key + "' has none" : "one of " + parts));
        }
        return column;
    }

    private static @Nullable String field(Operands entry, TableType type) {
        if (!entry.has("field")) {
            return null;
        }
        if (type == TableType.JSON) {
            throw new ModelMistake(entry.path().to("field"), "a column of a json table has a 'path', no 'field'");
        }
        if (type != TableType.HASH && type != TableType.STREAM && type != TableType.TIMESERIES) {
            throw new ModelMistake(entry.path().to("field"), "a " + type.modelName() + " table has no fields");
        }
        return entry.required("field", "the field's name");
    }

    private static @Nullable String path(Operands entry, TableType type) {
        if (!entry.has("path")) {
            return null;
        }
        if (type != TableType.JSON) {
            throw new ModelMistake(
                    entry.path().to("path"),
                    "only a column of a json table has a 'path'; this table is a " + type.modelName());
        }
        String path = entry.required("path", "a JSONPath, such as \"$.spec.engines\"");
        if (!path.startsWith("$")) {
            throw new ModelMistake(
                    entry.path().to("path"),
                    "'" + path + "' is no JSONPath: expected one that begins with $, such as $.spec.engines");
        }
        return path;
    }

    private static @Nullable Generated generated(Operands entry, @Nullable ColumnType type) {
        if (!entry.has("generated")) {
            return null;
        }
        String text = entry.required("generated", "ulid or uuid");
        for (Generated generated : Generated.values()) {
            if (generated.modelName().equalsIgnoreCase(text)) {
                if (type != null && type.kind() != ColumnType.Kind.VARCHAR) {
                    throw new ModelMistake(
                            entry.path().to("type"), "a generated " + text + " is a VARCHAR, not " + type);
                }
                return generated;
            }
        }
        throw new ModelMistake(
                entry.path().to("generated"), "'" + text + "' can't be generated: expected one of ulid, uuid");
    }

    private static @Nullable String format(Operands entry, @Nullable ColumnType type) {
        if (!entry.has("format")) {
            return null;
        }
        String format = entry.required("format", "epoch_seconds, epoch_millis, or a pattern such as \"uuuu-MM-dd\"");
        ColumnType.Kind kind = type == null ? ColumnType.Kind.VARCHAR : type.kind();
        checked(entry.path().to("format"), () -> TemporalFormat.parse(format, kind));
        return format;
    }
}
