package io.rediscalcite.testing;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The random numbers of a test, other ones each time, and how long it goes on.
 *
 * <p>{@code -Dredis-sql.random.seed=…} makes it run again as it ran with that seed, which it prints; {@code
 * -Dredis-sql.random.seconds=3600} makes it run longer.
 */
public final class RandomRun {
    private final long seed = Long.getLong("redis-sql.random.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final long start = System.nanoTime();
    private final long nanos;

    private RandomRun(long nanos) {
        this.nanos = nanos;
    }

    /**
     * Begins a run.
     *
     * @param about what is tried, as the line with the seed says it
     * @param seconds how long it goes on unless the property says otherwise
     */
    public static RandomRun of(String about, int seconds) {
        RandomRun run =
                new RandomRun(TimeUnit.SECONDS.toNanos(Integer.getInteger("redis-sql.random.seconds", seconds)));
        System.out.println(about + ": -Dredis-sql.random.seed=" + run.seed);
        return run;
    }

    public Random random() {
        return random;
    }

    /** True until the time is over. */
    public boolean goesOn() {
        return System.nanoTime() - start < nanos;
    }

    /** What a failure says, so that it can be looked at again. */
    @Override
    public String toString() {
        return "-Dredis-sql.random.seed=" + seed;
    }
}
