package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.type.Text;
import org.jspecify.annotations.Nullable;

/**
 * A row to be written, with the key that it belongs to.
 *
 * @param name the key's name
 * @param key the same in bytes
 * @param cells its values, in Calcite's internal form
 * @param entry which entry of a batch it came from, from 0
 * @param number which row of its session it is, from 1
 */
record WriteRow(WriteColumns columns, String name, byte[] key, @Nullable Object[] cells, int entry, long number) {
    static WriteRow of(WriteColumns columns, String name, @Nullable Object[] cells, int entry, long number) {
        return new WriteRow(columns, name, Text.encode(name), cells, entry, number);
    }

    /** The value's bytes; null for NULL, and where there is no such column. */
    byte @Nullable [] bytes(int at) {
        return at < 0 ? null : columns.encode(cells, at);
    }

    /** As {@link #bytes}, where there must be one. */
    byte[] required(int at) {
        byte[] bytes = bytes(at);
        if (bytes == null) {
            throw WriteColumns.bad("column '" + columns.column(at).name() + "' of table '"
                    + columns.table().name() + "' can't be NULL");
        }
        return bytes;
    }

    boolean isNull(int at) {
        return at < 0 || cells[at] == null;
    }

    @Nullable
    Long ttl() {
        return columns.ttl(cells);
    }
}
