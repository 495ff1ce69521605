package io.rediscalcite.jdbc.function;

import org.jspecify.annotations.Nullable;

/** The aggregate CORR: Pearson's coefficient of two numbers over the rows that have both. Generated code makes it and calls it. */
public final class Correlation {
    /** Means, and sums of the products of deviations from them, which stay exact where sums of squares would not. */
    public static final class State {
        private long count;
        private double meanY;
        private double meanX;
        private double yy;
        private double xx;
        private double xy;
    }

    /** The aggregate of nothing. */
    public State init() {
        return new State();
    }

    /** {@code state} with one more pair of numbers. */
    public State add(State state, Object y, Object x) {
        state.count++;
        double fromY = ((Number) y).doubleValue() - state.meanY;
        double fromX = ((Number) x).doubleValue() - state.meanX;
        state.meanY += fromY / state.count;
        state.meanX += fromX / state.count;
        double toX = ((Number) x).doubleValue() - state.meanX;
        state.yy += fromY * (((Number) y).doubleValue() - state.meanY);
        state.xx += fromX * toX;
        state.xy += fromY * toX;
        return state;
    }

    /** The coefficient, or null if one of the numbers never changes. */
    public @Nullable Double result(State state) {
        if (state.yy <= 0 || state.xx <= 0) {
            return null;
        }
        return Math.max(-1, Math.min(1, state.xy / Math.sqrt(state.yy) / Math.sqrt(state.xx)));
    }
}
