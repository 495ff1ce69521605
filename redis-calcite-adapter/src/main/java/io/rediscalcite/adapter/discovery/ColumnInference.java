package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.discovery.KeySampler.Asked;
import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds tables' columns in samples of their keys: every field, member or label met, with the narrowest type that fits all its
 * values.
 */
final class ColumnInference {
    /** Larger keys are passed over, */
    private static final long MAX_KEY_BYTES = 1 << 20;
    /** and so is what is beyond this of one table, so that a sample is some megabytes at most. */
    private static final long MAX_TABLE_BYTES = 16 << 20;
    /** Of keys whose size can't be asked for. */
    private static final long EXPECTED_BYTES = 100_000;

    private final KeySampler sampler;
    private final int sampleSize;

    /** @param sampleSize stream entries to be read of a table, about */
    ColumnInference(KeySampler sampler, int sampleSize) {
        this.sampler = sampler;
        this.sampleSize = sampleSize;
    }

    /** Keys of one table, to be read; keys of another type may be among them. */
    record Sample(TableType type, List<String> keys) {
        Sample {
            keys = List.copyOf(keys);
        }
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

    /** What each sample says, in their order. All are read together, since a round trip costs the same for one key and for many. */
    List<Found> columns(List<Sample> samples) {
        Map<String, Long> sizes = sizes(samples);
        List<SampleReader> readers = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (Sample sample : samples) {
            SampleReader reader = reader(sample, sizes);
            readers.add(reader);
            asked.addAll(reader.questions());
        }
        sampler.ask(asked);
        return readers.stream().map(SampleReader::found).toList();
    }

    private SampleReader reader(Sample sample, Map<String, Long> sizes) {
        return switch (sample.type()) {
            case HASH -> new SampleReader.Hashes(small(sample, sizes));
            case JSON -> new SampleReader.Documents(small(sample, sizes));
            case STREAM -> new SampleReader.Streams(sample.keys(), sampleSize);
            case TIMESERIES -> new SampleReader.Series(sample.keys());
            case STRING, SET, LIST, ZSET, KEY -> new SampleReader.Unread(sample.keys());
        };
    }

    private static boolean isReadWhole(TableType type) {
        return type == TableType.HASH || type == TableType.JSON;
    }

    /** Bytes of each key that is read whole; none of those that are gone. */
    private Map<String, Long> sizes(List<Sample> samples) {
        List<String> keys = samples.stream()
                .filter(sample -> isReadWhole(sample.type()))
                .flatMap(sample -> sample.keys().stream())
                .toList();
        Map<String, Long> sizes = new HashMap<>();
        sampler.ask(keys, Question.of("MEMORY", "USAGE"), (key, reply) -> {
            // Who may not ask for sizes reads all.
            if (reply.isError()) {
                sizes.put(key, EXPECTED_BYTES);
            } else if (!reply.isNull()) {
                sizes.put(key, reply.longValue());
            }
        });
        return sizes;
    }

    private static Map<String, Long> small(Sample sample, Map<String, Long> sizes) {
        Map<String, Long> small = new LinkedHashMap<>();
        long all = 0;
        for (String key : sample.keys()) {
            Long bytes = sizes.get(key);
            if (bytes != null && bytes <= MAX_KEY_BYTES && all + bytes <= MAX_TABLE_BYTES) {
                small.put(key, bytes);
                all += bytes;
            }
        }
        return small;
    }

    /** The columns of paths into JSON documents, for those paths that some document has. */
    List<FoundColumn> paths(List<String> keys, List<String> paths) {
        List<String> asked = new ArrayList<>(paths);
        if (asked.size() == 1) {
            // The reply to a single path has another form.
            asked.add("$.__none");
        }
        SampledColumns columns = new SampledColumns();
        Question question =
                Question.of("JSON.GET").with(asked.toArray(String[]::new)).expecting(EXPECTED_BYTES);
        sampler.ask(keys, question, (key, reply) -> {
            if (!reply.isError() && !reply.isNull()) {
                JsonMembers.readPaths(reply.bytes(), columns);
            }
        });
        return columns.result();
    }
}
