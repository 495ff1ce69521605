package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.adapter.model.TableDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;

/**
 * The open databases, one for all connections that were told exactly the same: these share its client and threads, what it
 * knows of the servers, and the tables it found. The last of them to close closes it.
 *
 * <p>A connection that joins others asks the server for a sign of life first; where there is none, it connects anew, and so
 * learns what is wrong. The others keep what they have.
 */
final class SharedDatabases {
    /** Those of the running program. */
    static final SharedDatabases LIVE = new SharedDatabases(LiveDatabase::open);

    /** Tables found longer ago are found anew for a connection that joins; a pool that opens many at once finds them once. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Function<ConnectionSpec, Database> opener;
    private final Map<Key, Shared> open = new HashMap<>();

    /** @param opener connects, or throws what {@link #open} throws then */
    SharedDatabases(Function<ConnectionSpec, Database> opener) {
        this.opener = opener;
    }

    /** @param model the text of the model's file, which may change between two connections; empty without one */
    private record Key(ConnectionSpec spec, String model) {}

    /** A database and how many connections have it. */
    private static final class Shared {
        private final Key key;
        private final FutureTask<Database> opening;
        private int users;

        Shared(Key key, Function<ConnectionSpec, Database> opener) {
            this.key = key;
            this.opening = new FutureTask<>(() -> opener.apply(key.spec()));
        }

        /** The database, opened by whoever comes first; all that wait for it fail as one. */
        Database database() {
            opening.run();
            try {
                return opening.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof RuntimeException exception) {
                    throw exception;
                }
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RedisSqlException(
                        SqlState.CANCELLED, "the thread was interrupted while it waited for the connection", e);
            }
        }
    }

    /**
     * A lease of the database for {@code spec}; to close it gives it back.
     *
     * @throws RedisSqlException 08001 if no server answers, 28000 if it refuses the user, or whatever is wrong with the model
     */
    Database open(ConnectionSpec spec) {
        Key key = new Key(spec, LiveDatabase.modelText(spec));
        while (true) {
            Shared shared = join(key);
            boolean joined = shared.opening.isDone();
            try {
                Database database = shared.database();
                if (!joined || database.ping(spec.connectTimeoutMillis())) {
                    database.expireTables(System.nanoTime() - FRESH_NANOS);
                    return new Lease(this, shared, database, new AtomicBoolean());
                }
            } catch (RuntimeException | Error failed) {
                leave(shared, true);
                throw failed;
            }
            leave(shared, true);
        }
    }

    /** How many are open. */
    synchronized int size() {
        return open.size();
    }

    private synchronized Shared join(Key key) {
        Shared shared = open.computeIfAbsent(key, absent -> new Shared(absent, opener));
        shared.users++;
        return shared;
    }

    /** @param broken true if nobody else is to join */
    private void leave(Shared shared, boolean broken) {
        boolean last;
        synchronized (this) {
            last = --shared.users == 0;
            if (last || broken) {
                open.remove(shared.key, shared);
            }
        }
        if (last) {
            close(shared);
        }
    }

    private static void close(Shared shared) {
        try {
            shared.database().close();
        } catch (RuntimeException neverOpened) {
            // There is nothing to close then.
            return;
        }
    }

    /** One connection's share of a database. */
    private record Lease(SharedDatabases pool, Shared shared, Database database, AtomicBoolean closed)
            implements Database {
        @Override
        public CalciteSchema rootSchema() {
            return database.rootSchema();
        }

        @Override
        public String defaultSchema() {
            return database.defaultSchema();
        }

        @Override
        public Optional<TableDefinition> definition(Table table) {
            return database.definition(table);
        }

        @Override
        public PlanCache plans() {
            return database.plans();
        }

        @Override
        public OptionalDouble knownRows(Table table) {
            return database.knownRows(table);
        }

        @Override
        public boolean expireTables(long nanos) {
            return database.expireTables(nanos);
        }

        @Override
        public String serverVersion() {
            return database.serverVersion();
        }

        @Override
        public Map<String, String> serverInfo() {
            return database.serverInfo();
        }

        @Override
        public Map<String, List<String>> indexedColumns(Table table) {
            return database.indexedColumns(table);
        }

        @Override
        public boolean ping(int millis) {
            return database.ping(millis);
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                pool.leave(shared, false);
            }
        }
    }
}
