package io.rediscalcite.adapter.model;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table, complete: what it is called, which type it has, where its value comes from.
 *
 * @param nullable false only for what every row has: {@code _key}, a member, a position, an entry's id, {@code _slot}
 * @param format how the text of a value is written where it isn't the type's own form: {@code epoch_millis},
 *     {@code epoch_seconds}, or a pattern of {@link java.time.format.DateTimeFormatter}; null for the type's own form
 * @param generated what makes the value that an INSERT leaves out, of a part of the key; null where nothing does
 */
public record Column(
        String name,
        ColumnType type,
        boolean nullable,
        ColumnSource source,
        @Nullable String format,
        @Nullable Generated generated) {
    public static final String KEY = "_key";
    public static final String TTL = "_ttl";

    public Column(String name, ColumnType type, boolean nullable, ColumnSource source) {
        this(name, type, nullable, source, null, null);
    }

    public Column(String name, ColumnType type, boolean nullable, ColumnSource source, @Nullable String format) {
        this(name, type, nullable, source, format, null);
    }
}
