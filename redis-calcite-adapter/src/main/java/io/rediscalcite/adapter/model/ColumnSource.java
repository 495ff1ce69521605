package io.rediscalcite.adapter.model;

import java.util.regex.Pattern;

/** Where in Redis a column's value comes from. */
public sealed interface ColumnSource {
    /** The key's name: {@code _key}. */
    record Key() implements ColumnSource {}

    /** A part of the key's name: {@code {part}} in the pattern. */
    record KeyPart(String part) implements ColumnSource {}

    /** A field of a hash or of a stream entry. */
    record Field(String field) implements ColumnSource {}

    /** A path into a JSON document. */
    record JsonPath(String path) implements ColumnSource {
        private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        private static final Pattern QUOTED_NAME = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'");
        private static final Pattern MANY_MATCHES = Pattern.compile("\\*|\\.\\.|\\[\\s*\\?|\\[[^\\]]*[:,]");

        /** The path of a document's member. */
        public static JsonPath ofMember(String member) {
            return new JsonPath(
                    PLAIN_NAME.matcher(member).matches()
                            ? "$." + member
                            : "$[\"" + member.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]");
        }

        /**
         * Whether the path, such as {@code $..price} or {@code $["a","b"]}, can match more than once in a document, so that its
         * value is the array of all matches.
         */
        public boolean matchesMany() {
            return MANY_MATCHES
                    .matcher(QUOTED_NAME.matcher(path).replaceAll("name"))
                    .find();
        }
    }

    /** A label of a time series. */
    record Label(String label) implements ColumnSource {}

    /** Whether the key's name tells it: the name itself, or a part of it. */
    default boolean isOfName() {
        return this instanceof Key || this instanceof KeyPart;
    }

    /** The source in words for a person: {@code field name}. */
    default String describe() {
        if (this instanceof Key) {
            return "the key";
        } else if (this instanceof KeyPart part) {
            return "the part {" + part.part() + "} of the key";
        } else if (this instanceof Field field) {
            return "field " + field.field();
        } else if (this instanceof JsonPath path) {
            return "JSONPath " + path.path();
        } else if (this instanceof Label label) {
            return "label " + label.label();
        }
        return ((Builtin) this).description;
    }

    /** What the key's type gives by itself, and what the server knows of every key. */
    enum Builtin implements ColumnSource {
        /** Of a string, the value; of a time series, the sample's value. */
        VALUE("the value"),
        MEMBER("the member"),
        POSITION("the element's position, from 0"),
        ELEMENT("the element"),
        SCORE("the member's score"),
        RANK("the member's rank, from 0"),
        ENTRY_ID("the entry's id"),
        TIMESTAMP("the time of the entry or sample"),
        SEQUENCE("the number behind the dash of the entry's id"),
        DOCUMENT("the whole document"),
        TTL("milliseconds until the key expires, NULL for never"),
        SLOT("the key's hash slot"),
        NODE("the master that has the key"),
        MEMORY("bytes of memory that the key takes"),
        IDLE("seconds since the key was last used"),
        TYPE("the key's Redis type"),
        ENCODING("how the server holds the value");

        private final String description;

        Builtin(String description) {
            this.description = description;
        }
    }
}
