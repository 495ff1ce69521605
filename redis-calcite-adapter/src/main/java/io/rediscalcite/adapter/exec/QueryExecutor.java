package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.RedisQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
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
        List<NodeReader> readers = new ArrayList<>();
        Supplier<List<NodeReader>> more = List::of;
        try {
            Optional<List<TableKey>> named = named(query, selector, execution);
            if (named.isPresent()) {
                for (Map.Entry<RedisNode, List<TableKey>> entry :
                        byNode(named.get()).entrySet()) {
                    readers.add(NodeReader.named(
                            client.lease(client.reader(entry.getKey()), execution),
                            execution,
                            query,
                            selector,
                            entry.getValue(),
                            budget,
                            asked,
                            cluster));
                }
            } else {
                beforeScan.accept(execution);
                BiFunction<RedisNode, ScanWindow, NodeReader> opener = (node, window) -> NodeReader.scanning(
                        client.lease(client.reader(node), execution),
                        execution,
                        query,
                        selector,
                        window,
                        budget,
                        asked,
                        cluster);
                if (cluster) {
                    ClusterScan scan = new ClusterScan(client, execution, opener);
                    readers.addAll(scan.open());
                    more = scan::again;
                } else {
                    for (RedisNode node : client.masters(execution)) {
                        readers.add(opener.apply(node, new ScanWindow(node.endpoint())));
                    }
                }
            }
        } catch (RuntimeException failed) {
            readers.forEach(NodeReader::close);
            throw failed;
        }
        return new RowEnumerator(readers, more, budget, execution, query.width() == 1, offset, fetch);
    }

    /** The keys if the query names them or an index does; empty if they must be scanned for. */
    private Optional<List<TableKey>> named(RedisQuery query, KeySelector selector, Execution execution) {
        Optional<IndexRead> read = query.index();
        return read.isEmpty() ? selector.named() : indexReader(execution).keys(query, read.get(), selector);
    }

    private IndexReader indexReader(Execution execution) {
        return new IndexReader(
                indexes, coverage, new IndexCall(client, execution), execution, !options.badValueIsNull());
    }

    private long countRows(TableDefinition table, Execution execution) {
        long rows = 0;
        try (Enumerator<Object> keys = open(RedisQuery.all(table).project(List.of(0)), execution)) {
            while (keys.moveNext()) {
                rows++;
            }
        }
        return rows;
    }

    private Map<RedisNode, List<TableKey>> byNode(List<TableKey> keys) {
        Map<RedisNode, List<TableKey>> byNode = new LinkedHashMap<>();
        for (TableKey key : keys) {
            byNode.computeIfAbsent(client.nodeOf(key.raw()), node -> new ArrayList<>())
                    .add(key);
        }
        return byNode;
    }
}
