package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;

/** Strings: SET, UNLINK. */
final class StringWriter extends TypeWriter {
    private final int value;

    StringWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.value = columns.valueOf(Builtin.VALUE);
    }

    @Override
    Unit insert(WriteRow row) {
        byte[] text = row.required(value);
        AtomicScript script = script(row, existing()).expire(row.ttl());
        return Unit.of(
                row, null, mode() == OnConflict.MERGE ? script.step("SET", text, "KEEPTTL") : script.step("SET", text));
    }

    @Override
    Unit update(WriteRow row) {
        AtomicScript script = script(row, changed());
        if (value >= 0) {
            script.step("SET", row.required(value), "KEEPTTL");
        }
        return Unit.of(row, null, withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        return Unit.of(row, null, true, "UNLINK", row.key());
    }
}
