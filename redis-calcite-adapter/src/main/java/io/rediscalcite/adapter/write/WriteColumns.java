package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.Generated;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.SqlTypes;
import io.rediscalcite.adapter.type.Text;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Where each column stands in the rows of one write, and how its value becomes bytes. */
final class WriteColumns {
    private static final int MAX_SHOWN_VALUE = 100;

    private final TableDefinition table;
    private final List<Column> columns;
    private final Codec[] codecs;
    private final int firstValue;
    private final List<Integer> generated;

    WriteColumns(WriteQuery query, ZoneId zone) {
        this.table = query.table();
        this.columns = new ArrayList<>(query.identityColumns());
        this.firstValue = columns.size();
        columns.addAll(query.valueColumns());
        this.generated = IntStream.range(firstValue, columns.size())
                .filter(at -> columns.get(at).generated() != null)
                .boxed()
                .toList();
        this.codecs = columns.stream().map(c -> Codecs.of(c, zone)).toArray(Codec[]::new);
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
            if (SqlTypes.storageClass(columns.get(at).type()).isInstance(value)) {
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
     * The name of the key of a new row: from {@code _key}, or from the key's parts.
     *
     * @throws RedisSqlException BAD_VALUE if there is none, if both differ, or if the key would be no row of the table
     */
    String key(@Nullable Object[] row) {
        KeyPattern pattern = table.key();
        Map<String, String> parts = new HashMap<>();
        for (int at = firstValue; at < columns.size(); at++) {
            if (columns.get(at).source() instanceof ColumnSource.KeyPart part) {
                byte[] text = encode(row, at);
                if (text != null) {
                    parts.put(part.part(), Text.decode(text));
                }
            }
        }
        Object named = row[firstValue + indexOfKey()];
        if (named == null) {
            return pattern.key(parts).orElseThrow(() -> noKey(pattern, parts));
        }
        String key = named.toString();
        Optional<List<String>> found = pattern.match(key);
        if (found.isEmpty()) {
            throw bad("key '" + key + "' is no row of table '" + table.name() + "', whose keys are " + pattern);
        }
        List<String> names = pattern.parts();
        parts.forEach((name, text) -> {
            String inKey = found.get().get(names.indexOf(name));
            if (!inKey.equals(text)) {
                throw bad("key '" + key + "' has '" + inKey + "' as {" + name + "}, but the row says '" + text + "'");
            }
        });
        return key;
    }

    /** The row with generated parts of its key, where neither the key nor they are given. */
    @Nullable
    Object[] completed(@Nullable Object[] row) {
        if (generated.isEmpty() || row[firstValue + indexOfKey()] != null) {
            return row;
        }
        @Nullable Object[] completed = row.clone();
        for (int at : generated) {
            Generated kind = columns.get(at).generated();
            if (completed[at] == null && kind != null) {
                completed[at] = NewIds.of(kind);
            }
        }
        return completed;
    }

    private int indexOfKey() {
        return valueOf(new ColumnSource.Key()) - firstValue;
    }

    private RedisSqlException noKey(KeyPattern pattern, Map<String, String> parts) {
        List<String> missing = new ArrayList<>(pattern.parts());
        missing.removeAll(parts.keySet());
        if (missing.isEmpty() && pattern.segments().stream().noneMatch(KeyPattern.Wildcard.class::isInstance)) {
            return bad("no key of table '" + table.name() + "', whose keys are " + pattern + ", has the parts " + parts
                    + ": a part can't hold '" + pattern.separator() + "'");
        }
        return bad("the row has no key: give _key"
                + (missing.isEmpty() ? "" : ", or " + String.join(", ", missing)) + "; keys of table '" + table.name()
                + "' are " + pattern);
    }

    /**
     * Milliseconds until the key expires, as the row says; null for NULL.
     *
     * @throws RedisSqlException BAD_VALUE if it isn't positive
     */
    @Nullable
    Long ttl(@Nullable Object[] row) {
        int at = valueOf(Builtin.TTL);
        if (at < 0 || !(row[at] instanceof Number millis)) {
            return null;
        }
        if (millis.longValue() <= 0) {
            throw bad("_ttl is milliseconds from now and must be positive, not " + millis
                    + "; NULL lets the key never expire, and DELETE removes it");
        }
        return millis.longValue();
    }
}
