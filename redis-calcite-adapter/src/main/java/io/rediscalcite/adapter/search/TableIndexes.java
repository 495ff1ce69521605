package io.rediscalcite.adapter.search;

import java.util.List;

/**
 * The search indexes over a table's keys, when its statement is planned.
 *
 * @param usable those that may answer, if they can be trusted when the query runs
 * @param refusals why the others may not, of those that are over keys of the table
 * @param soundValues false where a value that its column can't hold is read as NULL
 * @param aggregates whether they may compute groups
 * @param approximate whether they may round numbers, and count keys that have just expired
 */
public record TableIndexes(
        List<IndexDefinition> usable,
        List<Refusal> refusals,
        boolean soundValues,
        boolean aggregates,
        boolean approximate) {
    public static final TableIndexes NONE = new TableIndexes(List.of(), List.of(), true, false, false);

    /** Why an index may not answer. */
    public record Refusal(String index, String reason) {
        @Override
        public String toString() {
            return index + ": " + reason;
        }
    }

    public TableIndexes {
        usable = List.copyOf(usable);
        refusals = List.copyOf(refusals);
    }
}
