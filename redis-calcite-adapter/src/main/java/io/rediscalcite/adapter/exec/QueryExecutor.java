package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.LookupBatch;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowFilter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.jspecify.annotations.Nullable;

/** Runs queries on a client: finds the nodes that have the keys, and opens a reader on each. */
public final class QueryExecutor {
    private final RedisClient client;
    private final ReadOptions options;
    private final Consumer<WaitCheck> beforeScan;
    private final IndexCatalog indexes;
    private final IndexCoverage coverage;

    /** @param beforeScan what to do before a query walks the keyspace */
    public QueryExecutor(
            RedisClient client, ReadOptions options, IndexCatalog indexes, Consumer<WaitCheck> beforeScan) {
        this.client = client;
        this.options = options;
        this.indexes = indexes;
        this.coverage = new IndexCoverage(indexes, this::countRows);
        this.beforeScan = beforeScan;
    }

    /**
     * The query's rows; nothing is sent before they are asked for. Each enumerator reads anew.
     *
     * @param correlated values of the correlated operands, by their text
     * @throws RedisSqlException from the enumerator, with the SQLState of what went wrong
     */
    public Enumerable<Object> run(RedisQuery query, DataContext context, Map<String, Object> correlated) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return open(query, new Execution(context, correlated));
            }
        };
    }

    /**
     * Groups that a search index computes, a row each; empty where it can't be trusted to compute them now.
     *
     * @param correlated values of the correlated operands, by their text
     */
    public Optional<List<@Nullable Object[]>> aggregate(
            IndexAggregate aggregate, DataContext context, Map<String, Object> correlated) {
        Execution execution = new Execution(context, correlated);
        return indexReader(execution).aggregate(aggregate);
    }

    private Enumerator<Object> open(RedisQuery query, Execution execution) {
        KeySelector selector = KeySelector.of(query, execution, options.zone());
        long offset = execution.rows(query.offset(), 0);
        long fetch = execution.rows(query.fetch(), Long.MAX_VALUE);
        if (fetch == 0
                || selector.acceptsNone()
                || RowSelector.of(query.rows(), execution).acceptsNone()) {
            return Linq4j.emptyEnumerator();
        }
        RowBudget budget = new RowBudget(fetch > Long.MAX_VALUE - offset ? Long.MAX_VALUE : fetch + offset);
        boolean cluster = client.server().mode() == Mode.CLUSTER;
        ReadOptions asked = options.withBatchSize(execution.batchSize(options.batchSize()));
        NodeReaders opener = new NodeReaders(client, new Reading(query, selector, execution, budget, asked, cluster));
        Optional<List<TableKey>> named = named(query, selector, execution);
        if (named.isPresent() && query.unasked()) {
            return names(query, named.get(), execution);
        }
        if (named.isEmpty()) {
            beforeScan.accept(execution);
        }
        List<NodeReader> readers = named.map(opener::ofKeys).orElseGet(opener::ofScan);
        return new RowEnumerator(readers, opener, budget, execution, query.width() == 1, offset, fetch);
    }

    /**
     * The masters that a scan of some slots or some nodes of a cluster reads, as things are now; none where it reads all, or
     * where it isn't known before it runs.
     */
    public List<String> nodes(RedisQuery query) {
        RowFilter places = query.keys().places();
        boolean known = places.operands().allMatch(Operand.Literal.class::isInstance);
        if (client.server().mode() != Mode.CLUSTER || places.isAll() || !known) {
            return List.of();
        }
        KeyFilter placed = KeyFilter.ALL;
        for (RowFilter.Condition condition : places.conditions()) {
            placed = placed.withPlace(condition);
        }
        Execution execution = new Execution(DataContexts.EMPTY, Map.of());
        KeySelector selector = KeySelector.of(query.withKeys(placed), execution, options.zone());
        BitSet slots = selector.slots();
        return client.masters().stream()
                .filter(selector::acceptsNode)
                .filter(master -> master.slots().stream()
                        .anyMatch(range ->
                                slots.get(range.first(), range.last() + 1).cardinality() > 0))
                .map(RedisNode::toString)
                .toList();
    }

    /** Rows of nothing but the keys' names. */
    private Enumerator<Object> names(RedisQuery query, List<TableKey> keys, Execution execution) {
        if (keys.isEmpty()) {
            return Linq4j.emptyEnumerator();
        }
        RowMaker maker = new RowMaker(query, options, client.nodeOf(keys.get(0).raw(), execution), execution, false);
        List<Object> rows = new ArrayList<>();
        for (TableKey key : keys) {
            @Nullable Object[] row = maker.start(key);
            rows.add(query.width() == 1 ? Objects.requireNonNull(row[0]) : row);
        }
        return Linq4j.enumerator(rows);
    }

    /** The keys if the query names them or an index does; empty if they must be scanned for. */
    private Optional<List<TableKey>> named(RedisQuery query, KeySelector selector, Execution execution) {
        Optional<IndexRead> read = query.index();
        if (read.isEmpty()) {
            return selector.named();
        }
        Optional<LookupBatch> batch = read.get().isLookup() ? execution.lookupBatch() : Optional.empty();
        boolean all = batch.map(LookupBatch::readsEverything).orElse(false);
        Optional<List<TableKey>> keys =
                all ? Optional.empty() : indexReader(execution).keys(query, read.get(), selector);
        if (keys.isEmpty()) {
            batch.ifPresent(LookupBatch::readEverything);
        }
        return keys;
    }

    private IndexReader indexReader(Execution execution) {
        return new IndexReader(
                indexes, coverage, new IndexCall(client, execution), execution, !options.badValueIsNull());
    }

    private long countRows(TableDefinition table, Execution execution) {
        KeyAggregate count = new KeyAggregate(Optional.empty(), List.of(KeyAggregate.Measure.COUNT));
        long rows = 0;
        try (Enumerator<Object> counts =
                open(RedisQuery.all(table).project(List.of()).withAggregate(count), execution)) {
            while (counts.moveNext()) {
                rows += (Long) counts.current();
            }
        }
        return rows;
    }
}
