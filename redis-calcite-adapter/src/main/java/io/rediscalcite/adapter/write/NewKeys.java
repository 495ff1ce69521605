package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.Generated;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names the keys of the rows of one INSERT: from {@code _key}, or from the key's parts. */
final class NewKeys {
    private final WriteColumns columns;
    private final KeyPattern pattern;
    private final List<String> parts;
    private final int keyColumn;
    private final int[] partColumns;
    private final boolean generates;

    NewKeys(WriteColumns columns) {
        this.columns = columns;
        this.pattern = columns.table().key();
        this.parts = pattern.parts();
        this.keyColumn = columns.valueOf(new ColumnSource.Key());
        this.partColumns = parts.stream()
                .mapToInt(part -> columns.valueOf(new ColumnSource.KeyPart(part)))
                .toArray();
        this.generates =
                Arrays.stream(partColumns).anyMatch(at -> columns.column(at).generated() != null);
    }

    /** The row with generated parts of its key, where neither the key nor they are given. */
    @Nullable
    Object[] completed(@Nullable Object[] row) {
        if (!generates || row[keyColumn] != null) {
            return row;
        }
        @Nullable Object[] completed = row.clone();
        for (int at : partColumns) {
            Generated kind = columns.column(at).generated();
            if (completed[at] == null && kind != null) {
                completed[at] = NewIds.of(kind);
            }
        }
        return completed;
    }

    /**
     * The name of the row's key.
     *
     * @throws RedisSqlException BAD_VALUE if there is none, if _key and the parts differ, or if the key would be no row of the table
     */
    String name(@Nullable Object[] row) {
        @Nullable String[] texts = new @Nullable String[partColumns.length];
        for (int i = 0; i < texts.length; i++) {
            byte[] text = columns.encode(row, partColumns[i]);
            texts[i] = text == null ? null : Text.decode(text);
        }
        Object named = row[keyColumn];
        if (named == null) {
            return pattern.key(Arrays.asList(texts)).orElseThrow(() -> noKey(texts));
        }
        String key = named.toString();
        Optional<List<String>> found = pattern.match(key);
        if (found.isEmpty()) {
            throw WriteColumns.bad(
                    "key '" + key + "' is no row of table '" + columns.table().name() + "', whose keys are " + pattern);
        }
        for (int i = 0; i < texts.length; i++) {
            String inKey = found.get().get(i);
            if (texts[i] != null && !inKey.equals(texts[i])) {
                throw WriteColumns.bad("key '" + key + "' has '" + inKey + "' as {" + parts.get(i)
                        + "}, but the row says '" + texts[i] + "'");
            }
        }
        return key;
    }

    private RedisSqlException noKey(@Nullable String[] texts) {
        Map<String, String> given = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            if (text == null) {
                missing.add(parts.get(i));
            } else {
                given.put(parts.get(i), text);
            }
        }
        String table = columns.table().name();
        if (missing.isEmpty() && pattern.segments().stream().noneMatch(KeyPattern.Wildcard.class::isInstance)) {
            return WriteColumns.bad("no key of table '" + table + "', whose keys are " + pattern + ", has the parts "
                    + given + ": a part can't hold '" + pattern.separator() + "'");
        }
        return WriteColumns.bad("the row has no key: give _key"
                + (missing.isEmpty() ? "" : ", or " + String.join(", ", missing)) + "; keys of table '" + table
                + "' are " + pattern);
    }
}
