package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.model.DeclaredTable;
import io.rediscalcite.adapter.model.SystemColumn;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.search.IndexListing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tables by sampling the keyspace and reading search indexes, and the columns that a model left out. */
public final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    /** Keys that a search walks at most; beyond, a pattern of few keys may not be met. */
    private static final long MAX_WALKED_KEYS = 1_000_000;

    private static final int MAX_PATTERNS = 2000;
    /** Of all keys of a declared table, as many times the sample are enough to choose from. */
    private static final int CHOICE = 20;

    private static final String SAMPLED = "found by sampling keys";
    private static final String INDEXED = "found in a search index";
    private static final String DECLARED = "declared in the model";

    private final RedisClient client;
    private final String keySeparator;
    private final int sampleSize;

    /** @param sampleSize keys sampled a table to infer its columns */
    public Discovery(RedisClient client, String keySeparator, int sampleSize) {
        this.client = client;
        this.keySeparator = keySeparator;
        this.sampleSize = sampleSize;
    }

    /**
     * The tables of a schema; names differ also when case is ignored.
     *
     * @param declared tables of a model, which win over those found under the same name; what they leave out is inferred
     * @param discover whether to look for tables beyond these
     * @param reserved names that no found table may have
     * @param check may end any wait
     */
    public List<InferredTable> tables(
            List<DeclaredTable> declared, boolean discover, Set<String> reserved, WaitCheck check) {
        return new Run(check).tables(declared, discover, reserved);
    }

    /** One discovery, and what it counts on its way. */
    private final class Run {
        private final long start = System.nanoTime();
        private final KeySampler sampler;
        private final ColumnInference inference;
        private final IndexedTables indexed;

        Run(WaitCheck check) {
            sampler = new KeySampler(client, check);
            inference = new ColumnInference(sampler, sampleSize);
            indexed = new IndexedTables(inference, keySeparator);
        }

        List<InferredTable> tables(List<DeclaredTable> declared, boolean discover, Set<String> reserved) {
            boolean infers = declared.stream().anyMatch(Run::asksForColumns);
            List<IndexDefinition> indexes = discover || infers ? indexes() : List.of();
            List<InferredTable> tables = new ArrayList<>();
            if (discover) {
                tables.addAll(found(indexes, reserved));
            }
            Iterator<ColumnInference.Found> columns = columns(declared).iterator();
            for (DeclaredTable table : declared) {
                tables.removeIf(other -> other.definition().name().equalsIgnoreCase(table.name()));
                tables.add(complete(table, asksForColumns(table) ? columns.next() : null, indexes));
            }
            return tables;
        }

        private List<IndexDefinition> indexes() {
            return IndexListing.read(sampler::send).stream()
                    .map(IndexInfo::definition)
                    .toList();
        }

        private List<InferredTable> found(List<IndexDefinition> indexes, Set<String> reserved) {
            KeyTree tree = new KeyTree(keySeparator, sampleSize);
            boolean all = sampler.walk(KeyWalk.all(MAX_WALKED_KEYS), key -> {
                tree.add(key);
                return true;
            });
            List<KeyGroup.Named> groups = new ArrayList<>(tree.groups());
            groups.sort(Comparator.comparingLong(
                            (KeyGroup.Named group) -> group.keys().count())
                    .reversed()
                    .thenComparing(group -> group.pattern().toString()));
            List<TableDraft> drafts = new ArrayList<>(new TypedGroups(sampler, inference, sampleSize)
                    .drafts(groups.subList(0, Math.min(MAX_PATTERNS, groups.size()))));
            indexed.addTo(drafts, indexes);
            List<InferredTable> tables = named(drafts, reserved);
            LOG.debug(
                    "found {} tables in {} ms: {} keys walked ({}), {} patterns, {} keys sampled, {} search indexes,"
                            + " {} commands",
                    tables.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                    tree.count(),
                    all ? "all" : "a part",
                    groups.size(),
                    drafts.stream()
                            .mapToInt(draft -> draft.sampledKeys().size())
                            .sum(),
                    indexes.size(),
                    sampler.commands());
            return tables;
        }

        private static List<InferredTable> named(List<TableDraft> drafts, Set<String> reserved) {
            drafts.sort(Comparator.comparingDouble(TableDraft::keyCount)
                    .reversed()
                    .thenComparing(draft -> draft.pattern().toString())
                    .thenComparing(TableDraft::type));
            List<InferredTable> tables = new ArrayList<>();
            Set<String> names = new HashSet<>();
            reserved.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
            Set<String> patterns = new HashSet<>();
            for (TableDraft draft : drafts) {
                boolean commonest = patterns.add(draft.pattern().toString());
                String name = commonest
                        ? draft.name()
                        : draft.name() + "_" + draft.type().modelName();
                List<SystemColumn> system = draft.opaque() ? List.of(SystemColumn.DOCUMENT) : List.of();
                DeclaredTable table =
                        new DeclaredTable(unused(name, names), draft.type(), draft.pattern(), null, null, null, system);
                tables.add(InferredTable.of(
                        table, draft.columns(), draft.remarks(draft.keyCount() > 0 ? SAMPLED : INDEXED)));
            }
            tables.sort(Comparator.comparing(table -> table.definition().name()));
            return tables;
        }

        private static String unused(String name, Set<String> names) {
            String candidate = name;
            for (int i = 2; !names.add(candidate.toLowerCase(Locale.ROOT)); i++) {
                candidate = name + "_" + i;
            }
            return candidate;
        }

        private static boolean asksForColumns(DeclaredTable table) {
            return table.inferColumns() && ColumnInference.hasColumns(table.type());
        }

        /** What samples of those tables' keys say that leave columns out. */
        private List<ColumnInference.Found> columns(List<DeclaredTable> declared) {
            return inference.columns(declared.stream()
                    .filter(Run::asksForColumns)
                    .map(table -> new ColumnInference.Sample(table.type(), keys(table)))
                    .toList());
        }

        /** The table with the columns that its model left out; {@code found} is null if it leaves none out. */
        private InferredTable complete(
                DeclaredTable table, ColumnInference.@Nullable Found found, List<IndexDefinition> indexes) {
            TableDraft draft = new TableDraft(table.name(), table.key(), table.type(), 0);
            if (found != null) {
                draft.add(found);
                for (IndexDefinition index : indexes) {
                    String only = table.index();
                    if (only == null || only.equals(index.name())) {
                        indexed.describe(draft, index);
                    }
                }
            }
            return InferredTable.of(table, draft.columns(), draft.remarks(DECLARED));
        }

        private List<String> keys(DeclaredTable table) {
            if (table.key().isSingleKey()) {
                return List.of(table.key().toString());
            }
            KeyGroup keys = new KeyGroup(sampleSize, new SplittableRandom(42));
            sampler.walk(new KeyWalk(table.key().glob(), table.type(), MAX_WALKED_KEYS), key -> {
                if (table.key().match(key).isPresent()) {
                    keys.add(key);
                }
                return keys.count() < (long) CHOICE * sampleSize;
            });
            return keys.sample();
        }
    }
}
