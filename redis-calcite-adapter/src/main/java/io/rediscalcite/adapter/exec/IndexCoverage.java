package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Whether indexes hold a document for each row of a table, which no command tells: one made with SKIPINITIALSCAN looks like any
 * other, and a prefix may take in keys that are no rows. So the keys are counted once, and documents and rows must be as many.
 *
 * <p>That no row is missing is taken for granted of an index that the model names or CREATE INDEX made. For results that need each document to be a
 * row, the count is made for those too, and made again when other keys have come or gone for a while.
 */
final class IndexCoverage {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Counts the rows of a table by a scan of its keys. */
    @FunctionalInterface
    interface RowCount {
        long of(TableDefinition table, Execution execution);
    }

    private record Subject(String table, KeyPattern pattern, IndexDefinition index) {}

    /**
     * What was counted.
     *
     * @param others keys of the database that were no documents
     */
    private record Count(long rows, long fewestDocuments, long mostDocuments, long others, long nanos) {
        boolean isFull() {
            return rows == fewestDocuments && rows == mostDocuments;
        }

        boolean lacksNothing() {
            return rows >= fewestDocuments && rows <= mostDocuments;
        }

        boolean isOld() {
            return System.nanoTime() - nanos > PATIENCE_NANOS;
        }
    }

    private final IndexCatalog catalog;
    private final RowCount rowCount;
    private final Map<Subject, Count> counts = new ConcurrentHashMap<>();

    IndexCoverage(IndexCatalog catalog, RowCount rowCount) {
        this.catalog = catalog;
        this.rowCount = rowCount;
    }

    private static Subject subject(TableDefinition table, IndexDefinition index) {
        return new Subject(table.name(), table.key(), index);
    }

    /**
     * Counts if that is needed and wasn't done.
     *
     * @param exactly whether each document must be a row
     * @throws IndexUnfitException if documents and rows don't match
     */
    void check(TableDefinition table, IndexDefinition index, boolean exactly, IndexCall call, Execution execution) {
        if (isVouchedFor(table, index, exactly)) {
            return;
        }
        Subject subject = subject(table, index);
        Count count = counts.get(subject);
        boolean good = count != null && (exactly ? count.isFull() : count.lacksNothing());
        if (count == null || (!good && count.isOld())) {
            count = count(table, index, call, execution);
            counts.put(subject, count);
        }
        if (exactly ? !count.isFull() : !count.lacksNothing()) {
            throw new IndexUnfitException(
                    "it had " + count.mostDocuments() + " documents for " + count.rows() + " rows");
        }
    }

    private Count count(TableDefinition table, IndexDefinition index, IndexCall call, Execution execution) {
        IndexState before = call.ask(index, IndexCoverage::nothingElse).state();
        long rows = rowCount.of(table, execution);
        IndexState after = call.ask(index, IndexCoverage::nothingElse).state();
        long documents = before.info().documents();
        long later = after.info().documents();
        return new Count(
                rows, Math.min(documents, later), Math.max(documents, later), after.keys() - later, System.nanoTime());
    }

    private static void nothingElse(Commands commands) {}

    private boolean isVouchedFor(TableDefinition table, IndexDefinition index, boolean exactly) {
        List<KeyPattern.Segment> segments = table.key().segments();
        boolean anyKey = segments.get(segments.size() - 1) instanceof KeyPattern.Wildcard
                && segments.size() <= 2
                && index.prefixes().equals(List.of(table.key().literalPrefix()));
        return catalog.isVouchedFor(table, index) && (anyKey || !exactly);
    }

    /**
     * Checks the count against what came with an answer that needs each document to be a row.
     *
     * @throws IndexUnfitException if other keys came or went since, a while ago; the next query counts again
     */
    void confirm(TableDefinition table, IndexDefinition index, IndexState state) {
        Count count = counts.get(subject(table, index));
        if (count != null && count.isOld() && state.keys() - state.info().documents() != count.others()) {
            counts.remove(subject(table, index));
            throw new IndexUnfitException("keys came or went since its documents were counted");
        }
    }
}
