package io.rediscalcite.adapter.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a query demands of a key; a key must meet all of it, and the reader checks every key for it, so that whatever
 * is in here is decided exactly.
 *
 * @param key values that {@code _key} may have; empty for any
 * @param parts values that a key part may have; a part that isn't named may have any
 * @param prefixes texts that the key must begin with, each of them
 * @param type the Redis type that it must have, in a table of keys of any type; empty for any
 * @param places what its slot and its node must meet
 */
public record KeyFilter(
        Optional<List<Operand>> key,
        Map<String, List<Operand>> parts,
        List<Operand> prefixes,
        Optional<String> type,
        RowFilter places) {
    /** Every key of the table. */
    public static final KeyFilter ALL =
            new KeyFilter(Optional.empty(), Map.of(), List.of(), Optional.empty(), RowFilter.ALL);

    public KeyFilter {
        key = key.map(List::copyOf);
        parts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        prefixes = List.copyOf(prefixes);
    }

    /** This, and {@code _key} is one of {@code values}. */
    public KeyFilter withKey(List<Operand> values) {
        return new KeyFilter(Optional.of(values), parts, prefixes, type, places);
    }

    /** This, and the part is one of {@code values}. */
    public KeyFilter withPart(String part, List<Operand> values) {
        Map<String, List<Operand>> more = new LinkedHashMap<>(parts);
        more.put(part, List.copyOf(values));
        return new KeyFilter(key, more, prefixes, type, places);
    }

    /** This, and the key begins with {@code prefix}. */
    public KeyFilter withPrefix(Operand prefix) {
        List<Operand> more = new ArrayList<>(prefixes);
        more.add(prefix);
        return new KeyFilter(key, parts, more, type, places);
    }

    /** This, and the key is of the Redis type. */
    public KeyFilter withType(String redisType) {
        return new KeyFilter(key, parts, prefixes, Optional.of(redisType), places);
    }

    /** This, and the key's slot or node meets the condition. */
    public KeyFilter withPlace(RowFilter.Condition condition) {
        return new KeyFilter(key, parts, prefixes, type, places.and(condition));
    }

    /** All that the key, its parts and its place are compared with. */
    public Stream<Operand> operands() {
        Stream<Operand> names = Stream.of(key.stream(), parts.values().stream(), Stream.of(prefixes))
                .flatMap(lists -> lists)
                .flatMap(List::stream);
        return Stream.concat(names, places.operands());
    }
}
