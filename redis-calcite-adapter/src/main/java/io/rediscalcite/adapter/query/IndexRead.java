package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That a search index may name the keys in place of a scan: those of all rows that fulfil a condition, and others perhaps. What
 * reads the rows must check the condition on them, and the keys are scanned for where the index can't be trusted when the query
 * runs.
 *
 * @param index its name
 * @param condition what the wanted rows fulfil
 * @param top which of those rows are enough; empty for all
 * @param share guess of the share of the table's rows that it names
 * @param command the command as EXPLAIN shows it, operands that aren't known yet by their texts
 */
public record IndexRead(String index, Condition condition, Optional<Top> top, double share, String command) {
    /**
     * The first rows by one column, or any rows.
     *
     * @param column empty for any order
     * @param nullsFirst whether rows without a value come first
     * @param offset rows that the query leaves out, which must be named too
     * @param fetch rows that it then wants
     */
    public record Top(
            Optional<Column> column, boolean descending, boolean nullsFirst, Optional<Operand> offset, Operand fetch) {}

    /** This with another share. */
    public IndexRead withShare(double newShare) {
        return new IndexRead(index, condition, top, newShare, command);
    }

    /** True if it is asked for values that a lookup join gives. */
    public boolean isLookup() {
        return operands().anyMatch(Operand.Lookup.class::isInstance);
    }

    /** All that it is asked with. */
    public Stream<Operand> operands() {
        Stream<Operand> rows =
                top.stream().flatMap(first -> Stream.concat(first.offset().stream(), Stream.of(first.fetch())));
        return Stream.concat(condition.allOperands(), rows);
    }

    @Override
    public String toString() {
        return command;
    }
}
