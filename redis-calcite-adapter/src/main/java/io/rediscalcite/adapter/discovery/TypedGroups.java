package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.InferredType;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.type.TypeInference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes tables of groups of keys: one for each type that a group's keys have.
 *
 * <p>The types of all sampled keys are asked for only if the first few differ, or if nothing else is asked of them: the command that
 * reads a key's columns refuses a key of another type anyway.
 */
final class TypedGroups {
    private static final int FIRST = 10;
    /** Keys sampled of all groups together, about: with very many groups each gets fewer. */
    private static final int MAX_SAMPLED = 20_000;

    private static final int MIN_SAMPLE = 10;

    private final KeySampler sampler;
    private final ColumnInference inference;
    private final int sampleSize;
    private final Map<String, TableType> types = new HashMap<>();

    TypedGroups(KeySampler sampler, ColumnInference inference, int sampleSize) {
        this.sampler = sampler;
        this.inference = inference;
        this.sampleSize = sampleSize;
    }

    List<TableDraft> drafts(List<KeyGroup.Named> groups) {
        int perGroup =
                groups.isEmpty() ? sampleSize : Math.min(sampleSize, Math.max(MIN_SAMPLE, MAX_SAMPLED / groups.size()));
        askTypes(groups, 0, Math.min(FIRST, perGroup));
        List<KeyGroup.Named> open = new ArrayList<>();
        List<SampledGroup> sampled = new ArrayList<>();
        for (KeyGroup.Named group : groups) {
            TableType only = onlyType(group);
            List<String> keys = part(group.keys().sample(), 0, perGroup);
            sampled.add(new SampledGroup(group, keys, new EnumMap<>(TableType.class)));
            if (only == null || !ColumnInference.hasColumns(only)) {
                open.add(group);
            } else {
                keys.forEach(key -> types.putIfAbsent(key, only));
            }
        }
        askTypes(open, FIRST, perGroup);
        read(sampled);
        return sampled.stream().flatMap(group -> drafts(group).stream()).toList();
    }

    /** A group, those of its keys that are read, and what those of each type say. */
    private record SampledGroup(KeyGroup.Named group, List<String> keys, Map<TableType, ColumnInference.Found> found) {}

    private void askTypes(List<KeyGroup.Named> groups, int from, int to) {
        List<String> keys = new ArrayList<>();
        for (KeyGroup.Named group : groups) {
            keys.addAll(part(group.keys().sample(), from, to));
        }
        askTypes(keys);
    }

    private void askTypes(List<String> keys) {
        sampler.ask(keys, Question.of("TYPE"), (key, reply) -> {
            types.remove(key);
            if (!reply.isError()) {
                TableType.ofRedisType(reply.text()).ifPresent(type -> types.put(key, type));
            }
        });
    }

    private static <T> List<T> part(List<T> list, int from, int to) {
        return list.subList(
                Math.min(from, list.size()), Math.max(Math.min(from, list.size()), Math.min(to, list.size())));
    }

    /** The type of those keys whose type is known; null if they have several, or none. */
    private @Nullable TableType onlyType(KeyGroup.Named group) {
        Set<TableType> known = new HashSet<>();
        for (String key : group.keys().sample()) {
            TableType type = types.get(key);
            if (type != null) {
                known.add(type);
            }
        }
        return known.size() == 1 ? known.iterator().next() : null;
    }

    /** Reads all groups' keys, and those that turn out to have another type as what they are. */
    private void read(List<SampledGroup> groups) {
        readUnread(groups);
        List<String> refused = groups.stream()
                .flatMap(group -> group.found().values().stream())
                .flatMap(found -> found.refused().stream())
                .toList();
        if (!refused.isEmpty()) {
            askTypes(refused);
            readUnread(groups);
        }
    }

    /** Reads the keys of each type of each group, unless some of that type are read. */
    private void readUnread(List<SampledGroup> groups) {
        List<ColumnInference.Sample> samples = new ArrayList<>();
        List<SampledGroup> owners = new ArrayList<>();
        for (SampledGroup group : groups) {
            byType(group.keys()).forEach((type, keys) -> {
                if (!group.found().containsKey(type)) {
                    samples.add(new ColumnInference.Sample(type, keys));
                    owners.add(group);
                }
            });
        }
        List<ColumnInference.Found> found = inference.columns(samples);
        for (int i = 0; i < samples.size(); i++) {
            owners.get(i).found().put(samples.get(i).type(), found.get(i));
        }
    }

    private List<TableDraft> drafts(SampledGroup sampled) {
        KeyGroup.Named group = sampled.group();
        Map<TableType, List<String>> typed = byType(sampled.keys());
        List<FoundColumn> parts = keyParts(group, sampled.keys());
        List<TableDraft> drafts = new ArrayList<>();
        sampled.found().forEach((type, found) -> {
            List<String> keys = typed.getOrDefault(type, List.of());
            if (!keys.isEmpty()) {
                double count = (double) group.keys().count()
                        * keys.size()
                        / sampled.keys().size();
                TableDraft draft = new TableDraft(group.name(), group.pattern(), type, count);
                draft.columns().addAll(parts);
                draft.add(found);
                drafts.add(draft);
            }
        });
        return drafts;
    }

    private Map<TableType, List<String>> byType(List<String> keys) {
        Map<TableType, List<String>> byType = new EnumMap<>(TableType.class);
        for (String key : keys) {
            TableType type = types.get(key);
            if (type != null) {
                byType.computeIfAbsent(type, any -> new ArrayList<>()).add(key);
            }
        }
        return byType;
    }

    /** A part is typed only by what holds for every key met, the sample being too small to exclude others. */
    private static List<FoundColumn> keyParts(KeyGroup.Named group, List<String> sample) {
        List<String> names = group.pattern().parts();
        List<TypeInference> texts =
                names.stream().map(name -> TypeInference.ofKeyPart()).toList();
        for (String key : sample) {
            group.pattern().match(key).ifPresent(parts -> {
                for (int i = 0; i < parts.size(); i++) {
                    texts.get(i).add(Text.encode(parts.get(i)));
                }
            });
        }
        List<FoundColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            InferredType sampled = texts.get(i).result();
            Kind kind = sampled.type().kind();
            boolean holds = (kind == Kind.BIGINT && group.always(name, KeyForm.INTEGER))
                    || (kind == Kind.DATE && group.always(name, KeyForm.DATE));
            InferredType type = holds
                    ? sampled
                    : new InferredType(
                            ColumnType.VARCHAR,
                            sampled.samples(),
                            sampled.nulls(),
                            sampled.valid(),
                            sampled.candidates());
            columns.add(
                    new FoundColumn(new Column(name, type.type(), false, new ColumnSource.KeyPart(name)), null, type));
        }
        return columns;
    }
}
