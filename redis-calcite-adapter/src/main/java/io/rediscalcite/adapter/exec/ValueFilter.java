package io.rediscalcite.adapter.exec;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.type.FloatingText;
import java.util.List;

/**
 * Which samples a query wants by their values: TS.RANGE's FILTER_BY_VALUE from the lowest to the highest of them, both
 * inside. Samples are finite.
 */
final class ValueFilter {
    private final RowSelector selector;
    private final boolean present;
    private final double from;
    private final double to;

    private ValueFilter(RowSelector selector, boolean present, double from, double to) {
        this.selector = selector;
        this.present = present;
        this.from = from;
        this.to = to;
    }

    static ValueFilter of(RowSelector selector) {
        List<Range<Double>> ranges = selector.doubles(Builtin.VALUE);
        if (!selector.has(Builtin.VALUE) || ranges.isEmpty()) {
            return new ValueFilter(selector, false, 0, 0);
        }
        Range<Double> first = ranges.get(0);
        Range<Double> last = ranges.get(ranges.size() - 1);
        double from =
                first.lowerBoundType() == BoundType.OPEN ? Math.nextUp(first.lowerEndpoint()) : first.lowerEndpoint();
        double to =
                last.upperBoundType() == BoundType.OPEN ? Math.nextDown(last.upperEndpoint()) : last.upperEndpoint();
        return new ValueFilter(selector, true, finite(from), finite(to));
    }

    private static double finite(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    /** Words that it adds to a command. */
    int words() {
        return present ? 3 : 0;
    }

    void write(Commands commands) {
        if (present) {
            commands.arg("FILTER_BY_VALUE").arg(FloatingText.of(from)).arg(FloatingText.of(to));
        }
    }

    /** True if the sample is wanted whose value the cursor is at. */
    boolean accepts(Replies.Cursor value) {
        return !present || selector.accepts(Builtin.VALUE, Double.parseDouble(value.text()));
    }
}
