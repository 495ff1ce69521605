package io.rediscalcite.adapter.rel;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the keys asked for last, so many that together they stay under a limit. */
final class KeptRows {
    private final int limit;
    private final Map<Object, List<@Nullable Object[]>> byKey = new LinkedHashMap<>(16, 0.75f, true);
    private int size;

    /** @param limit rows to keep at most; a key costs one more */
    KeptRows(int limit) {
        this.limit = limit;
    }

    /** The key's rows; null if they aren't kept. */
    @Nullable
    List<@Nullable Object[]> get(Object key) {
        return byKey.get(key);
    }

    /** Keeps the rows of a key that isn't kept yet, in place of those that were asked for longest ago. */
    void put(Object key, List<@Nullable Object[]> rows) {
        byKey.put(key, rows);
        size += 1 + rows.size();
        Iterator<List<@Nullable Object[]>> eldest = byKey.values().iterator();
        while (size > limit) {
            size -= 1 + eldest.next().size();
            eldest.remove();
        }
    }

    void clear() {
        byKey.clear();
        size = 0;
    }
}
