package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes: HSET, HDEL, UNLINK. */
final class HashWriter extends TypeWriter {
    /** Lua passes a few thousand arguments on at most. */
    private static final int FIELDS_A_COMMAND = 1_000;

    private static final byte[] HSET = "HSET".getBytes(UTF_8);

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
        int given = 0;
        for (FieldColumn column : fields) {
            byte[] value = row.bytes(column.at());
            values.add(value);
            given += value == null ? 0 : 1;
        }
        if (given == 0) {
            throw WriteColumns.bad("a hash needs at least one field that isn't NULL");
        }
        Long ttl = row.ttl();
        boolean onlyNew = mode() == OnConflict.ERROR || mode() == OnConflict.SKIP;
        if (onlyNew && ttl == null && fields.size() < FIELDS_A_COMMAND) {
            return new Unit(row, null, new NewHash(row.key(), names, values), true, 1);
        }
        if (mode() == OnConflict.MERGE && ttl == null) {
            return new Unit(row, null, new Words(plain(row.key(), values, given)), false, 1);
        }
        List<Object> pairs = new ArrayList<>(List.of("HSET"));
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                pairs.add(names.get(i));
                pairs.add(value);
            }
        }
        AtomicScript script = script(row, existing()).expire(ttl);
        return Unit.of(row, null, chunked(script, pairs, 2 * FIELDS_A_COMMAND));
    }

    /** HSET of the values that aren't null, which are so many. */
    private byte[][] plain(byte[] key, List<byte @Nullable []> values, int given) {
        byte[][] words = new byte[2 + 2 * given][];
        words[0] = HSET;
        words[1] = key;
        int at = 2;
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            if (value != null) {
                words[at++] = names.get(i);
                words[at++] = value;
            }
        }
        return words;
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
