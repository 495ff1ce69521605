package io.rediscalcite.benchmarks.measure;

import java.util.Locale;

/** What a run is measured by. Less is better, of each. */
public enum Metric {
    /** Seconds on the clock, for one run, or the median of many short ones. */
    TIME("time", true),
    /** Seconds of the clock that 99 of 100 short runs stay under. */
    P99("p99", true),
    /** Seconds that the server's processors worked, by INFO cpu. */
    SERVER_CPU("server CPU", true),
    /** How often the server read from a connection, by INFO stats: each round trip is one such read or more. */
    SERVER_READS("server reads", false),
    /** How many SCAN commands the server ran. */
    SCANS("SCANs", false),
    /** MiB of the heap in use after a garbage collection. */
    HEAP("heap MiB", false);

    private final String label;
    private final boolean seconds;

    Metric(String label, boolean seconds) {
        this.label = label;
        this.seconds = seconds;
    }

    /** A word or two for a person. */
    public String label() {
        return label;
    }

    /** A value with its unit: {@code 2.41 s}, {@code 0.38 ms}, {@code 12}. */
    public String format(double value) {
        if (!seconds) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return value < 0.1
                ? String.format(Locale.ROOT, "%.2f ms", value * 1000)
                : String.format(Locale.ROOT, "%.2f s", value);
    }
}
