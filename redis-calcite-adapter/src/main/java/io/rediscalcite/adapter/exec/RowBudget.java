package io.rediscalcite.adapter.exec;

/** How many rows a limited query still wants, and how many keys are on their way to become rows. */
final class RowBudget {
    private final boolean unlimited;
    private long left;
    private long underway;

    RowBudget(long rows) {
        this.unlimited = rows == Long.MAX_VALUE;
        this.left = rows;
    }

    /** How many of {@code keys} keys are worth fetching now, if each gives a row; they count as underway. */
    int take(int keys) {
        int granted = (int) Math.min(keys, Math.max(0, left - underway));
        underway += granted;
        return granted;
    }

    /** True if {@code keys} more keys, known but not fetched, wouldn't be enough. */
    boolean wantsMoreThan(long keys) {
        return left - underway > keys;
    }

    /** True if the query wants all rows there are. */
    boolean isUnlimited() {
        return unlimited;
    }

    /** A key that was underway gives no more rows. */
    void finish() {
        underway--;
    }

    void row() {
        left--;
    }

    /** Rows still wanted. */
    long left() {
        return Math.max(0, left);
    }
}
