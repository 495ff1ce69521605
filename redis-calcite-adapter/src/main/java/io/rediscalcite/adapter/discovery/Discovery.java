package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.DeclaredTable;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tables by sampling the keyspace, and the columns that a model left out. */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** Keys that a search for tables walks at most; beyond, a pattern of few keys may not be met. */
    private static final long MAX_WALKED_KEYS = 1_000_000;

    private static final int MAX_PATTERNS = 2000;
    private static final Set<TableType> TYPES = EnumSet.allOf(TableType.class);

    private final KeySampler sampler;
    private final ColumnInference inference;
    private final String keySeparator;
    private final int sampleSize;

    /** @param sampleSize keys sampled a table to infer its columns */
    public Discovery(RedisClient client, String keySeparator, int sampleSize) {
        this.sampler = new KeySampler(client);
        this.inference = new ColumnInference(sampler);
        this.keySeparator = keySeparator;
        this.sampleSize = sampleSize;
    }

    /** Keys of one pattern and one type. */
    private record Candidate(KeyGroup.Named group, TableType type, List<String> keys, double count) {}

    /** The tables that the keyspace holds, by name; names differ also when case is ignored. */
    public List<TableDefinition> tables() {
        KeyTree tree = new KeyTree(keySeparator, 2 * sampleSize);
        boolean all = sampler.scan("*", MAX_WALKED_KEYS, WaitCheck.NONE, tree::add);
        List<KeyGroup.Named> groups = new ArrayList<>(tree.groups());
        LOG.debug("walked {} keys ({}), found {} patterns", tree.count(), all ? "all" : "a part", groups.size());
        groups.sort(
                Comparator.comparingLong((KeyGroup.Named group) -> group.keys().count())
                        .reversed()
                        .thenComparing(KeyGroup.Named::name));
        List<Candidate> candidates = candidates(groups.subList(0, Math.min(MAX_PATTERNS, groups.size())));
        List<TableDefinition> tables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<KeyGroup.Named> named = new HashSet<>();
        for (Candidate candidate : candidates) {
            String name = candidate.group().name();
            if (!named.add(candidate.group())) {
                name += "_" + candidate.type().modelName();
            }
            tables.add(define(candidate, unused(name, names)));
        }
        tables.sort(Comparator.comparing(TableDefinition::name));
        return tables;
    }

    private List<Candidate> candidates(List<KeyGroup.Named> groups) {
        List<String> sampled = new ArrayList<>();
        groups.forEach(group -> sampled.addAll(group.keys().sample()));
        Map<String, TableType> types = new HashMap<>();
        sampler.ask(sampled, List.of("TYPE"), (key, reply) -> {
            if (!reply.isError()) {
                TableType.ofRedisType(reply.text()).filter(TYPES::contains).ifPresent(type -> types.put(key, type));
            }
        });
        List<Candidate> candidates = new ArrayList<>();
        for (KeyGroup.Named group : groups) {
            Map<TableType, List<String>> byType = new EnumMap<>(TableType.class);
            List<String> sample = group.keys().sample();
            for (String key : sample) {
                TableType type = types.get(key);
                if (type != null) {
                    byType.computeIfAbsent(type, any -> new ArrayList<>()).add(key);
                }
            }
            byType.forEach((type, keys) -> candidates.add(
                    new Candidate(group, type, keys, (double) group.keys().count() * keys.size() / sample.size())));
        }
        candidates.sort(Comparator.comparingDouble(Candidate::count)
                .reversed()
                .thenComparing(candidate -> candidate.group().name())
                .thenComparing(Candidate::type));
        return candidates;
    }

    private static String unused(String name, Set<String> names) {
        String candidate = name;
        for (int i = 2; !names.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }

    private TableDefinition define(Candidate candidate, String name) {
        KeyGroup.Named group = candidate.group();
        List<Column> inferred = new ArrayList<>();
        for (String part : group.integerParts()) {
            inferred.add(new Column(part, ColumnType.BIGINT, false, new ColumnSource.KeyPart(part)));
        }
        if (candidate.type() == TableType.HASH) {
            int sampled = Math.min(sampleSize, candidate.keys().size());
            inferred.addAll(inference.columns(candidate.keys().subList(0, sampled)));
        }
        DeclaredTable declared =
                new DeclaredTable(name, candidate.type(), group.pattern(), null, null, null, List.of());
        return TableDefinition.of(declared, inferred, "found by sampling keys");
    }

    /** The table with the columns that its model left out, found in a sample of its keys. */
    public TableDefinition complete(DeclaredTable declared) {
        List<Column> columns = List.of();
        if (declared.columns() == null && declared.type() == TableType.HASH) {
            KeyGroup keys = new KeyGroup(sampleSize, new java.util.Random(42));
            sampler.scan(declared.key().glob(), MAX_WALKED_KEYS, WaitCheck.NONE, key -> {
                if (declared.key().match(key).isPresent()) {
                    keys.add(key);
                }
            });
            columns = inference.columns(keys.sample());
        }
        return TableDefinition.of(declared, columns, "declared in the model");
    }
}
