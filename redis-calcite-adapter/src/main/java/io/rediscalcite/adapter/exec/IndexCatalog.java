package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.search.IndexListing;
import io.rediscalcite.adapter.search.IndexState;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's search indexes as they were a few seconds ago, for the planner. */
public final class IndexCatalog {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record IndexedColumn(String index, Column column) {}

    private record Snapshot(List<IndexState> indexes, long nanos) {}

    private final RedisClient client;
    private final boolean soundValues;
    private final boolean aggregates;
    private final boolean approximate;
    private final @Nullable String unavailable;
    private final Set<String> vouchedFor = ConcurrentHashMap.newKeySet();
    private final Map<IndexedColumn, Double> distinctValues = new ConcurrentHashMap<>();
    private @Nullable Snapshot snapshot;

    /**
     * @param on false if no index may answer
     * @param soundValues false where a value that its column can't hold is read as NULL
     * @param aggregates whether indexes may compute groups
     * @param approximate whether they may do so roughly
     */
    public IndexCatalog(
            RedisClient client,
            boolean on,
            int database,
            boolean soundValues,
            boolean aggregates,
            boolean approximate) {
        this.client = client;
        this.soundValues = soundValues;
        this.aggregates = aggregates;
        this.approximate = approximate;
        this.unavailable = unavailable(on, database);
    }

    private @Nullable String unavailable(boolean on, int database) {
        if (!on) {
            return "search=off";
        }
        if (client.server().mode() == Mode.CLUSTER) {
            return "on a cluster an index may cover one node's keys alone, or repeat rows";
        }
        return database == 0 ? null : "an index is over the keys of all logical databases";
    }

    /** The indexes over the table's keys; none where the server has no search module, or the user no permission for it. */
    public TableIndexes of(TableDefinition table, WaitCheck check) {
        boolean indexable = table.type() == TableType.HASH || table.type() == TableType.JSON;
        if (!indexable || "none".equals(table.index()) || !client.server().hasModule("search")) {
            return TableIndexes.NONE;
        }
        List<IndexDefinition> usable = new ArrayList<>();
        List<TableIndexes.Refusal> refusals = new ArrayList<>();
        for (IndexState state : snapshot(check).indexes()) {
            IndexDefinition index = state.info().definition();
            boolean meant = table.index() == null
                    ? index.type() == table.type() && index.touches(table.key().literalPrefix())
                    : table.index().equals(index.name());
            if (meant) {
                Optional<String> refusal = Optional.ofNullable(unavailable)
                        .or(() -> index.refusal(table))
                        .or(() -> state.lacking(false));
                refusal.ifPresentOrElse(
                        reason -> refusals.add(new TableIndexes.Refusal(index.name(), reason)),
                        () -> usable.add(index));
            }
        }
        if (table.index() != null && usable.isEmpty() && refusals.isEmpty()) {
            refusals.add(new TableIndexes.Refusal(
                    table.index(),
                    unavailable == null ? "there is no such index, or the user may not ask for it" : unavailable));
        }
        return new TableIndexes(usable, refusals, soundValues, aggregates, approximate);
    }

    /** About how many different values the column has in an index over its table; asked once for each. */
    public double distinctValues(String name, Column column, WaitCheck check) {
        IndexedColumn asked = new IndexedColumn(name, column);
        Double known = distinctValues.get(asked);
        if (known == null) {
            // Not within the map's own lock: whoever forgets would wait for the server, and for this catalog's lock, at
            // once.
            known = indexes(check).stream()
                    .filter(info -> info.definition().name().equals(name))
                    .findFirst()
                    .flatMap(info -> info.definition()
                            .identifier(column.source())
                            .map(identifier -> ValueSample.distinct(new IndexCall(client, check), info, identifier)))
                    .orElse(1.0);
            distinctValues.put(asked, known);
        }
        return known;
    }

    private List<IndexInfo> indexes(WaitCheck check) {
        Snapshot seen = lastSnapshot();
        return (seen == null ? snapshot(check) : seen)
                .indexes().stream().map(IndexState::info).toList();
    }

    /** The definition of an index as it was last seen; that it is still so must be checked with the query. */
    Optional<IndexDefinition> definition(String name, WaitCheck check) {
        return indexes(check).stream()
                .map(IndexInfo::definition)
                .filter(index -> index.name().equals(name))
                .findFirst();
    }

    /** Remembers that an index was made for all keys of its table. */
    void vouchFor(String name) {
        vouchedFor.add(name);
    }

    /** Whether no row of the table is missing in the index, as far as who made or named it knows. */
    boolean isVouchedFor(TableDefinition table, IndexDefinition index) {
        return index.name().equals(table.index()) || vouchedFor.contains(index.name());
    }

    /** Vouches no more for a name: the next index of it may be over fewer keys. */
    void dropped(String name) {
        vouchedFor.remove(name);
        forget();
    }

    /** Looks anew when it is next asked: an index was made or dropped. */
    public synchronized void forget() {
        snapshot = null;
        distinctValues.clear();
    }

    private synchronized @Nullable Snapshot lastSnapshot() {
        return snapshot;
    }

    private synchronized Snapshot snapshot(WaitCheck check) {
        Snapshot known = snapshot;
        if (known == null || System.nanoTime() - known.nanos() >= FRESH_NANOS) {
            known = read(check);
            snapshot = known;
        }
        return known;
    }

    private Snapshot read(WaitCheck check) {
        // Of a cluster each node knows its own; none of them answers, but EXPLAIN tells of them.
        Map<String, IndexInfo> byName = new LinkedHashMap<>();
        for (RedisNode node : client.masters(check)) {
            IndexListing.read(commands -> client.call(node, commands, check).cursor())
                    .forEach(info -> byName.putIfAbsent(info.definition().name(), info));
        }
        if (byName.isEmpty()) {
            return new Snapshot(List.of(), System.nanoTime());
        }
        Replies.Cursor keyspace = new IndexCall(client, check).send(new Commands().add("INFO", "keyspace"));
        keyspace.next();
        String text = keyspace.isError() ? "" : keyspace.text();
        return new Snapshot(
                byName.values().stream().map(info -> IndexState.of(info, text)).toList(), System.nanoTime());
    }
}
