package io.rediscalcite.jdbc.function;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregates PERCENTILE_CONT and PERCENTILE_DISC. Generated code makes them and calls them. */
public final class Percentile {
    private Percentile() {}

    /** The values so far. */
    public static final class State {
        private final List<Object> values = new ArrayList<>();
        private double fraction;

        private State with(Object share, Object value) {
            fraction = ((Number) share).doubleValue();
            values.add(value);
            return this;
        }
    }

    /** PERCENTILE_CONT: the number at a share of the ordered numbers, between two of them if need be. */
    public static final class Continuous {
        /** The aggregate of nothing. */
        public State init() {
            return new State();
        }

        /** {@code state} with one more value. */
        public State add(State state, Object fraction, Object value) {
            return state.with(fraction, ((Number) value).doubleValue());
        }

        /** The number, or null if there are none. */
        public @Nullable Double result(State state) {
            List<Object> values = state.values;
            if (values.isEmpty()) {
                return null;
            }
            values.sort(Percentile::compare);
            double place = state.fraction * (values.size() - 1);
            double low = (Double) values.get((int) Math.floor(place));
            double high = (Double) values.get((int) Math.ceil(place));
            return low == high ? low : low + (high - low) * (place - Math.floor(place));
        }
    }

    /** PERCENTILE_DISC: the first of the ordered values up to which there is a share of them. */
    public static final class Discrete {
        /** The aggregate of nothing. */
        public State init() {
            return new State();
        }

        /** {@code state} with one more value. */
        public State add(State state, Object fraction, Object value) {
            return state.with(fraction, value);
        }

        /** The value, or null if there are none. */
        public @Nullable Object result(State state) {
            List<Object> values = state.values;
            if (values.isEmpty()) {
                return null;
            }
            values.sort(Percentile::compare);
            return values.get(Math.max(0, (int) Math.ceil(state.fraction * values.size()) - 1));
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // The values of a column are of one class.
    private static int compare(Object left, Object right) {
        return left instanceof String text
                ? CodePointOrder.INSTANCE.compare(text, (String) right)
                : ((Comparable) left).compareTo(right);
    }
}
