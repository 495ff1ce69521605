package io.rediscalcite.adapter.query;

import java.util.List;

/**
 * What a lookup join asks for at once: the tuples that {@link Operand.Lookup} takes its values from. The scan finds it in its
 * context, under {@link Operand.Lookup#CONTEXT_NAME}.
 *
 * <p>Whoever has reason to may have all rows read instead: the join, when it has asked so often that this is less, or the scan, when the
 * search index that knows the rows can't be trusted. The join then asks no more.
 */
public final class LookupBatch {
    private final List<Object[]> tuples;
    private volatile boolean everything;

    /** @param everything whether all rows are wanted, whatever the tuples say */
    public LookupBatch(List<Object[]> tuples, boolean everything) {
        this.tuples = List.copyOf(tuples);
        this.everything = everything;
    }

    /** An {@code Object[]} each, without NULLs. */
    public List<Object[]> tuples() {
        return tuples;
    }

    /** Has all rows read: those that aren't asked for, too. */
    public void readEverything() {
        everything = true;
    }

    public boolean readsEverything() {
        return everything;
    }
}
