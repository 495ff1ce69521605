package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are all read before the first is written, since what is written might be read again: the first few in memory, the
 * others in a temporary file.
 */
final class RowSpool {
    private static final int IN_MEMORY = 10_000;
    /** Object streams remember all that they wrote until they are reset. */
    private static final int RESET_AFTER = 1_000;

    private RowSpool() {}

    /** Reads all rows, then gives each to {@code taker}. */
    static void through(Enumerator<Object[]> rows, Consumer<@Nullable Object[]> taker) {
        List<@Nullable Object[]> first = new ArrayList<>();
        while (first.size() < IN_MEMORY && rows.moveNext()) {
            first.add(rows.current());
        }
        if (first.size() < IN_MEMORY) {
            first.forEach(taker);
            return;
        }
        try {
            Path file = Files.createTempFile("redis-sql", ".rows");
            try {
                long more = fill(file, rows);
                first.forEach(taker);
                drain(file, more, taker);
            } finally {
                Files.delete(file);
            }
        } catch (IOException full) {
            throw new RedisSqlException(
                    SqlState.SERVER_LIMIT,
                    "the rows to be written can't be kept in a temporary file in "
                            + System.getProperty("java.io.tmpdir") + ": " + full.getMessage()
                            + ". Free space there, or write fewer rows in one statement",
                    full);
        }
    }

    private static long fill(Path file, Enumerator<Object[]> rows) throws IOException {
        long count = 0;
        try (ObjectOutputStream out =
                new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            while (rows.moveNext()) {
                out.writeObject(rows.current());
                if (++count % RESET_AFTER == 0) {
                    out.reset();
                }
            }
        }
        return count;
    }

    private static void drain(Path file, long count, Consumer<@Nullable Object[]> taker) throws IOException {
        try (ObjectInputStream in =
                new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (long i = 0; i < count; i++) {
                taker.accept((@Nullable Object[]) in.readObject());
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a class that was written a moment ago", e);
        }
    }
}
