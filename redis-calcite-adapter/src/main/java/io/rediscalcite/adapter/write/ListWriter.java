package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.write.AtomicScript.Existing;
import java.util.List;
import java.util.UUID;

/**
 * Elements of lists: RPUSH, LSET, LREM. A new element goes to the end, and so never meets another; one that is changed or
 * removed must still be where it was read.
 */
final class ListWriter extends TypeWriter {
    /** What an element is before it is removed; no element can have been that. */
    private final String tombstone = "removed-" + UUID.randomUUID();

    private final int position;
    private final int oldElement;
    private final int element;

    ListWriter(WriteQuery query, WriteColumns columns) {
        super(query, columns);
        this.position = columns.identityOf(Builtin.POSITION);
        this.oldElement = columns.identityOf(Builtin.ELEMENT);
        this.element = columns.valueOf(Builtin.ELEMENT);
    }

    private String shown(WriteRow row) {
        return "element " + row.cells()[position];
    }

    @Override
    Unit insert(WriteRow row) {
        byte[] added = row.required(element);
        Long ttl = row.ttl();
        return ttl == null
                ? Unit.of(row, null, false, "RPUSH", row.key(), added)
                : Unit.of(
                        row,
                        null,
                        script(row, Existing.KEEP).step("RPUSH", added).expire(ttl));
    }

    @Override
    Unit update(WriteRow row) {
        byte[] at = row.required(position);
        AtomicScript script = script(row, Existing.REQUIRED).step("?SAME", "LINDEX", at, row.required(oldElement));
        if (element >= 0) {
            script.step("LSET", at, row.required(element));
        }
        return Unit.of(row, shown(row), withAssignedTtl(script, row));
    }

    @Override
    Unit delete(WriteRow row) {
        return delete(List.of(row));
    }

    /** Removes all these rows of one key at once: one by one, each would move those behind it. */
    Unit delete(List<WriteRow> rows) {
        WriteRow first = rows.get(0);
        AtomicScript script = script(first, Existing.REQUIRED);
        for (WriteRow row : rows) {
            script.step("?SAME", "LINDEX", row.required(position), row.required(oldElement));
        }
        for (WriteRow row : rows) {
            script.step("LSET", row.required(position), tombstone);
        }
        script.step("LREM", "0", tombstone);
        Unit one = Unit.of(first, rows.size() == 1 ? shown(first) : rows.size() + " elements", script);
        return new Unit(first, one.member(), one.payload(), true, rows.size());
    }
}
