package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.CheckedLock;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.discovery.KeySampler.Question;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Guesses how many rows a table has, for the planner: the number of all keys, times the pattern's share of a sample, times the
 * rows of a key.
 *
 * <p>The sample costs two commands a node, when a plan first weighs a scan and then with a query that scans anyway, at most once
 * in ten seconds. What a key of a collection holds costs a command for each of a few keys, and is known for as long. Planning a lookup by
 * key sends neither.
 */
public final class RowEstimate {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SAMPLE = 1000;
    /** Rows of a collection before the keyspace was sampled, and of a small one: it may grow while its plan is kept. */
    private static final double GUESSED_ROWS = 100;

    /** Collections of a table whose sizes are asked for. */
    private static final int MEASURED_KEYS = 10;

    /**
     * @param nanos when it was taken
     * @param keysOf what it says of each pattern that was asked for
     */
    private record Sample(List<String> keys, long total, long nanos, Map<KeyPattern, Double> keysOf) {
        private List<String> matching(KeyPattern pattern, int limit) {
            return keys.stream()
                    .filter(key -> pattern.match(key).isPresent())
                    .limit(limit)
                    .toList();
        }

        boolean isYounger(long maxAgeNanos) {
            return System.nanoTime() - nanos < maxAgeNanos;
        }

        /** Keys of the whole server that follow the pattern; at least 1. */
        double keysOf(KeyPattern pattern) {
            return keysOf.computeIfAbsent(pattern, any -> {
                int matching = matching(pattern, keys.size()).size();
                // A pattern that the sample missed is rarer than one key in it.
                double share = keys.isEmpty() ? 0 : Math.max(matching, 0.5) / keys.size();
                return Math.max(1, share * total);
            });
        }
    }

    private record Collection(TableType type, KeyPattern pattern) {}

    /** Rows of a key of a collection, and when that was measured. */
    private record Size(double rows, long nanos) {}

    private final RedisClient client;
    private final CheckedLock looking = new CheckedLock();
    private final Map<Collection, Size> sizes = new ConcurrentHashMap<>();
    private volatile @Nullable Sample sample;

    public RowEstimate(RedisClient client) {
        this.client = client;
    }

    /** Rows of a table: 1 at least. The check may end the wait for the first look. */
    public double rows(TableDefinition table, WaitCheck check) {
        double keys = table.key().isSingleKey() ? 1 : sample(check).keysOf(table.key());
        return keys * rowsPerKey(table, check);
    }

    /** Rows of a table as far as that is known without a command; empty before anything of it was asked for. */
    public OptionalDouble knownRows(TableDefinition table) {
        Sample now = sample;
        if (now == null && !table.key().isSingleKey()) {
            return OptionalDouble.empty();
        }
        Size size = sizes.get(new Collection(table.type(), table.key()));
        double keys = now == null || table.key().isSingleKey() ? 1 : now.keysOf(table.key());
        return OptionalDouble.of(keys * (size == null ? 1 : size.rows()));
    }

    /** Rows that one key has: 1 of a hash, document or string, the mean of some keys of a collection; 1 at least. */
    public double rowsPerKey(TableDefinition table, WaitCheck check) {
        Question question = size(table.type());
        if (question == null) {
            return 1;
        }
        Collection collection = new Collection(table.type(), table.key());
        Size known = sizes.get(collection);
        if (known == null || System.nanoTime() - known.nanos() >= FRESH_NANOS) {
            if (sample == null && !table.key().isSingleKey()) {
                return GUESSED_ROWS;
            }
            known = new Size(measure(table, question, check), System.nanoTime());
            sizes.put(collection, known);
        }
        return known.rows();
    }

    private static @Nullable Question size(TableType type) {
        return switch (type) {
            case SET -> Question.of("SCARD");
            case LIST -> Question.of("LLEN");
            case ZSET -> Question.of("ZCARD");
            case STREAM -> Question.of("XLEN");
            case TIMESERIES -> Question.of("TS.INFO");
            case HASH, JSON, STRING, KEY -> null;
        };
    }

    private double measure(TableDefinition table, Question question, WaitCheck check) {
        KeyPattern pattern = table.key();
        List<String> keys = pattern.isSingleKey()
                ? List.of(pattern.literalPrefix())
                : sample(check).matching(pattern, MEASURED_KEYS);
        List<Long> found = new ArrayList<>();
        new KeySampler(client, check).ask(keys, question, (key, reply) -> {
            // A key that has another type by now, or that the user may not ask for, tells nothing.
            if (!reply.isError()) {
                found.add(reply.arrayLength() > 0 ? samples(reply) : reply.longValue());
            }
        });
        return Math.max(
                GUESSED_ROWS, found.stream().mapToLong(rows -> rows).average().orElse(0));
    }

    /** The totalSamples of TS.INFO's reply: names, each with its value behind. */
    private static long samples(Replies.Cursor reply) {
        long samples = 0;
        for (int left = reply.arrayLength(); left > 0; left -= 2) {
            reply.next();
            boolean wanted = reply.length() >= 0 && reply.text().equals("totalSamples");
            reply.next();
            if (wanted) {
                samples = reply.longValue();
            } else {
                reply.skip();
            }
        }
        return samples;
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
        return new Sample(keys, sampler.keyCount(), System.nanoTime(), new ConcurrentHashMap<>());
    }
}
