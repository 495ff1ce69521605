package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.ColumnType;
import java.util.Map;

/**
 * What a sample of a column's values says of its type.
 *
 * @param type the narrowest type that holds each sampled value; VARCHAR without a value
 * @param samples rows looked at
 * @param nulls those of them without a value
 * @param valid those of them with a value that the type holds, which is all with a value
 * @param candidates how many values each type would hold, for every type that holds some
 */
public record InferredType(
        ColumnType type, int samples, int nulls, int valid, Map<ColumnType.Kind, Integer> candidates) {
    public InferredType {
        candidates = Map.copyOf(candidates);
    }

    /**
     * How likely the next value fits too, from 0 to 1: (valid + 1) / (valid + 2) after Laplace's rule of succession; 1 for
     * VARCHAR and JSON, which hold any value; 0 without a value.
     */
    public double confidence() {
        if (valid == 0) {
            return 0;
        }
        boolean holdsAll = type.kind() == ColumnType.Kind.VARCHAR || type.kind() == ColumnType.Kind.JSON;
        return holdsAll ? 1 : (valid + 1.0) / (valid + 2.0);
    }
}
