package io.rediscalcite.adapter.client;

import io.netty.channel.EventLoop;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Redisson's timeouts on an event loop that is there anyway, so that no thread of a wheel timer is needed. */
final class EventLoopTimer implements Timer {
    private final EventLoop loop;

    EventLoopTimer(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
        Scheduled timeout = new Scheduled(this, task);
        timeout.future = loop.schedule(
                () -> {
                    task.run(timeout);
                    return null;
                },
                delay,
                unit);
        return timeout;
    }

    /** The event loop's end is the end of its timeouts. */
    @Override
    public Set<Timeout> stop() {
        return Set.of();
    }

    private static final class Scheduled implements Timeout {
        private final Timer timer;
        private final TimerTask task;
        private volatile java.util.concurrent.@Nullable Future<?> future;

        Scheduled(Timer timer, TimerTask task) {
            this.timer = timer;
            this.task = task;
        }

        @Override
        public Timer timer() {
            return timer;
        }

        @Override
        public TimerTask task() {
            return task;
        }

        @Override
        public boolean isExpired() {
            java.util.concurrent.Future<?> scheduled = future;
            return scheduled != null && scheduled.isDone() && !scheduled.isCancelled();
        }

        @Override
        public boolean isCancelled() {
            java.util.concurrent.Future<?> scheduled = future;
            return scheduled != null && scheduled.isCancelled();
        }

        @Override
        public boolean cancel() {
            java.util.concurrent.Future<?> scheduled = future;
            return scheduled != null && scheduled.cancel(false);
        }
    }
}
