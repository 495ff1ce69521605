package io.rediscalcite.adapter.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisClientConfig;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.RedisConnectionHandler;
import org.redisson.config.Protocol;
import org.redisson.misc.RedisURI;

/** Opens connections through Redisson: TCP, TLS, credentials, protocol, database, and READONLY on a replica. */
final class Connector implements AutoCloseable {
    private static final int CHECK_MILLIS = 10;
    private static final int LARGEST_READ = 256 * 1024;

    private final ClientConfig config;
    private final EventLoops loops;
    private final TlsMaterial tls;
    private final Set<RedisChannel> live = ConcurrentHashMap.newKeySet();

    Connector(ClientConfig config, EventLoops loops) {
        this.config = config;
        this.loops = loops;
        this.tls = TlsMaterial.load(config.tls());
    }

    /** Closes all connections, leased ones too. */
    @Override
    public void close() {
        live.forEach(RedisChannel::close);
    }

    /** A connection with the configured credentials and database. */
    RedisChannel connect(Endpoint endpoint, boolean readOnly, WaitCheck check) {
        return connect(endpoint, config.user(), config.password(), config.database(), readOnly, check);
    }

    /** A connection as asked; every address of the host is tried. */
    RedisChannel connect(
            Endpoint endpoint,
            @Nullable String user,
            @Nullable String password,
            int database,
            boolean readOnly,
            WaitCheck check) {
        RedisSqlException first = null;
        for (InetAddress address : resolve(endpoint)) {
            check.check();
            RedisClientConfig redisson = redissonConfig(endpoint, new InetSocketAddress(address, endpoint.port()));
            redisson.setUsername(user)
                    .setPassword(password)
                    .setDatabase(database)
                    .setReadOnly(readOnly);
            try {
                return connect(endpoint, redisson, check);
            } catch (RedisSqlException e) {
                if (e.state() != SqlState.CANNOT_CONNECT) {
                    throw e;
                }
                first = first == null ? e : first;
            }
        }
        if (first == null) {
            throw new IllegalStateException("a host without an address");
        }
        throw first;
    }

    private RedisChannel connect(Endpoint endpoint, RedisClientConfig redisson, WaitCheck check) {
        boolean handshake = redisson.getPassword() != null
                || redisson.getDatabase() != 0
                || redisson.isReadOnly()
                || redisson.getProtocol() == Protocol.RESP3;
        Hook hook = new Hook(endpoint, config.commandTimeoutMillis(), handshake, live);
        redisson.setNettyHook(hook);
        var client = org.redisson.client.RedisClient.create(redisson);
        CompletableFuture<RedisChannel> connecting =
                client.connectAsync().toCompletableFuture().thenApply(connection -> hook.takeOver(connection));
        RedisChannel connected = null;
        try {
            connected = await(connecting, check);
            return connected;
        } catch (ExecutionException e) {
            throw ConnectFailures.of(endpoint, config, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw ConnectFailures.of(endpoint, config, e);
        } finally {
            if (connected == null) {
                hook.abandon();
            }
        }
    }

    private RedisChannel await(CompletableFuture<RedisChannel> connecting, WaitCheck check)
            throws ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + config.connectTimeoutMillis() * 1_000_000L;
        try {
            while (true) {
                try {
                    return connecting.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    check.check();
                    if (System.nanoTime() - deadline > 0) {
                        throw e;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisSqlException(SqlState.CANCELLED, "The thread was interrupted while it connected.", e);
        }
    }

    private RedisClientConfig redissonConfig(Endpoint endpoint, InetSocketAddress address) {
        EventLoop loop = loops.next();
        RedisClientConfig redisson = new RedisClientConfig();
        redisson.setAddress(
                        address,
                        new RedisURI(config.tls().enabled() ? "rediss" : "redis", endpoint.host(), endpoint.port()))
                .setGroup(loop)
                .setExecutor(loop)
                .setTimer(new EventLoopTimer(loop))
                // Never asked, since addresses come resolved; without one Redisson would start its own.
                .setResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .setConnectTimeout(config.connectTimeoutMillis())
                .setCommandTimeout(config.connectTimeoutMillis())
                .setKeepAlive(true)
                .setTcpNoDelay(true)
                .setProtocol(config.resp3() ? Protocol.RESP3 : Protocol.RESP2);
        tls.apply(redisson);
        return redisson;
    }

    private static InetAddress[] resolve(Endpoint endpoint) {
        try {
            return InetAddress.getAllByName(endpoint.host());
        } catch (UnknownHostException e) {
            throw new RedisSqlException(
                    SqlState.CANNOT_CONNECT,
                    "Can't connect to " + endpoint + ": the host is unknown. Check its name.",
                    e);
        }
    }

    /** Puts our handler before Redisson's. */
    private static final class Hook implements NettyHook {
        private final Endpoint endpoint;
        private final int timeoutMillis;
        private final boolean handshake;
        private final Set<RedisChannel> live;
        private @Nullable RedisChannel channel;
        private boolean abandoned;

        Hook(Endpoint endpoint, int timeoutMillis, boolean handshake, Set<RedisChannel> live) {
            this.endpoint = endpoint;
            this.timeoutMillis = timeoutMillis;
            this.handshake = handshake;
            this.live = live;
        }

        @Override
        public void afterBoostrapInitialization(Bootstrap bootstrap) {
            bootstrap.disableResolver();
            bootstrap.option(
                    ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(2048, 65536, LARGEST_READ));
        }

        @Override
        public synchronized void afterChannelInitialization(Channel created) {
            ChannelHandlerContext redisson = created.pipeline().context(RedisConnectionHandler.class);
            RedisChannel ours = new RedisChannel(endpoint, timeoutMillis, created, handshake);
            channel = ours;
            live.add(ours);
            created.closeFuture().addListener(closed -> live.remove(ours));
            created.pipeline().addBefore(redisson.name(), "redis-sql", ours);
            if (abandoned) {
                ours.close();
            }
        }

        /** On the event loop. */
        synchronized RedisChannel takeOver(RedisConnection connection) {
            RedisChannel taken = channel;
            if (taken == null || !connection.isActive()) {
                throw new UncheckedIOException(new IOException("the server closed the connection"));
            }
            taken.handshakeDone();
            return taken;
        }

        /** Closes what is there, and what is still to come. */
        synchronized void abandon() {
            abandoned = true;
            if (channel != null) {
                channel.close();
            }
        }
    }
}
