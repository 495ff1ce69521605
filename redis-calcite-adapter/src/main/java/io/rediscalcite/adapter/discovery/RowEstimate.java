package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.discovery.KeySampler.Walk;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how many keys follow a pattern, for the planner: the number of all keys times the pattern's share of a sample.
 *
 * <p>Costs two commands a node, the first time and then with a query that scans anyway, at most once in ten seconds: planning a
 * lookup by key sends nothing.
 */
public final class RowEstimate {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLE = 1000;

    private record Sample(List<String> keys, long total, long nanos) {}

    private final KeySampler sampler;
    private @Nullable Sample sample;

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

    /** Keys that there are, of any pattern: 1 at least. */
    public double keys() {
        return Math.max(1, sample().total());
    }

    /** Looks anew if that was long ago; to be called where the keyspace is about to be walked. */
    public synchronized void refresh(WaitCheck check) {
        if (sample == null || System.nanoTime() - sample.nanos() >= FRESH_NANOS) {
            sample = take(check);
        }
    }

    private synchronized Sample sample() {
        if (sample == null) {
            sample = take(WaitCheck.NONE);
        }
        return sample;
    }

    private Sample take(WaitCheck check) {
        List<String> keys = new ArrayList<>();
        try {
            sampler.scan(Walk.some(SAMPLE), check, keys::add);
        } catch (RedisSqlException refused) {
            // Who may not scan may still look keys up, and planning that mustn't fail.
            if (refused.state() != SqlState.NOT_PERMITTED) {
                throw refused;
            }
        }
        return new Sample(keys, sampler.keyCount(check), System.nanoTime());
    }
}
