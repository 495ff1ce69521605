package io.rediscalcite.adapter.query;

import java.util.List;

/** How the rows of one key are read, by the type of its table and the columns that are wanted. */
public sealed interface KeyRead {
    /** Nothing is sent: SCAN said that the key is there and of the table's type, and its name is all that is wanted. */
    record NameOnly() implements KeyRead {}

    /** TYPE says whether the key is a row. */
    record Existence() implements KeyRead {}

    /** HMGET of some fields. */
    record HashFields(List<String> fields) implements KeyRead {
        public HashFields {
            fields = List.copyOf(fields);
        }
    }

    /** GET. */
    record StringValue() implements KeyRead {}

    /**
     * JSON.GET of some paths.
     *
     * @param document whether the whole text is wanted too
     */
    record JsonPaths(List<String> paths, boolean document) implements KeyRead {
        public JsonPaths {
            paths = List.copyOf(paths);
        }
    }

    /** SSCAN in pages: each member a row. */
    record SetMembers() implements KeyRead {}

    /** LRANGE in pages: each element a row. */
    record ListElements() implements KeyRead {}

    /** ZSCAN in pages, which gives every member even while others come and go: each a row, in no order. */
    record ZsetMembers() implements KeyRead {}

    /** ZRANGE in pages, from the lowest score: each member a row that knows its rank. */
    record ZsetRanks() implements KeyRead {}

    /** XRANGE in pages: each entry a row. */
    record StreamEntries() implements KeyRead {}

    /**
     * TS.RANGE in pages: each sample a row.
     *
     * @param labels whether TS.INFO must tell the series' labels
     */
    record Samples(boolean labels) implements KeyRead {}
}
