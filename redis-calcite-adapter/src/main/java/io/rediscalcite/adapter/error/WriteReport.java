package io.rediscalcite.adapter.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of each row of a statement or batch that didn't write all of them.
 *
 * @param written how many rows are written for certain
 * @param succeededKeys their keys, in the order of the rows
 * @param failedKeys keys of the rows that aren't written for certain, in the order of the rows
 * @param errors for each failed or unknown key, why
 * @param unknownKeys keys of rows that were sent, and whose reply never came
 * @param entryErrors for each failed entry of a batch, counted from 0, why
 * @param counts for a batch, the rows that each entry wrote, {@link java.sql.Statement#EXECUTE_FAILED} where one of them failed
 */
public record WriteReport(
        long written,
        List<String> succeededKeys,
        List<String> failedKeys,
        Map<String, String> errors,
        List<String> unknownKeys,
        Map<Integer, String> entryErrors,
        List<Long> counts) {
    public WriteReport {
        succeededKeys = List.copyOf(succeededKeys);
        failedKeys = List.copyOf(failedKeys);
        errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
        unknownKeys = List.copyOf(unknownKeys);
        entryErrors = Map.copyOf(entryErrors);
        counts = List.copyOf(counts);
    }
}
