package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.search.NewIndex;
import io.rediscalcite.adapter.type.Text;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and drops search indexes. Keys stay as they are. */
public final class IndexMaker {
    private static final Logger LOG = LoggerFactory.getLogger(IndexMaker.class);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PAUSE_MILLIS = 20;

    private final RedisClient client;
    private final IndexCatalog catalog;

    public IndexMaker(RedisClient client, IndexCatalog catalog) {
        this.client = client;
        this.catalog = catalog;
    }

    /**
     * Makes an index over a table's keys, and returns when all of them are in it; a cancelled statement leaves it to the server to
     * finish. Progress is logged once a second. What couldn't be taken in is a warning.
     *
     * @throws RedisSqlException FEATURE_NOT_SUPPORTED where the server has no search or is a cluster; whatever the server says
     */
    public void create(NewIndex index, TableDefinition table, Execution execution) {
        checkSupported();
        List<String> words = index.command(table);
        Commands commands = new Commands().begin(words.size());
        words.forEach(word -> commands.arg(Text.encode(word)));
        Replies.Cursor reply = send(commands, execution);
        boolean isThere =
                reply.isError() && reply.text().toLowerCase(Locale.ROOT).contains("already exists");
        if (reply.isError() && !(isThere && index.unlessThere())) {
            throw reply.error("FT.CREATE");
        }
        if (!isThere) {
            catalog.vouchFor(index.name());
        }
        await(index.name(), execution);
        catalog.forget();
    }

    /** The server builds it in the background and tells nobody when it is done, so it is asked again and again. */
    private void await(String name, Execution execution) {
        long told = System.nanoTime();
        while (true) {
            Optional<IndexInfo> info = IndexInfo.read(send(new Commands().add("FT.INFO", name), execution));
            if (info.isEmpty() || !info.get().building()) {
                info.filter(built -> built.failures() > 0)
                        .ifPresent(built -> execution.warn("index '" + name + "' couldn't take " + built.failures()
                                + " keys and answers no query: " + built.lastFailure()));
                return;
            }
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told = System.nanoTime();
                LOG.info(
                        "index '{}' is being built: {} documents, {} of the keys",
                        name,
                        info.get().documents(),
                        info.get().share());
            }
            execution.pause(PAUSE_MILLIS);
        }
    }

    /**
     * Drops an index.
     *
     * @param ifThere whether it is no mistake that there is none
     * @throws RedisSqlException as {@link #create}
     */
    public void drop(String name, boolean ifThere, Execution execution) {
        checkSupported();
        Replies.Cursor reply = send(new Commands().add("FT.DROPINDEX", name), execution);
        boolean unknown = reply.isError()
                && (reply.text().toLowerCase(Locale.ROOT).contains("unknown index name")
                        || reply.text().toLowerCase(Locale.ROOT).contains("no such index"));
        if (reply.isError() && !(unknown && ifThere)) {
            throw reply.error("FT.DROPINDEX");
        }
        catalog.dropped(name);
    }

    private void checkSupported() {
        if (client.server().mode() == Mode.CLUSTER) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "indexes can't be made on a cluster: one would be over the keys of one node");
        }
        if (!client.server().hasModule("search")) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server " + client.describe() + " has no search module, and so no indexes");
        }
    }

    private Replies.Cursor send(Commands commands, Execution execution) {
        Replies.Cursor reply = client.call(client.masters(execution).get(0), commands, execution)
                .cursor();
        reply.next();
        return reply;
    }
}
