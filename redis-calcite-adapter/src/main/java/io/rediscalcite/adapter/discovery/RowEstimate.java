package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.CheckedLock;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.WaitCheck;
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

    private record Sample(List<String> keys, long total, long nanos) {
        boolean isYounger(long maxAgeNanos) {
            return System.nanoTime() - nanos < maxAgeNanos;
        }
    }

    private final RedisClient client;
    private final CheckedLock looking = new CheckedLock();
    private volatile @Nullable Sample sample;

    public RowEstimate(RedisClient client) {
        this.client = client;
    }

    /** Rows of a table with one row a key: 1 at least. The check may end the wait for the first look. */
    public double rows(KeyPattern pattern, WaitCheck check) {
        if (pattern.isSingleKey()) {
            return 1;
        }
        Sample now = sample(check);
        long matching = now.keys().stream()
                .filter(key -> pattern.match(key).isPresent())
                .count();
        // A pattern that the sample missed is rarer than one key in it.
        double share = now.keys().isEmpty()
                ? 0
                : Math.max((double) matching, 0.5) / now.keys().size();
        return Math.max(1, share * now.total());
    }

    /** Keys that there are, of any pattern: 1 at least. The check may end the wait for the first look. */
    public double keys(WaitCheck check) {
        return Math.max(1, sample(check).total());
    }

    /** Looks anew if that was long ago; to be called where the keyspace is about to be walked. */
    public void refresh(WaitCheck check) {
        sample(check, FRESH_NANOS);
    }

    private Sample sample(WaitCheck check) {
        return sample(check, Long.MAX_VALUE);
    }

    private Sample sample(WaitCheck check, long maxAgeNanos) {
        Sample known = sample;
        if (known != null && known.isYounger(maxAgeNanos)) {
            return known;
        }
        return looking.alone(check, () -> {
            Sample taken = sample;
            if (taken == null || !taken.isYounger(maxAgeNanos)) {
                taken = take(check);
                sample = taken;
            }
            return taken;
        });
    }

    private Sample take(WaitCheck check) {
        KeySampler sampler = new KeySampler(client, check);
        List<String> keys = new ArrayList<>();
        try {
            sampler.walk(KeyWalk.all(SAMPLE), keys::add);
        } catch (RedisSqlException refused) {
            // Who may not scan may still look keys up, and planning that mustn't fail.
            if (refused.state() != SqlState.NOT_PERMITTED) {
                throw refused;
            }
        }
        return new Sample(keys, sampler.keyCount(), System.nanoTime());
    }
}
