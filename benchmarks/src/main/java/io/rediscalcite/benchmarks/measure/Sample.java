package io.rediscalcite.benchmarks.measure;

import java.util.Map;

/**
 * What one run gave.
 *
 * @param values what was measured
 * @param answer a digest of the answer: all contenders of a case must give the same one; empty where there is nothing to compare
 */
public record Sample(Map<Metric, Double> values, String answer) {
    public Sample {
        values = Map.copyOf(values);
    }
}
