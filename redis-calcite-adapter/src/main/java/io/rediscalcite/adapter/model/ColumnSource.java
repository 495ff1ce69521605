package io.rediscalcite.adapter.model;

/** Where in Redis a column's value comes from. */
public sealed interface ColumnSource {
    /** The key's name: {@code _key}. */
    record Key() implements ColumnSource {}

    /** A part of the key's name: {@code {part}} in the pattern. */
    record KeyPart(String part) implements ColumnSource {}

    /** A field of a hash or of a stream entry. */
    record Field(String field) implements ColumnSource {}

    /** A path into a JSON document. */
    record JsonPath(String path) implements ColumnSource {}

    /** A label of a time series. */
    record Label(String label) implements ColumnSource {}

    /** What the key's type gives by itself, and what the server knows of every key. */
    enum Builtin implements ColumnSource {
        /** Of a string, the value; of a time series, the sample's value. */
        VALUE,
        MEMBER,
        POSITION,
        ELEMENT,
        SCORE,
        RANK,
        ENTRY_ID,
        TIMESTAMP,
        SEQUENCE,
        DOCUMENT,
        TTL,
        SLOT,
        NODE,
        MEMORY,
        IDLE
    }
}
