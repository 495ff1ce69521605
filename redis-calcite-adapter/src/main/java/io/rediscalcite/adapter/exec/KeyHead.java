package io.rediscalcite.adapter.exec;

import org.jspecify.annotations.Nullable;

/** How many rows of one key are still wanted, where its first ones are enough. */
final class KeyHead {
    private static final int TIES = 10;

    private final boolean withTies;
    private long left;
    private @Nullable Object last;
    private boolean full;

    /** @param withTies whether rows in the last one's place are wanted too */
    KeyHead(long rows, boolean withTies) {
        this.left = rows;
        this.withTies = withTies;
    }

    /** How many rows are worth asking for: a few more than are wanted, if those that tie with the last are wanted too. */
    long ask() {
        return withTies && left < Long.MAX_VALUE - TIES ? left + TIES : left;
    }

    /** True if the next row, which has that place in the order, is wanted. */
    boolean takes(Object place) {
        if (left > 0) {
            left--;
            last = place;
            full = left == 0 && !withTies;
            return true;
        }
        full |= !(withTies && place.equals(last));
        return !full;
    }

    /** True if no further row is. */
    boolean isFull() {
        return full;
    }
}
