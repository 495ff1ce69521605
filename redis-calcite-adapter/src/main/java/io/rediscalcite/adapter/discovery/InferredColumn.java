package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.type.InferredType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table, and what its type was chosen by.
 *
 * @param table the table's name
 * @param index name of the search index that told the type; null where {@code origin} is another
 * @param sampled what the sampled values say; null where {@code origin} is another than {@link Origin#SAMPLE}, and where an
 *     index has an attribute that no sampled key has
 */
public record InferredColumn(
        String table, Column column, Origin origin, @Nullable String index, @Nullable InferredType sampled) {
    /** What told a column's type. */
    public enum Origin {
        /** The Redis type of the keys: a key, a score, an expiry have one type everywhere. */
        KEY_TYPE,
        /** The model declares it. */
        MODEL,
        /** It holds all sampled values. */
        SAMPLE,
        /** A search index has the attribute. */
        INDEX
    }

    /** How likely the next value fits the type, from 0 to 1: 1 where that is certain, 0.5 where no value was met. */
    public double confidence() {
        if (sampled != null && sampled.valid() > 0) {
            return sampled.confidence();
        }
        Kind kind = column.type().kind();
        boolean certain = origin == Origin.KEY_TYPE || origin == Origin.MODEL;
        return certain || kind == Kind.VARCHAR || kind == Kind.VARBINARY || kind == Kind.JSON ? 1 : 0.5;
    }
}
