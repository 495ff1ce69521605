package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.ColumnSource;
import java.util.Optional;

/**
 * In which of its own orders a key is read, and how much of it.
 *
 * @param column what it is ordered by: a position, a rank, a score, an entry's id, a time
 * @param first the rows of each key that are enough for what is above; empty for all
 */
public record RowOrder(ColumnSource column, boolean descending, Optional<First> first) {
    /**
     * The first {@code fetch} rows of each key behind the first {@code offset}, which are read too.
     *
     * @param withTies whether those with the last one's value are read too, for something else decides among them
     */
    public record First(Optional<Operand> offset, Operand fetch, boolean withTies) {}
}
