package io.rediscalcite.adapter.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A kind of table: one for each Redis data type whose keys can be rows, and one for keys of any type. */
public enum TableType {
    HASH("hash"),
    JSON("ReJSON-RL"),
    STRING("string"),
    SET("set"),
    LIST("list"),
    ZSET("zset"),
    STREAM("stream"),
    TIMESERIES("TSDB-TYPE"),
    /** A row is a key, of whichever type. No model declares such a table. */
    KEY("");

    /** The types that a model can declare, in the order in which messages name them. */
    public static final List<TableType> DECLARABLE =
            Arrays.stream(values()).filter(type -> type != KEY).toList();

    private final String redisType;

    TableType(String redisType) {
        this.redisType = redisType;
    }

    /** The name that TYPE answers and that SCAN's TYPE option takes; empty if keys of any type are rows. */
    public Optional<String> redisType() {
        return this == KEY ? Optional.empty() : Optional.of(redisType);
    }

    /** The name in a model: {@code "type": "hash"}. */
    public String modelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table type of a key of which TYPE answers {@code redisType}; empty for types that are no table. */
    public static Optional<TableType> ofRedisType(String redisType) {
        for (TableType type : DECLARABLE) {
            if (type.redisType.equals(redisType)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
