package io.rediscalcite.testing;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The random numbers of a test, and how long it goes on.
 *
 * <p>A build tries the same each time, so that it says the same of the same code. {@code -Dredis-sql.random.seconds=3600} tries
 * other things, for that long, and prints the seed; {@code -Dredis-sql.random.seed=…} tries again what was tried with one.
 */
public final class RandomRun {
    private static final String TIME = "redis-sql.random.seconds";
    private static final long BUILD_SEED = 11;

    private final long seed;
    private final int tries;
    private final Random random;
    private final long start = System.nanoTime();
    private int tried;

    private RandomRun(long seed, int tries) {
        this.seed = seed;
        this.tries = tries;
        this.random = new Random(seed);
    }

    /**
     * Begins a run.
     *
     * @param about what is tried, as the line with the seed says it
     * @param tries how many there are in a build
     */
    public static RandomRun of(String about, int tries) {
        long otherwise = Integer.getInteger(TIME) == null ? BUILD_SEED : System.nanoTime();
        RandomRun run = new RandomRun(Long.getLong("redis-sql.random.seed", otherwise), tries);
        System.out.println(about + ": -Dredis-sql.random.seed=" + run.seed);
        return run;
    }

    public Random random() {
        return random;
    }

    /** True until everything was tried, or the time is over. */
    public boolean goesOn() {
        Integer seconds = Integer.getInteger(TIME);
        return seconds == null ? tried++ < tries : System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds);
    }

    /** What a failure says, so that it can be looked at again. */
    @Override
    public String toString() {
        return "-Dredis-sql.random.seed=" + seed;
    }
}
