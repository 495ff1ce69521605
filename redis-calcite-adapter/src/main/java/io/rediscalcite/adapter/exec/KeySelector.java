package io.rediscalcite.adapter.exec;

import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.SlotRange;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A query's key filter with its operands known: which keys to ask for, and whether a key is a row. */
final class KeySelector {
    private final KeyPattern pattern;
    private final @Nullable Set<String> keys;
    private final Map<String, Set<String>> parts;
    /** Values of the parts that belong together: those of each tuple of a lookup join, or all there are. */
    private final List<Map<String, Set<String>>> combinations;

    private final List<String> prefixes;
    private final RowSelector places;
    private final boolean ofSomeSlots;
    private final List<String> partNames;
    private final boolean named;
    private final @Nullable PlainForm plain;

    private KeySelector(
            KeyPattern pattern,
            @Nullable Set<String> keys,
            Map<String, Set<String>> parts,
            List<Map<String, Set<String>>> combinations,
            List<String> prefixes,
            RowSelector places,
            boolean named) {
        this.pattern = pattern;
        this.keys = keys;
        this.parts = parts;
        this.combinations = combinations;
        this.prefixes = prefixes;
        this.places = places;
        this.ofSomeSlots = places.has(Builtin.SLOT);
        this.partNames = pattern.parts();
        this.named = named;
        this.plain = keys == null && parts.isEmpty() && prefixes.isEmpty() ? PlainForm.of(pattern) : null;
    }

    /** A pattern of a text and one part behind it, such as {@code user:{id}}, in bytes: most tables' keys are checked by it. */
    private record PlainForm(byte[] prefix, byte separator) {
        static @Nullable PlainForm of(KeyPattern pattern) {
            List<KeyPattern.Segment> segments = pattern.segments();
            boolean is = segments.size() == 2
                    && segments.get(0) instanceof KeyPattern.Literal
                    && segments.get(1) instanceof KeyPattern.Part
                    && pattern.separator().length() == 1
                    && pattern.separator().charAt(0) < 0x80;
            return is
                    ? new PlainForm(Text.encode(pattern.literalPrefix()), (byte)
                            pattern.separator().charAt(0))
                    : null;
        }

        boolean fits(byte[] buffer, int offset, int length) {
            int part = offset + prefix.length;
            int end = offset + length;
            if (part > end || !Arrays.equals(buffer, offset, part, prefix, 0, prefix.length)) {
                return false;
            }
            for (int i = part; i < end; i++) {
                if (buffer[i] == separator) {
                    return false;
                }
            }
            return true;
        }
    }

    static KeySelector of(RedisQuery query, Execution execution, ZoneId zone) {
        KeyFilter filter = query.keys();
        Map<String, Codec> codecs = new HashMap<>();
        for (Column column : query.table().columns()) {
            if (column.source() instanceof ColumnSource.KeyPart part) {
                codecs.put(part.part(), Codecs.of(column, zone));
            }
        }
        Map<String, Set<String>> parts = new LinkedHashMap<>();
        filter.parts()
                .forEach((part, operands) ->
                        parts.put(part, texts(operands, Objects.requireNonNull(codecs.get(part)), execution)));
        List<String> prefixes = new ArrayList<>();
        for (Operand prefix : filter.prefixes()) {
            prefixes.add(String.valueOf(execution.value(prefix)));
        }
        Set<String> keys = null;
        if (filter.key().isPresent()) {
            Set<String> found = new LinkedHashSet<>();
            keys = found;
            for (Operand operand : filter.key().get()) {
                execution.values(operand).forEach(value -> found.add(value.toString()));
            }
        }
        return new KeySelector(
                query.table().key(),
                keys,
                parts,
                combinations(parts, filter, codecs, execution),
                prefixes,
                RowSelector.of(filter.places(), execution),
                query.namedKeyCount().isPresent());
    }

    private static List<Map<String, Set<String>>> combinations(
            Map<String, Set<String>> parts, KeyFilter filter, Map<String, Codec> codecs, Execution execution) {
        Map<String, Operand.Lookup> lookups = new HashMap<>();
        filter.parts().forEach((part, operands) -> {
            if (operands.size() == 1 && operands.get(0) instanceof Operand.Lookup lookup) {
                lookups.put(part, lookup);
            }
        });
        if (lookups.size() < 2) {
            return List.of(parts);
        }
        List<Map<String, Set<String>>> combinations = new ArrayList<>();
        for (Object[] tuple : execution.lookups()) {
            Map<String, Set<String>> together = new HashMap<>(parts);
            lookups.forEach((part, lookup) -> {
                Codec codec = Objects.requireNonNull(codecs.get(part));
                Optional<byte[]> text = codec.encodeOperand(tuple[lookup.position()]);
                together.put(part, text.map(Text::decode).map(Set::of).orElse(Set.of()));
            });
            combinations.add(together);
        }
        return combinations;
    }

    /** Texts of the values that the part's type has; NULL and, say, 1.5 for a BIGINT equal no key's part. */
    private static Set<String> texts(List<Operand> operands, Codec codec, Execution execution) {
        Set<String> texts = new LinkedHashSet<>();
        for (Operand operand : operands) {
            for (Object value : execution.values(operand)) {
                codec.encodeOperand(value).ifPresent(bytes -> texts.add(Text.decode(bytes, 0, bytes.length)));
            }
        }
        return texts;
    }

    /** The keys that the query names, each once, whether they are there or not; empty if it must scan for them. */
    Optional<List<TableKey>> named() {
        if (!named) {
            return Optional.empty();
        }
        Set<String> candidates = new LinkedHashSet<>();
        if (keys != null) {
            candidates.addAll(keys);
        } else {
            combinations.forEach(together -> combine(together, 0, new HashMap<>(), candidates));
        }
        List<TableKey> found = new ArrayList<>();
        for (String candidate : candidates) {
            byte[] name = Text.encode(candidate);
            if (accepts(name)) {
                found.add(key(name));
            }
        }
        return Optional.of(found);
    }

    private void combine(
            Map<String, Set<String>> together, int index, Map<String, String> chosen, Set<String> candidates) {
        if (index == partNames.size()) {
            pattern.key(chosen).ifPresent(candidates::add);
            return;
        }
        String part = partNames.get(index);
        for (String value : together.getOrDefault(part, Set.of())) {
            chosen.put(part, value);
            combine(together, index + 1, chosen, candidates);
        }
    }

    /** The narrowest MATCH pattern that all wanted keys fit. */
    String glob() {
        Map<String, String> known = new HashMap<>();
        parts.forEach((part, values) -> {
            if (values.size() == 1) {
                known.put(part, values.iterator().next());
            }
        });
        String glob = pattern.glob(known);
        for (String prefix : prefixes) {
            boolean narrower =
                    known.isEmpty() && prefix.length() > pattern.literalPrefix().length();
            if (narrower) {
                glob = KeyPattern.escapeGlob(prefix) + "*";
            }
        }
        return glob;
    }

    /** True if no key can be a row, so that nothing need be sent. */
    boolean acceptsNone() {
        return (keys != null && keys.isEmpty())
                || parts.values().stream().anyMatch(Set::isEmpty)
                || places.acceptsNone();
    }

    /** The slots whose keys may be rows. */
    BitSet slots() {
        BitSet slots = new BitSet(SlotRange.SLOTS);
        for (Range<Long> range : places.longs(Builtin.SLOT)) {
            int from = (int) Math.min(range.lowerEndpoint(), SlotRange.SLOTS);
            slots.set(from, (int) Math.min(range.upperEndpoint(), SlotRange.SLOTS - 1L) + 1);
        }
        return slots;
    }

    /** True if keys of that master may be rows. */
    boolean acceptsNode(RedisNode master) {
        return places.accepts(Builtin.NODE, master.toString());
    }

    /** The key of an accepted name. */
    TableKey key(byte[] raw) {
        return new TableKey(raw, pattern);
    }

    /** True if the key is one of those that the query wants. */
    boolean accepts(byte[] raw) {
        return accepts(raw, 0, raw.length);
    }

    /** True if the key whose name is {@code length} bytes of {@code buffer} is one of those that the query wants. */
    boolean accepts(byte[] buffer, int offset, int length) {
        if (ofSomeSlots) {
            byte[] raw = Arrays.copyOfRange(buffer, offset, offset + length);
            if (!places.accepts(Builtin.SLOT, RedisClient.slotOf(raw))) {
                return false;
            }
        }
        if (plain != null) {
            return plain.fits(buffer, offset, length);
        }
        String text = Text.decode(buffer, offset, length);
        if (keys != null && !keys.contains(text)) {
            return false;
        }
        for (String prefix : prefixes) {
            if (!text.startsWith(prefix)) {
                return false;
            }
        }
        Optional<List<String>> match = pattern.match(text);
        if (match.isEmpty()) {
            return false;
        }
        List<String> found = match.get();
        for (int i = 0; i < found.size(); i++) {
            Set<String> wanted = parts.get(partNames.get(i));
            if (wanted != null && !wanted.contains(found.get(i))) {
                return false;
            }
        }
        return true;
    }
}
