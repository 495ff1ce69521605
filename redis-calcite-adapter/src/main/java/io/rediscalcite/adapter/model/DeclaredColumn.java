package io.rediscalcite.adapter.model;

import org.jspecify.annotations.Nullable;

/**
 * A column as a model declares it.
 *
 * @param type null where the model leaves it out: VARCHAR, or what sampling finds if the table asks for that
 * @param field the hash field, stream field or label, null for the column's own name
 * @param path the JSONPath, null for {@code $.name}
 * @param format see {@link Column#format()}
 * @param generated see {@link Column#generated()}
 */
public record DeclaredColumn(
        String name,
        @Nullable ColumnType type,
        @Nullable String field,
        @Nullable String path,
        @Nullable String format,
        @Nullable Generated generated) {
    public DeclaredColumn(
            String name,
            @Nullable ColumnType type,
            @Nullable String field,
            @Nullable String path,
            @Nullable String format) {
        this(name, type, field, path, format, null);
    }
}
