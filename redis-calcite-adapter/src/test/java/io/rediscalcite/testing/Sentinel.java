package io.rediscalcite.testing;

import java.util.Objects;

/** A real sentinel that watches one master and takes it for dead quickly. It has no password itself. */
public final class Sentinel implements AutoCloseable {
    private final RedisServerExtension server;

    private Sentinel(RedisServerExtension server) {
        this.server = server;
    }

    /** Starts a sentinel, and returns when it has found a replica of the master. */
    public static Sentinel watching(RedisServerExtension master, String name, String password) {
        RedisServerExtension server = RedisServerExtension.start()
                .sentinel()
                .set("sentinel", "monitor " + name + " 127.0.0.1 " + master.port() + " 1")
                .set("sentinel", "auth-pass " + name + " " + password)
                .set("sentinel", "down-after-milliseconds " + name + " 300")
                .set("sentinel", "failover-timeout " + name + " 3000");
        server.launch(0);
        Sentinel sentinel = new Sentinel(server);
        sentinel.awaitReplica(name);
        return sentinel;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void awaitReplica(String name) {
        long deadline = System.nanoTime() + 15_000_000_000L;
        while (!Objects.toString(server.exec("SENTINEL", "REPLICAS", name)).contains("master-link-status, ok")) {
            if (System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the sentinel found no replica of " + name);
            }
        }
    }
}
