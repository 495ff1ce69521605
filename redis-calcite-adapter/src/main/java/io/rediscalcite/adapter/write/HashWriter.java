package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import java.util.ArrayList;
import java.util.List;

/** Hashes: HSET, HDEL, UNLINK. */
final class HashWriter extends TypeWriter {
    /** Lua passes a few thousand arguments on at most. */
    private static final int FIELDS_A_COMMAND = 1_000;

    private final List<FieldColumn> fields;

    HashWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.fields = fieldColumns();
    }

    @Override
    Unit insert(WriteRow row) {
        List<Object> pairs = new ArrayList<>(List.of("HSET"));
        for (FieldColumn column : fields) {
            byte[] value = row.bytes(column.at());
            if (value != null) {
                pairs.add(column.field());
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
        boolean onlyNew = mode() == OnConflict.ERROR || mode() == OnConflict.SKIP;
        if (onlyNew && row.ttl() == null && pairs.size() <= 2 * FIELDS_A_COMMAND) {
            return Unit.of(row, null, true, NewHashScript.command(row.key(), pairs.subList(1, pairs.size())));
        }
        AtomicScript script = script(row, existing()).expire(row.ttl());
        return Unit.of(row, null, chunked(script, pairs, 2 * FIELDS_A_COMMAND));
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
