package io.rediscalcite.adapter.search;

/** What became of a condition on its way to an index. */
public sealed interface Pushed {
    /** The text that finds every document. */
    String ALL = "*";

    /**
     * Query text.
     *
     * @param exact true if it finds the wanted rows alone; false if it may find others too
     */
    record Query(String text, boolean exact) implements Pushed {}

    /** No row can fulfil the condition: it compares with NULL, or with a value that no row can have. */
    record NoRows() implements Pushed {}

    /** The index can't find all wanted rows. */
    record Declined(String why) implements Pushed {}
}
