package io.rediscalcite.adapter.client;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads that talk to the servers: daemons, few, each started when first needed. They are single loops and not one
 * of Netty's groups, since a group's end starts a thread of Netty's own that outlives it by a second.
 */
final class EventLoops implements AutoCloseable {
    private static final int MOST = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
    private static final int CLOSE_MILLIS = 1000;

    private final ThreadFactory factory = new DefaultThreadFactory("redis-sql", true);
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<EventLoop> loops = new ArrayList<>();
    private int taken;
    private boolean closed;

    /** The loop for the next connection. */
    synchronized EventLoop next() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (loops.size() < MOST) {
            loops.add(new SingleThreadIoEventLoop(null, this::newThread, NioIoHandler.newFactory()));
        }
        return loops.get(taken++ % loops.size());
    }

    /** Closes all channels and ends all threads. */
    @Override
    public synchronized void close() {
        closed = true;
        for (EventLoop loop : loops) {
            Future<?> unused = loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        boolean interrupted = false;
        // A loop says that it has ended a little before its thread has.
        for (Thread thread : threads) {
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Thread newThread(Runnable work) {
        Thread thread = factory.newThread(work);
        threads.add(thread);
        return thread;
    }
}
