package io.rediscalcite.adapter.exec;

/** How many rows a limited query still wants, and how many keys are on their way to become rows. */
final class RowBudget {
    private long left;
    private long underway;

    RowBudget(long rows) {
        this.left = rows;
    }

    /** How many of {@code keys} keys are worth fetching now; they count as underway. */
    int take(int keys) {
        int granted = (int) Math.min(keys, Math.max(0, left - underway));
        underway += granted;
        return granted;
    }

    /** True if {@code keys} more keys, known but not fetched, wouldn't be enough. */
    boolean wantsMoreThan(long keys) {
        return left - underway > keys;
    }

    /** A key that was underway turned out to be a row, or none. */
    void settle(boolean row) {
        underway--;
        if (row) {
            left--;
        }
    }

    boolean isSpent() {
        return left <= 0;
    }
}
