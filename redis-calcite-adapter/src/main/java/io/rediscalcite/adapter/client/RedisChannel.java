package io.rediscalcite.adapter.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisConnection;

/**
 * One connection to a server. Redisson opens it, with TLS and credentials; from then on this handler, which stands before
 * Redisson's own in the channel's pipeline, takes every byte for itself: Redisson's decoders build objects for each value,
 * which costs a bulk read several times what the server needs.
 */
// Netty tells the pipeline of every failure that its futures tell.
@SuppressWarnings("FutureReturnValueIgnored")
final class RedisChannel extends ChannelInboundHandlerAdapter {
    /** Guesses of a batch's size are not trusted above this. */
    private static final int MOST_EXPECTED_BYTES = 1 << 20;

    private static final int LONGEST_FAREWELL = 200;

    private final Endpoint endpoint;
    private final int timeoutMillis;
    private final Channel channel;

    // Of the event loop alone.
    private final Deque<PendingReplies> pending = new ArrayDeque<>();
    private @Nullable ChannelHandlerContext context;
    private boolean handshaking;
    private int expectedBytes = 512;
    private int expectedTokens = 16;
    private @Nullable Throwable cause;
    private String farewell = "";

    private volatile long lastArrival = System.nanoTime();
    private volatile boolean open = true;
    private volatile boolean closedHere;
    private final AtomicInteger underWay = new AtomicInteger();

    /** With a handshake by Redisson first, whose replies are passed on to it until {@link #handshakeDone()}. */
    RedisChannel(Endpoint endpoint, int timeoutMillis, Channel channel, boolean handshaking) {
        this.endpoint = endpoint;
        this.timeoutMillis = timeoutMillis;
        this.channel = channel;
        this.handshaking = handshaking;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** How long the server may be silent; 0 for ever. */
    int timeoutMillis() {
        return timeoutMillis;
    }

    /** When bytes last came, in the time of System.nanoTime(). */
    long lastArrival() {
        return lastArrival;
    }

    /** Whether a command may still be sent. */
    boolean isOpen() {
        return open;
    }

    /** To be called on the event loop, as soon as Redisson's part is over. */
    void handshakeDone() {
        handshaking = false;
    }

    /** Sends one pipeline in one write, and returns what its replies will come to. */
    PendingReplies send(Commands commands) {
        return send(commands, null);
    }

    /** @param onArrival told of the replies on the event loop, before anybody who waits for them; null for nobody */
    PendingReplies send(Commands commands, @Nullable Consumer<Replies> onArrival) {
        PendingReplies replies = new PendingReplies(this, commands.isAsking(), onArrival);
        ByteBuf bytes = Unpooled.wrappedBuffer(commands.array(), 0, commands.size());
        underWay.incrementAndGet();
        execute(() -> {
            ChannelHandlerContext ctx = context;
            if (!open || ctx == null) {
                replies.fail(lost());
            } else if (commands.count() == 0) {
                replies.complete(new ReplyReader(0, 0, 0).replies(endpoint));
            } else {
                int count = commands.isAsking() ? 2 * commands.count() : commands.count();
                replies.expect(new ReplyReader(count, expectedBytes, expectedTokens));
                pending.add(replies);
                ctx.writeAndFlush(bytes, ctx.voidPromise());
            }
        });
        return replies;
    }

    /**
     * Lets what is under way come and go unread, then runs the continuation, on the event loop; closes the channel instead
     * if that takes longer than the command timeout. With nothing under way it is run at once, so that the connection is
     * there for whoever wants one next.
     */
    void drain(Runnable then) {
        if (underWay.get() == 0) {
            then.run();
            return;
        }
        execute(() -> {
            pending.forEach(PendingReplies::discard);
            PendingReplies last = pending.peekLast();
            if (last == null || !open) {
                then.run();
                return;
            }
            last.whenDone(then);
            if (timeoutMillis > 0) {
                channel.eventLoop()
                        .schedule(
                                () -> {
                                    if (!last.isDone()) {
                                        close();
                                    }
                                },
                                timeoutMillis,
                                TimeUnit.MILLISECONDS);
            }
        });
    }

    /** A send has come to its end; called before anybody who waits for it can know. */
    void settled() {
        underWay.decrementAndGet();
    }

    /** Closes the channel; whoever waits for replies learns that they won't come. */
    void close() {
        closedHere = true;
        open = false;
        channel.close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (handshaking) {
            ctx.fireChannelRead(message);
            return;
        }
        lastArrival = System.nanoTime();
        try {
            read((ByteBuf) message);
        } catch (ReplyException e) {
            give(e);
        } catch (OutOfMemoryError e) {
            give(new ReplyException("the replies don't fit into the memory of this program"));
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ByteBuf in) throws ReplyException {
        while (in.isReadable()) {
            PendingReplies first = pending.peek();
            if (first == null) {
                // Nobody asked: the server says why it is about to hang up.
                int length = Math.min(in.readableBytes(), LONGEST_FAREWELL);
                farewell = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8)
                        .strip();
                close();
                return;
            }
            ReplyReader reader = first.reader();
            if (!reader.read(in)) {
                return;
            }
            expectedBytes = Math.min(MOST_EXPECTED_BYTES, reader.bytes() + reader.bytes() / 16 + 64);
            expectedTokens = Math.min(MOST_EXPECTED_BYTES / 8, reader.tokens() + reader.tokens() / 16 + 8);
            pending.remove();
            first.complete(reader.replies(endpoint));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        open = false;
        RedisConnection connection = RedisConnection.getFrom(channel);
        if (connection != null) {
            // Or Redisson's watchdog would connect anew, to nobody's use.
            connection.closeAsync();
            connection
                    .getConnectionPromise()
                    .completeExceptionally(new IOException("the server closed the connection"));
        }
        for (PendingReplies replies = pending.poll(); replies != null; replies = pending.poll()) {
            replies.fail(lost());
        }
        ctx.fireChannelInactive();
    }

    /** Not passed on: Redisson would log it, and whoever waits is told anyway. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        give(failure);
    }

    private void give(Throwable failure) {
        if (cause == null) {
            cause = failure;
        }
        close();
    }

    private RedisSqlException lost() {
        if (cause instanceof ReplyException e) {
            return new RedisSqlException(
                    SqlState.CONNECTION_LOST,
                    "The reply of " + endpoint + " can't be read: " + e.getMessage() + ". The connection is closed.",
                    e);
        }
        if (farewell.startsWith("-")) {
            return RedisErrors.of(farewell.substring(1), "Connection", endpoint);
        }
        if (cause == null && closedHere) {
            return new RedisSqlException(
                    SqlState.CONNECTION_LOST,
                    "The connection to " + endpoint + " was closed here before the reply was there.");
        }
        return new RedisSqlException(
                SqlState.CONNECTION_LOST,
                "The connection to " + endpoint + " was lost: is the server still running? Run the statement again.",
                cause);
    }

    private void execute(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            // Whoever is told of replies there and sends more: a drain that comes next must find it under way.
            task.run();
            return;
        }
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The client is closed and its threads have ended, so nobody else is at work here.
            open = false;
            task.run();
        }
    }
}
