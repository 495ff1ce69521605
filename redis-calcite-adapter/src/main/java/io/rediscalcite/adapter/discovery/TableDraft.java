package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in the making: keys of one pattern and one type, and the columns met so far. */
final class TableDraft {
    private final String name;
    private final KeyPattern pattern;
    private final TableType type;
    private final double keyCount;
    private final List<FoundColumn> columns = new ArrayList<>();
    private final List<String> sampledKeys = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();
    private boolean opaque;

    /** @param keyCount how many keys it has, about */
    TableDraft(String name, KeyPattern pattern, TableType type, double keyCount) {
        this.name = name;
        this.pattern = pattern;
        this.type = type;
        this.keyCount = keyCount;
    }

    String name() {
        return name;
    }

    KeyPattern pattern() {
        return pattern;
    }

    TableType type() {
        return type;
    }

    double keyCount() {
        return keyCount;
    }

    List<FoundColumn> columns() {
        return columns;
    }

    /** Keys of the table that were read. */
    List<String> sampledKeys() {
        return sampledKeys;
    }

    /** Whether its documents have no members that could be columns. */
    boolean opaque() {
        return opaque;
    }

    void add(ColumnInference.Found found) {
        columns.addAll(found.columns());
        sampledKeys.addAll(found.read());
        opaque = found.opaque();
    }

    boolean hasColumn(String columnName) {
        return columns.stream().anyMatch(column -> column.column().name().equalsIgnoreCase(columnName));
    }

    /** Notes that the index has told something of the table. */
    void describedBy(String index) {
        indexes.add(index);
    }

    /** How the table came to be, for a person. */
    String remarks(String found) {
        String described = indexes.isEmpty() ? "" : ", described by the search index " + String.join(", ", indexes);
        return String.format(Locale.ROOT, "%s %s, %s%s", type.modelName(), pattern, found, described);
    }
}
