package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.InferredType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns met in a sample of rows, in the order in which they were met. */
final class SampledColumns {
    /** Of a table whose rows have ever other fields, as dictionaries do, no more become columns. */
    private static final int MAX_COLUMNS = 1000;

    private record Named(String name, ValueSample values) {}

    private final Map<ColumnSource, Named> columns = new LinkedHashMap<>();
    private int rows;

    /** Counts a row. */
    void addRow() {
        rows++;
    }

    int size() {
        return columns.size();
    }

    /** Where the values of the column go; empty if there are too many columns already. */
    Optional<ValueSample> of(ColumnSource source, String name) {
        Named known = columns.get(source);
        if (known == null) {
            if (columns.size() >= MAX_COLUMNS) {
                return Optional.empty();
            }
            known = new Named(name.isBlank() ? "field" : name, new ValueSample());
            columns.put(source, known);
        }
        return Optional.of(known.values());
    }

    List<FoundColumn> result() {
        List<FoundColumn> found = new ArrayList<>();
        columns.forEach((source, named) -> {
            InferredType type = named.values().result(rows);
            found.add(new FoundColumn(new Column(named.name(), type.type(), true, source), null, type));
        });
        return found;
    }
}
