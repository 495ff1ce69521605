package io.rediscalcite.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the commands that reach a server while something runs. */
public final class CommandCounter {
    /** Ours, and what replicas and cluster nodes send one another. */
    private static final Set<String> OTHERS = Set.of("info", "replconf", "psync");

    private final RedisServerExtension server;

    public CommandCounter(RedisServerExtension server) {
        this.server = server;
    }

    /** Something to count the commands of. */
    @FunctionalInterface
    public interface ThrowingRunnable {
        void run() throws Exception;
    }

    /**
     * How often each command was called during the run, names in lower case as in INFO commandstats; without commands
     * that weren't called, INFO, and the talk between nodes.
     */
    public Map<String, Long> during(ThrowingRunnable work) throws Exception {
        Map<String, Long> before = server.commandStats();
        work.run();
        Map<String, Long> during = new TreeMap<>();
        server.commandStats().forEach((name, calls) -> {
            long added = calls - before.getOrDefault(name, 0L);
            if (added != 0 && !OTHERS.contains(name)) {
                during.put(name, added);
            }
        });
        return during;
    }
}
