package io.rediscalcite.adapter;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.ServerInfo;
import io.rediscalcite.adapter.discovery.Discovery;
import io.rediscalcite.adapter.discovery.RowEstimate;
import io.rediscalcite.adapter.exec.IndexCatalog;
import io.rediscalcite.adapter.exec.IndexMaker;
import io.rediscalcite.adapter.exec.QueryExecutor;
import io.rediscalcite.adapter.exec.ReadOptions;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.adapter.write.WriteExecutor;
import io.rediscalcite.adapter.write.WriteOptions;

/**
 * A connected Redis: its client, the options it was opened with, and what reads, finds and estimates tables on it.
 *
 * <p>Closing it frees every thread and socket.
 */
public final class RedisDatabase implements AutoCloseable {
    private final ConnectionSpec spec;
    private final RedisClient client;
    private final IndexCatalog indexes;
    private final QueryExecutor executor;
    private final WriteExecutor writer;
    private final Discovery discovery;
    private final RowEstimate estimate;

    private RedisDatabase(ConnectionSpec spec, RedisClient client) {
        this.spec = spec;
        this.client = client;
        this.estimate = new RowEstimate(client);
        this.indexes = new IndexCatalog(
                client,
                spec.search() == ConnectionSpec.Search.AUTO,
                spec.database(),
                spec.onBadValue() == ConnectionSpec.OnBadValue.ERROR,
                spec.aggregatePushdown() != ConnectionSpec.AggregatePushdown.NONE,
                spec.aggregatePushdown() == ConnectionSpec.AggregatePushdown.APPROXIMATE);
        this.executor = new QueryExecutor(
                client,
                new ReadOptions(
                        spec.batchSize(),
                        spec.scanCount(),
                        spec.prefetch(),
                        spec.parallelism(),
                        spec.onBadValue() == ConnectionSpec.OnBadValue.NULL,
                        spec.timeZone()),
                indexes,
                estimate::refresh);
        this.writer = new WriteExecutor(
                client, new WriteOptions(spec.batchSize(), spec.prefetch(), spec.writeRetries(), spec.timeZone()));
        this.discovery = new Discovery(client, spec.keySeparator(), spec.discoverSample());
    }

    /**
     * Connects.
     *
     * @throws io.rediscalcite.adapter.error.RedisSqlException 08001 if no server answers, 28000 if it refuses the user
     */
    public static RedisDatabase connect(ConnectionSpec spec) {
        return new RedisDatabase(spec, RedisClient.connect(ClientConfigs.of(spec)));
    }

    public ConnectionSpec spec() {
        return spec;
    }

    /** What the server said of itself when it was connected to. */
    public ServerInfo server() {
        return client.server();
    }

    /** True if the server answers within {@code timeoutMillis}. */
    public boolean ping(int timeoutMillis) {
        return client.ping(timeoutMillis);
    }

    RedisClient client() {
        return client;
    }

    QueryExecutor executor() {
        return executor;
    }

    IndexMaker indexMaker() {
        return new IndexMaker(client, indexes);
    }

    IndexCatalog indexes() {
        return indexes;
    }

    WriteExecutor writer() {
        return writer;
    }

    Discovery discovery() {
        return discovery;
    }

    RowEstimate estimate() {
        return estimate;
    }

    @Override
    public void close() {
        client.close();
    }
}
