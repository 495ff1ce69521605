package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import java.util.List;

/** How the rows of one key are read, by the type of its table, the columns that are wanted and what they must meet. */
public sealed interface KeyRead {
    /** Nothing is sent: SCAN said that the key is there and of the table's type, and its name is all that is wanted. */
    record NameOnly() implements KeyRead {}

    /** Nothing is sent either, and not even the names are wanted: a row says how many keys a page of SCAN has. */
    record PageCounts() implements KeyRead {}

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

    /** SMISMEMBER: which of the members that the query names are there. */
    record SetLookup() implements KeyRead {}

    /** LRANGE in pages: each element a row. */
    record ListElements() implements KeyRead {}

    /** ZSCAN in pages, which gives every member even while others come and go: each a row, in no order. */
    record ZsetMembers() implements KeyRead {}

    /** ZRANGE by rank in pages: each member a row that knows its rank. */
    record ZsetRanks() implements KeyRead {}

    /**
     * ZRANGE BYSCORE in pages, each going on from the score at which the one before ended.
     *
     * @param ranks whether ZCOUNT must tell the rank of the first member
     */
    record ZsetScores(boolean ranks) implements KeyRead {}

    /**
     * ZMSCORE of the members that the query names.
     *
     * @param ranks whether ZRANK must tell each one's rank
     */
    record ZsetLookup(boolean ranks) implements KeyRead {}

    /** XRANGE or XREVRANGE in pages: each entry a row. */
    record StreamEntries() implements KeyRead {}

    /**
     * TS.RANGE or TS.REVRANGE in pages: each sample a row.
     *
     * @param labels whether TS.INFO must tell the series' labels
     */
    record Samples(boolean labels) implements KeyRead {}

    /** Commands that tell measures of all rows, each measure by its own: SCARD, LLEN, ZCOUNT, the first entry. */
    record Summary(KeyAggregate aggregate, boolean labels) implements KeyRead {}

    /** TS.RANGE … AGGREGATION in pages: each bucket a row, each measure by a command of its own. */
    record Buckets(KeyAggregate aggregate, boolean labels) implements KeyRead {}

    /** How members of sorted sets are best read: what names the fewest comes first. */
    static KeyRead ofSortedSet(RowFilter filter, boolean ordered, boolean wantsRank) {
        boolean ranks = wantsRank || filter.has(Builtin.RANK);
        if (filter.points(Builtin.MEMBER).isPresent()) {
            return new ZsetLookup(ranks);
        }
        if (filter.has(Builtin.RANK)) {
            return new ZsetRanks();
        }
        if (filter.has(Builtin.SCORE)) {
            return new ZsetScores(ranks);
        }
        return ordered || ranks ? new ZsetRanks() : new ZsetMembers();
    }

    /** The columns in whose order the rows of a key can come. */
    static List<ColumnSource> orders(KeyRead read) {
        if (read instanceof ListElements) {
            return List.of(Builtin.POSITION);
        }
        if (read instanceof ZsetMembers || read instanceof ZsetRanks || read instanceof ZsetScores) {
            return List.of(Builtin.SCORE, Builtin.RANK);
        }
        if (read instanceof StreamEntries) {
            return List.of(Builtin.TIMESTAMP, Builtin.ENTRY_ID);
        }
        return read instanceof Samples ? List.of(Builtin.TIMESTAMP) : List.of();
    }
}
