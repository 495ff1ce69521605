package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.error.WriteException;
import io.rediscalcite.adapter.exec.Execution;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.query.WriteQuery.Operation;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;

/** Runs writes on a client. */
public final class WriteExecutor {
    private final RedisClient client;
    private final WriteOptions options;

    public WriteExecutor(RedisClient client, WriteOptions options) {
        this.client = client;
        this.options = options;
    }

    /**
     * Writes the rows once they are asked for; the one value that comes is how many were written. In a {@link WriteBatch} they
     * may be under way still, and 0 comes.
     *
     * @param readsWhatItWrites whether all rows must be read before the first is written
     * @throws WriteException from the enumerator, if not all were written
     */
    public Enumerable<Object> run(
            WriteQuery query, boolean readsWhatItWrites, DataContext context, Enumerable<Object[]> rows) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return Linq4j.singletonEnumerator(written(query, readsWhatItWrites, context, rows));
            }
        };
    }

    private long written(WriteQuery query, boolean readsWhatItWrites, DataContext context, Enumerable<Object[]> rows) {
        boolean alone =
                readsWhatItWrites || (query.operation() != Operation.INSERT && query.found() != WriteQuery.Found.NAMED);
        WriteBatch batch = context.get(WriteBatch.CONTEXT_NAME) instanceof WriteBatch given ? given : null;
        int entry = batch == null ? 0 : batch.currentEntry();
        if (!alone && batch != null) {
            add(rows, batch.session(entries -> session(query, context, entries)), entry);
            return 0;
        }
        try (WriteSession session = session(query, context, 0)) {
            return finished(session, () -> {
                        if (alone) {
                            try (Enumerator<Object[]> source = rows.enumerator()) {
                                RowSpool.through(source, row -> session.add(row, entry));
                            }
                        } else {
                            add(rows, session, entry);
                        }
                    })
                    .written();
        }
    }

    private WriteSession session(WriteQuery query, DataContext context, int entries) {
        GeneratedKeys keys = context.get(GeneratedKeys.CONTEXT_NAME) instanceof GeneratedKeys wanted ? wanted : null;
        return new WriteSession(client, query, options, new Execution(context, Map.of()), entries, keys);
    }

    private static void add(Enumerable<Object[]> rows, WriteSession session, int entry) {
        try (Enumerator<Object[]> source = rows.enumerator()) {
            while (source.moveNext()) {
                session.add(source.current(), entry);
            }
        }
    }

    /** Runs {@code work}, which adds rows, and waits for all of them; whatever ends it early is told with what became of them. */
    static WriteOutcome finished(WriteSession session, Runnable work) {
        WriteOutcome outcome;
        try {
            work.run();
            outcome = session.finish();
        } catch (RuntimeException early) {
            session.stop().check(early);
            throw early;
        }
        outcome.check(null);
        return outcome;
    }
}
