package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes: HSET, HDEL, UNLINK. */
final class HashWriter extends TypeWriter {
    /** Lua passes a few thousand arguments on at most. */
    private static final int FIELDS_A_COMMAND = 1_000;

    private final List<FieldColumn> fields;
    private final List<byte[]> names;

    HashWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.fields = fieldColumns();
        this.names = fields.stream().map(FieldColumn::field).toList();
    }

    @Override
    Unit insert(WriteRow row) {
        List<byte @Nullable []> values = new ArrayList<>(fields.size());
        for (FieldColumn column : fields) {
            values.add(row.bytes(column.at()));
        }
        boolean onlyNew = mode() == OnConflict.ERROR || mode() == OnConflict.SKIP;
        if (onlyNew && row.ttl() == null && fields.size() < FIELDS_A_COMMAND && hasValue(values)) {
            return new Unit(row, null, new NewHash(row.key(), names, values), true, 1);
        }
        List<Object> pairs = new ArrayList<>(List.of("HSET"));
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                pairs.add(names.get(i));
                pairs.add(value);
            }
        }
        if (pairs.size() == 1) {
            throw WriteColumns.bad("a hash needs at least one field that isn't NULL");
        }
        if (mode() == OnConflict.MERGE && row.ttl() == null) {
            pairs.add(1, row.key());
            return Unit.of(row, null, false, pairs.toArray());
        }
        AtomicScript script = script(row, existing()).expire(row.ttl());
        return Unit.of(row, null, chunked(script, pairs, 2 * FIELDS_A_COMMAND));
    }

    private static boolean hasValue(List<byte @Nullable []> values) {
        for (byte[] value : values) {
            if (value != null) {
                return true;
            }
        }
        return false;
    }

    private static AtomicScript chunked(AtomicScript script, List<Object> words, int size) {
        for (int from = 1; from < words.size(); from += size) {
            List<Object> step = new ArrayList<>(words.subList(0, 1));
            step.addAll(words.subList(from, Math.min(words.size(), from + size)));
            script.step(step.toArray());
        }
        return script;
    }

    @Override
    Unit update(WriteRow row) {
        List<Object> set = new ArrayList<>(List.of("HSET"));
        List<Object> removed = new ArrayList<>(List.of("HDEL"));
        for (FieldColumn column : fields) {
            byte[] value = row.bytes(column.at());
            if (value == null) {
                removed.add(column.field());
            } else {
                set.add(column.field());
                set.add(value);
            }
        }
        AtomicScript script = script(row, changed());
        chunked(script, set, 2 * FIELDS_A_COMMAND);
        chunked(script, removed, FIELDS_A_COMMAND);
        return Unit.of(row, null, withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        return Unit.of(row, null, true, "UNLINK", row.key());
    }
}
