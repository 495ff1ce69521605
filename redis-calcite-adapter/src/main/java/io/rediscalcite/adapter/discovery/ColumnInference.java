package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a table's columns in a sample of its keys: every field, member or label met, with the narrowest type that fits all its
 * values.
 */
final class ColumnInference {
    /** A hash or document with more members than this is a dictionary, not a row; they are no columns. */
    private static final int MAX_MEMBERS = 1000;
    /** Larger keys are passed over, so that a sample is some megabytes at most. */
    private static final long MAX_BYTES = 1 << 20;

    private static final int MIN_ENTRIES = 5;

    private final KeySampler sampler;
    private final int sampleSize;

    /** @param sampleSize stream entries to be read of a table, about */
    ColumnInference(KeySampler sampler, int sampleSize) {
        this.sampler = sampler;
        this.sampleSize = sampleSize;
    }

    /**
     * What the keys of a table say.
     *
     * @param read the keys that were read
     * @param refused the keys that the command for the table's type failed on: mostly keys of another type
     * @param opaque whether these are JSON documents and none is an object with members for columns
     */
    record Found(List<FoundColumn> columns, List<String> read, List<String> refused, boolean opaque) {}

    /** Whether the keys of the type have columns beyond what the type gives all of them. */
    static boolean hasColumns(TableType type) {
        return type == TableType.HASH
                || type == TableType.JSON
                || type == TableType.STREAM
                || type == TableType.TIMESERIES;
    }

    Found columns(TableType type, List<String> keys) {
        return switch (type) {
            case HASH -> hashes(keys);
            case JSON -> documents(keys);
            case STREAM -> streams(keys);
            case TIMESERIES -> series(keys);
            case STRING, SET, LIST, ZSET, KEY -> new Found(List.of(), keys, List.of(), false);
        };
    }

    /** The columns of paths into JSON documents, for those paths that some document has. */
    List<FoundColumn> paths(List<String> keys, List<String> paths) {
        List<String> asked = new ArrayList<>(paths);
        if (asked.size() == 1) {
            // The reply to a single path has another form.
            asked.add("$.__none");
        }
        SampledColumns columns = new SampledColumns();
        sampler.read(keys, Question.of("JSON.GET").with(asked.toArray(String[]::new)), (key, reply) -> {
            if (!reply.isError() && !reply.isNull()) {
                JsonMembers.readPaths(reply.bytes(), columns);
            }
        });
        return columns.result();
    }

    private List<String> small(List<String> keys) {
        List<String> small = new ArrayList<>();
        sampler.ask(keys, Question.of("MEMORY", "USAGE"), (key, reply) -> {
            // Who may not ask for sizes reads all.
            if (reply.isError() || (!reply.isNull() && reply.longValue() <= MAX_BYTES)) {
                small.add(key);
            }
        });
        return small;
    }

    private Found hashes(List<String> keys) {
        SampledColumns columns = new SampledColumns();
        List<String> small = small(keys);
        List<String> refused = new ArrayList<>();
        sampler.read(small, Question.of("HGETALL"), (key, reply) -> {
            int fields = reply.arrayLength() / 2;
            if (reply.isError()) {
                refused.add(key);
            } else if (fields > MAX_MEMBERS) {
                reply.skip();
            } else if (fields > 0) {
                columns.addRow();
                readFields(reply, columns);
            }
        });
        return new Found(columns.result(), small, refused, false);
    }

    private static void readFields(Replies.Cursor reply, SampledColumns columns) {
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            String field = Text.decode(reply.buffer(), reply.offset(), reply.length());
            reply.next();
            columns.of(new ColumnSource.Field(field), field).ifPresent(values -> values.add(reply.bytes()));
        }
    }

    private Found documents(List<String> keys) {
        List<String> small = small(keys);
        List<String> rows = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int[] others = new int[1];
        SampledColumns columns = new SampledColumns();
        sampler.read(small, Question.of("JSON.GET").with("$"), (key, reply) -> {
            if (reply.isError()) {
                refused.add(key);
            } else if (!reply.isNull()) {
                SampledColumns members = new SampledColumns();
                byte[] document = reply.bytes();
                if (JsonMembers.readDocument(document, members) && members.size() < MAX_MEMBERS) {
                    JsonMembers.readDocument(document, columns);
                    rows.add(key);
                } else {
                    others[0]++;
                }
            }
        });
        return new Found(columns.result(), rows, refused, rows.isEmpty() && others[0] > 0);
    }

    /** The first entries of each stream and its last. */
    private Found streams(List<String> keys) {
        SampledColumns columns = new SampledColumns();
        List<String> refused = new ArrayList<>();
        String entries = String.valueOf(Math.max(MIN_ENTRIES, sampleSize / Math.max(1, 2 * keys.size())));
        Set<String> seen = new HashSet<>();
        sampler.read(keys, Question.of("XRANGE").with("-", "+", "COUNT", entries), (key, reply) -> {
            if (reply.isError()) {
                refused.add(key);
            } else {
                readEntries(key, reply, seen, columns);
            }
        });
        List<String> streams = new ArrayList<>(keys);
        streams.removeAll(refused);
        sampler.read(streams, Question.of("XREVRANGE").with("+", "-", "COUNT", entries), (key, reply) -> {
            if (!reply.isError()) {
                readEntries(key, reply, seen, columns);
            }
        });
        return new Found(columns.result(), streams, refused, false);
    }

    private static void readEntries(String key, Replies.Cursor reply, Set<String> seen, SampledColumns columns) {
        for (int entries = reply.arrayLength(); entries > 0; entries--) {
            reply.next();
            reply.next();
            boolean known = !seen.add(reply.text() + " " + key);
            reply.next();
            if (known) {
                reply.skip();
            } else {
                columns.addRow();
                readFields(reply, columns);
            }
        }
    }

    private Found series(List<String> keys) {
        SampledColumns columns = new SampledColumns();
        List<String> refused = new ArrayList<>();
        sampler.ask(keys, Question.of("TS.INFO"), (key, reply) -> {
            if (reply.isError()) {
                refused.add(key);
            } else {
                columns.addRow();
                readLabels(ReplyValues.map(reply).get("labels"), columns);
            }
        });
        return new Found(columns.result(), keys, refused, false);
    }

    private static void readLabels(@Nullable Object labels, SampledColumns columns) {
        ReplyValues.pairs(labels).forEach((label, value) -> columns.of(new ColumnSource.Label(label), label)
                .ifPresent(values -> values.add(Text.encode(String.valueOf(value)))));
    }
}
