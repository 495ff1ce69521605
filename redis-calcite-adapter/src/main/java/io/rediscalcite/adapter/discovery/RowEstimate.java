package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.model.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Guesses how many keys follow a pattern, for the planner: the number of all keys times the pattern's share of a sample.
 *
 * <p>Costs two commands a node, at most once in ten seconds, and none for a pattern of one key.
 */
public final class RowEstimate {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLE = 1000;

    private record Sample(List<String> keys, long total, long nanos) {}

    private final KeySampler sampler;
    private Sample sample = new Sample(List.of(), 0, System.nanoTime() - FRESH_NANOS);

    public RowEstimate(RedisClient client) {
        this.sampler = new KeySampler(client);
    }

    /** Rows of a table with one row a key: 1 at least. */
    public double rows(KeyPattern pattern) {
        if (pattern.isSingleKey()) {
            return 1;
        }
        Sample now = sample();
        long matching = now.keys().stream()
                .filter(key -> pattern.match(key).isPresent())
                .count();
        // A pattern that the sample missed is rarer than one key in it.
        double share = now.keys().isEmpty()
                ? 0
                : Math.max((double) matching, 0.5) / now.keys().size();
        return Math.max(1, share * now.total());
    }

    private synchronized Sample sample() {
        if (System.nanoTime() - sample.nanos() >= FRESH_NANOS) {
            List<String> keys = new ArrayList<>();
            sampler.scan("*", SAMPLE, keys::add);
            sample = new Sample(keys, sampler.keyCount(), System.nanoTime());
        }
        return sample;
    }
}
