package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines to one node and their replies, one after the other. Lanes to several nodes take turns on one thread: while one's
 * replies are read, all servers work.
 */
abstract class Lane implements AutoCloseable {
    private final RedisLink link;
    private @Nullable PendingReplies pending;
    private long commands;

    /** Sends nothing yet; the link is closed with the lane. */
    Lane(RedisLink link) {
        this.link = link;
    }

    /** The first pipeline; null for none. */
    abstract @Nullable Commands first();

    /**
     * The pipeline after the one whose replies these are, before the first value; null for none. It is sent before the rest is
     * read.
     */
    abstract @Nullable Commands next(Replies.Cursor reply);

    /** Reads on where {@link #next} stopped; false if no lane is to go on. */
    abstract boolean read(Replies.Cursor reply);

    /**
     * Takes turns until no lane has anything to ask.
     *
     * @throws io.rediscalcite.adapter.error.RedisSqlException what the lanes throw, and the check
     */
    static void run(List<? extends Lane> lanes, WaitCheck check) {
        for (Lane lane : lanes) {
            lane.send(lane.first());
        }
        boolean asking = true;
        while (asking) {
            asking = false;
            for (Lane lane : lanes) {
                PendingReplies arriving = lane.pending;
                if (arriving != null) {
                    Replies.Cursor reply = arriving.await(check).cursor();
                    lane.send(lane.next(reply));
                    if (!lane.read(reply)) {
                        return;
                    }
                    asking |= lane.pending != null;
                }
            }
        }
    }

    private void send(@Nullable Commands pipeline) {
        pending = pipeline == null ? null : link.send(pipeline);
        commands += pipeline == null ? 0 : pipeline.count();
    }

    /** Commands sent so far. */
    final long commands() {
        return commands;
    }

    @Override
    public void close() {
        link.close();
    }
}
