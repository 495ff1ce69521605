package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.ReplyValues;
import io.rediscalcite.adapter.discovery.ColumnInference.Found;
import io.rediscalcite.adapter.discovery.KeySampler.Asked;
import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for what keys of one table hold, and gathers the columns from the replies. */
abstract class SampleReader {
    /** A hash or document with more members than this is a dictionary, not a row; they are no columns. */
    private static final int MAX_MEMBERS = 1000;

    final List<String> keys;
    final SampledColumns columns = new SampledColumns();
    private final List<String> refused = new ArrayList<>();

    SampleReader(Iterable<String> keys) {
        List<String> copy = new ArrayList<>();
        keys.forEach(copy::add);
        this.keys = copy;
    }

    abstract List<Asked> questions();

    /** What the replies said, once all are read. */
    Found found() {
        return new Found(columns.result(), keys, refused, false);
    }

    final Asked asked(String key, Question question) {
        return new Asked(key, question, reply -> {
            if (reply.isError()) {
                refused.add(key);
            } else {
                read(key, reply);
            }
        });
    }

    /** Reads a reply that is no error. */
    abstract void read(String key, Replies.Cursor reply);

    final void readFields(Replies.Cursor reply) {
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            String field = Text.decode(reply.buffer(), reply.offset(), reply.length());
            reply.next();
            columns.of(new ColumnSource.Field(field), field).ifPresent(values -> values.add(reply.bytes()));
        }
    }

    static final class Hashes extends SampleReader {
        private final Map<String, Long> sizes;

        Hashes(Map<String, Long> sizes) {
            super(sizes.keySet());
            this.sizes = sizes;
        }

        @Override
        List<Asked> questions() {
            return sizes.entrySet().stream()
                    .map(key -> asked(key.getKey(), Question.of("HGETALL").expecting(key.getValue())))
                    .toList();
        }

        @Override
        void read(String key, Replies.Cursor reply) {
            int fields = reply.arrayLength() / 2;
            if (fields > MAX_MEMBERS) {
                reply.skip();
            } else if (fields > 0) {
                columns.addRow();
                readFields(reply);
            }
        }
    }

    static final class Documents extends SampleReader {
        private final Map<String, Long> sizes;
        private final List<String> objects = new ArrayList<>();
        private boolean others;

        Documents(Map<String, Long> sizes) {
            super(sizes.keySet());
            this.sizes = sizes;
        }

        @Override
        List<Asked> questions() {
            return sizes.entrySet().stream()
                    .map(key -> asked(
                            key.getKey(), Question.of("JSON.GET").with("$").expecting(key.getValue())))
                    .toList();
        }

        @Override
        void read(String key, Replies.Cursor reply) {
            if (reply.isNull()) {
                return;
            }
            byte[] document = reply.bytes();
            SampledColumns members = new SampledColumns();
            if (JsonMembers.readDocument(document, members) && members.size() < MAX_MEMBERS) {
                JsonMembers.readDocument(document, columns);
                objects.add(key);
            } else {
                others = true;
            }
        }

        @Override
        Found found() {
            Found found = super.found();
            return new Found(found.columns(), objects, found.refused(), objects.isEmpty() && others);
        }
    }

    /** Reads the first entries of each stream and its last. */
    static final class Streams extends SampleReader {
        private static final int MIN_ENTRIES = 5;
        private static final long EXPECTED_ENTRY_BYTES = 2_000;

        private final int entries;
        private final Set<String> seen = new HashSet<>();

        /** @param sampleSize entries of all streams together, about */
        Streams(List<String> keys, int sampleSize) {
            super(keys);
            this.entries = Math.max(MIN_ENTRIES, sampleSize / Math.max(1, 2 * keys.size()));
        }

        @Override
        List<Asked> questions() {
            String count = String.valueOf(entries);
            long bytes = entries * EXPECTED_ENTRY_BYTES;
            List<Asked> questions = new ArrayList<>();
            for (String key : keys) {
                questions.add(asked(
                        key,
                        Question.of("XRANGE").with("-", "+", "COUNT", count).expecting(bytes)));
                questions.add(asked(
                        key,
                        Question.of("XREVRANGE").with("+", "-", "COUNT", count).expecting(bytes)));
            }
            return questions;
        }

        @Override
        void read(String key, Replies.Cursor reply) {
            for (int left = reply.arrayLength(); left > 0; left--) {
                reply.next();
                reply.next();
                boolean known = !seen.add(reply.text() + " " + key);
                reply.next();
                if (known) {
                    reply.skip();
                } else {
                    columns.addRow();
                    readFields(reply);
                }
            }
        }

        /** A key of another type was refused twice. */
        @Override
        Found found() {
            Found found = super.found();
            List<String> refused = found.refused().stream().distinct().toList();
            List<String> streams = new ArrayList<>(keys);
            streams.removeAll(refused);
            return new Found(found.columns(), streams, refused, false);
        }
    }

    static final class Series extends SampleReader {
        Series(List<String> keys) {
            super(keys);
        }

        @Override
        List<Asked> questions() {
            return keys.stream().map(key -> asked(key, Question.of("TS.INFO"))).toList();
        }

        @Override
        void read(String key, Replies.Cursor reply) {
            columns.addRow();
            readLabels(ReplyValues.map(reply, Text::decode).get("labels"));
        }

        private void readLabels(@Nullable Object labels) {
            ReplyValues.pairs(labels).forEach((label, value) -> columns.of(new ColumnSource.Label(label), label)
                    .ifPresent(values -> values.add(Text.encode(String.valueOf(value)))));
        }
    }

    /** Keys that have no columns of their own. */
    static final class Unread extends SampleReader {
        Unread(List<String> keys) {
            super(keys);
        }

        @Override
        List<Asked> questions() {
            return List.of();
        }

        @Override
        void read(String key, Replies.Cursor reply) {
            throw new IllegalStateException("nothing was asked");
        }
    }
}
