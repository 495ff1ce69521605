package io.rediscalcite.benchmarks.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A goal: {@code value} of a case is at most {@code most} times {@code reference}, plus {@code allowance}.
 *
 * @param most infinite where the ratio is to be told, and there is no goal
 * @param reference null where {@code most} is an absolute value, in the metric's unit
 * @param allowance added to the limit, in the metric's unit
 */
public record Target(Figure value, double most, @Nullable Figure reference, double allowance) {
    /** The least value that a contender reached in a metric. */
    public record Figure(String contender, Metric metric) {
        @Override
        public String toString() {
            return contender + (metric == Metric.TIME ? "" : " (" + metric.label() + ")");
        }
    }

    public static Target atMost(String contender, Metric metric, double most) {
        return new Target(new Figure(contender, metric), most, null, 0);
    }

    /** The time of {@code contender} is at most {@code ratio} times {@code reference}. */
    public static Target ratio(String contender, double ratio, Figure reference) {
        return new Target(new Figure(contender, Metric.TIME), ratio, reference, 0);
    }

    /** No goal, but the time of {@code contender} beside {@code reference} is worth telling. */
    public static Target none(String contender, Figure reference) {
        return ratio(contender, Double.POSITIVE_INFINITY, reference);
    }

    /** Whether there is something to be met. */
    public boolean isGoal() {
        return most < Double.POSITIVE_INFINITY;
    }

    /** {@code contender} is at least {@code times} as fast as {@code other}. */
    public static Target fasterThan(String contender, double times, String other) {
        return ratio(contender, 1 / times, new Figure(other, Metric.TIME));
    }

    /** The same with {@code seconds} more allowed. */
    public Target plus(double seconds) {
        return new Target(value, most, reference, seconds);
    }

    /** The target as a sentence. */
    public String text() {
        if (reference == null) {
            return value + " at most " + value.metric().format(most);
        }
        if (!isGoal()) {
            return value + " beside " + reference;
        }
        if (most < 1) {
            return value + " at least " + number(1 / most) + " times as fast as " + reference;
        }
        String more = allowance == 0 ? "" : " plus " + value.metric().format(allowance);
        return value + " at most " + number(most) + " times " + reference + more;
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What was reached, in the words of {@link #text}; and whether that is enough. */
    public Verdict judge(CaseResult result) {
        Double reached = result.least(value);
        Double base = reference == null ? Double.valueOf(1) : result.least(reference);
        if (reached == null || base == null) {
            return new Verdict(this, "not measured", !isGoal());
        }
        boolean met = reached <= most * base + allowance;
        if (reference == null) {
            return new Verdict(this, value.metric().format(reached), met);
        }
        double ratio = most < 1 ? base / reached : reached / base;
        String more = allowance == 0 ? "" : ", " + value.metric().format(reached) + " in all";
        return new Verdict(this, String.format(Locale.ROOT, "%.2f times", ratio) + more, met);
    }

    /** @param reached what was measured, for a person */
    public record Verdict(Target target, String reached, boolean met) {}
}
