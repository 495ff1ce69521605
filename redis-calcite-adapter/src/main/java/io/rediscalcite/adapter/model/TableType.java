package io.rediscalcite.adapter.model;

import java.util.Locale;
import java.util.Optional;

/** A kind of table: one for each Redis data type whose keys can be rows. */
public enum TableType {
    HASH("hash"),
    JSON("ReJSON-RL"),
    STRING("string"),
    SET("set"),
    LIST("list"),
    ZSET("zset"),
    STREAM("stream"),
    TIMESERIES("TSDB-TYPE");

    private final String redisType;

    TableType(String redisType) {
        this.redisType = redisType;
    }

    /** The name that TYPE answers and that SCAN's TYPE option takes. */
    public String redisType() {
        return redisType;
    }

    /** The name in a model: {@code "type": "hash"}. */
    public String modelName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The table type of a key of which TYPE answers {@code redisType}; empty for types that are no table. */
    public static Optional<TableType> ofRedisType(String redisType) {
        for (TableType type : values()) {
            if (type.redisType.equals(redisType)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
