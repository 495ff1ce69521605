package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.query.WriteQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an INSERT made of its rows' names: parts of keys that the model lets be generated, and ids of entries.
 *
 * <p>Whoever wants them puts this into the run's {@code DataContext} under {@link #CONTEXT_NAME}. It holds a row for each that was
 * written.
 */
public final class GeneratedKeys {
    /** The variable of a run's context that takes them. */
    public static final String CONTEXT_NAME = "$generatedKeys";

    private final TreeMap<Long, List<String>> rows = new TreeMap<>();
    private List<String> columns = List.of();
    private @Nullable List<Integer> positions;

    /** The columns' names: {@code _key} first, then those that are generated; empty where none is. */
    public List<String> columns() {
        return columns;
    }

    /** The rows that were written, in the order in which they were given. */
    public List<List<String>> rows() {
        return List.copyOf(rows.values());
    }

    /** Positions among the values of those columns of a write that are generated. */
    static List<Integer> positions(WriteQuery query) {
        List<Integer> positions = new ArrayList<>();
        List<Column> columns = query.valueColumns();
        for (int at = 0; at < columns.size(); at++) {
            boolean generated =
                    columns.get(at).generated() != null || columns.get(at).source() == Builtin.ENTRY_ID;
            if (generated && query.operation() == WriteQuery.Operation.INSERT) {
                positions.add(at);
            }
        }
        return positions;
    }

    /** @param entryId what the server called it; null where it called it nothing */
    void add(WriteRow row, WriteQuery query, @Nullable String entryId) {
        List<Integer> generated = generated(query);
        if (generated.isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>(List.of(row.name()));
        for (int at : generated) {
            values.add(value(row, query, at, entryId));
        }
        rows.put(((long) row.entry() << Integer.SIZE) + row.number(), values);
    }

    /** As {@link #positions}, found once. */
    private List<Integer> generated(WriteQuery query) {
        List<Integer> known = positions;
        if (known == null) {
            known = positions(query);
            positions = known;
            if (!known.isEmpty()) {
                List<String> names = new ArrayList<>(List.of(Column.KEY));
                known.forEach(at -> names.add(query.valueColumns().get(at).name()));
                columns = names;
            }
        }
        return known;
    }

    /** Of a part of the key what the name says, whether the part or the whole name was given. */
    private static String value(WriteRow row, WriteQuery query, int at, @Nullable String entryId) {
        ColumnSource source = query.valueColumns().get(at).source();
        if (source instanceof ColumnSource.KeyPart part) {
            KeyPattern pattern = query.table().key();
            return pattern.match(row.name()).orElseThrow().get(pattern.parts().indexOf(part.part()));
        }
        return entryId != null ? entryId : String.valueOf(row.cells()[at]);
    }
}
