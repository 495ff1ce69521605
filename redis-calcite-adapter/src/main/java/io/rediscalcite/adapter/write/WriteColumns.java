package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.SqlTypes;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each column stands in the rows of one write, and how its value becomes bytes. */
final class WriteColumns {
    private static final int MAX_SHOWN_VALUE = 100;

    private final TableDefinition table;
    private final List<Column> columns;
    private final Codec[] codecs;
    private final Class<?>[] storageClasses;
    private final int firstValue;
    private final int ttl;

    WriteColumns(WriteQuery query, ZoneId zone) {
        this.table = query.table();
        this.columns = new ArrayList<>(query.identityColumns());
        this.firstValue = columns.size();
        columns.addAll(query.valueColumns());
        this.codecs = columns.stream().map(c -> Codecs.of(c, zone)).toArray(Codec[]::new);
        this.storageClasses =
                columns.stream().map(c -> SqlTypes.storageClass(c.type())).toArray(Class<?>[]::new);
        this.ttl = valueOf(Builtin.TTL);
    }

    TableDefinition table() {
        return table;
    }

    /** Where the new values begin. */
    int firstValue() {
        return firstValue;
    }

    int width() {
        return columns.size();
    }

    Column column(int at) {
        return columns.get(at);
    }

    /** Where the row's name has that source; -1 if it hasn't. */
    int identityOf(ColumnSource source) {
        return indexOf(source, 0, firstValue);
    }

    /** Where the new values have that source; -1 if they haven't. */
    int valueOf(ColumnSource source) {
        return indexOf(source, firstValue, columns.size());
    }

    private int indexOf(ColumnSource source, int from, int to) {
        for (int at = from; at < to; at++) {
            if (columns.get(at).source().equals(source)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * The bytes of the value; null for NULL.
     *
     * @throws RedisSqlException BAD_VALUE if the column can't hold it as it is
     */
    byte @Nullable [] encode(@Nullable Object[] row, int at) {
        Object value = row[at];
        if (value == null) {
            return null;
        }
        try {
            if (storageClasses[at].isInstance(value)) {
                return codecs[at].encode(value);
            }
            return codecs[at].encodeOperand(value).orElseThrow(() -> misfit(at, value, "doesn't fit"));
        } catch (BadValueException bad) {
            throw misfit(at, value, bad.reason());
        } catch (IllegalArgumentException wrongKind) {
            throw misfit(at, value, String.valueOf(wrongKind.getMessage()));
        }
    }

    RedisSqlException misfit(int at, Object value, String reason) {
        String text = value.toString();
        String shown = text.length() > MAX_SHOWN_VALUE ? text.substring(0, MAX_SHOWN_VALUE) + "…" : text;
        Column column = columns.get(at);
        return bad("column '" + column.name() + "' of table '" + table.name() + "' is " + column.type() + ", and '"
                + shown + "' " + reason);
    }

    static RedisSqlException bad(String message) {
        return new RedisSqlException(SqlState.BAD_VALUE, message);
    }

    /**
     * Milliseconds until the key expires, as the row says; null for NULL.
     *
     * @throws RedisSqlException BAD_VALUE if it isn't positive
     */
    @Nullable
    Long ttl(@Nullable Object[] row) {
        if (ttl < 0 || !(row[ttl] instanceof Number millis)) {
            return null;
        }
        if (millis.longValue() <= 0) {
            throw bad("_ttl is milliseconds from now and must be positive, not " + millis
                    + "; NULL lets the key never expire, and DELETE removes it");
        }
        return millis.longValue();
    }
}
