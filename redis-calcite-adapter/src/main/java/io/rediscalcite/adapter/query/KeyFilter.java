package io.rediscalcite.adapter.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a query demands of a key's name; a key must meet all of it, and the reader checks every key for it, so that whatever
 * is in here is decided exactly.
 *
 * @param key values that {@code _key} may have; empty for any
 * @param parts values that a key part may have; a part that isn't named may have any
 * @param prefixes texts that the key must begin with, each of them
 */
public record KeyFilter(Optional<List<Operand>> key, Map<String, List<Operand>> parts, List<Operand> prefixes) {
    /** Every key of the table. */
    public static final KeyFilter ALL = new KeyFilter(Optional.empty(), Map.of(), List.of());

    public KeyFilter {
        key = key.map(List::copyOf);
        parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        prefixes = List.copyOf(prefixes);
    }

    /** This, and {@code _key} is one of {@code values}. */
    public KeyFilter withKey(List<Operand> values) {
        return new KeyFilter(Optional.of(values), parts, prefixes);
    }

    /** This, and the part is one of {@code values}. */
    public KeyFilter withPart(String part, List<Operand> values) {
        Map<String, List<Operand>> more = new LinkedHashMap<>(parts);
        more.put(part, List.copyOf(values));
        return new KeyFilter(key, more, prefixes);
    }

    /** This, and the key begins with {@code prefix}. */
    public KeyFilter withPrefix(Operand prefix) {
        List<Operand> more = new ArrayList<>(prefixes);
        more.add(prefix);
        return new KeyFilter(key, parts, more);
    }
}
