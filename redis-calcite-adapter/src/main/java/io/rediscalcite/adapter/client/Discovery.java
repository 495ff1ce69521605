package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds out, over the first connection, whether a server is alone, in a cluster, or a sentinel. */
final class Discovery {
    /** A server that answered. */
    private record Answer(Endpoint endpoint, RedisChannel channel, Handshake handshake, boolean withCredentials) {
        boolean isSentinel() {
            return handshake.server().mode() == Mode.SENTINEL;
        }
    }

    private final ClientConfig config;
    private final EventLoops loops;
    private final Connector connector;
    private final NodePools pools;

    private Discovery(ClientConfig config, EventLoops loops) {
        this.config = config;
        this.loops = loops;
        this.connector = new Connector(config, loops);
        this.pools = new NodePools(connector, config.commandTimeoutMillis());
    }

    static RedisClient connect(ClientConfig config) {
        EventLoops loops = new EventLoops();
        RedisClient client = null;
        try {
            client = new Discovery(config, loops).connect();
            return client;
        } finally {
            if (client == null) {
                loops.close();
            }
        }
    }

    private RedisClient connect() {
        Answer answer = firstAnswer();
        Mode found = answer.handshake().server().mode();
        boolean oneNodeOfACluster = config.mode() == Mode.STANDALONE && found == Mode.CLUSTER;
        if (config.mode() != Mode.AUTO && config.mode() != found && !oneNodeOfACluster) {
            throw new RedisSqlException(
                    SqlState.CANNOT_CONNECT,
                    answer.endpoint() + " is in mode " + lower(found) + ", not " + lower(config.mode()) + ": use mode="
                            + lower(found) + " or mode=auto.");
        }
        if (found == Mode.SENTINEL) {
            return behindSentinel(answer);
        }
        pools.pool(answer.endpoint(), false).adopt(answer.channel());
        ServerInfo server = answer.handshake().server();
        if (found == Mode.CLUSTER && config.mode() != Mode.STANDALONE) {
            Topology topology = new ClusterTopology(config.endpoints(), pools);
            return client(topology, server, topology.masters(WaitCheck.NONE));
        }
        RedisNode node = RedisNode.master(answer.endpoint(), List.of(SlotRange.ALL), List.of());
        return client(
                new Topology.Fixed(node),
                new ServerInfo(Mode.STANDALONE, server.version(), server.modules()),
                List.of(node));
    }

    private RedisClient client(Topology topology, ServerInfo server, List<RedisNode> masters) {
        return new RedisClient(config, loops, pools, topology, server, masters);
    }

    private RedisClient behindSentinel(Answer sentinel) {
        Topology topology = new SentinelTopology(config, connector, sentinel.withCredentials(), sentinel.channel());
        List<RedisNode> masters = topology.masters(WaitCheck.NONE);
        Endpoint endpoint = masters.get(0).endpoint();
        NodePool pool = pools.pool(endpoint, false);
        RedisChannel channel = connector.connect(endpoint, false, WaitCheck.NONE);
        Handshake handshake = Handshake.with(channel, config, WaitCheck.NONE);
        if (!handshake.master()) {
            throw new RedisSqlException(
                    SqlState.CANNOT_CONNECT,
                    "The sentinel " + sentinel.endpoint() + " names " + endpoint
                            + " as master, but that is a replica: a failover is under way. Try again.");
        }
        pool.adopt(channel);
        ServerInfo server = handshake.server();
        return client(topology, new ServerInfo(Mode.SENTINEL, server.version(), server.modules()), masters);
    }

    /** The first endpoint that answers; of several lone servers, the first that is a master. */
    private Answer firstAnswer() {
        List<RedisSqlException> failures = new ArrayList<>();
        Answer replica = null;
        for (Endpoint endpoint : config.endpoints()) {
            try {
                Answer answer = ask(endpoint);
                boolean alone = answer.handshake().server().mode() == Mode.STANDALONE;
                if (!alone || answer.handshake().master()) {
                    if (replica != null) {
                        replica.channel().close();
                    }
                    return answer;
                }
                if (replica == null) {
                    replica = answer;
                } else {
                    answer.channel().close();
                }
            } catch (RedisSqlException e) {
                if (e.state() != SqlState.CANNOT_CONNECT) {
                    throw e;
                }
                failures.add(e);
            }
        }
        if (replica != null) {
            return replica;
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        StringBuilder message = new StringBuilder("None of the servers can be reached.");
        failures.forEach(failure -> message.append(' ').append(failure.getMessage()));
        throw new RedisSqlException(SqlState.CANNOT_CONNECT, message.toString(), failures.get(0));
    }

    /**
     * Asks as configured; where a sentinel may be, then also without what a sentinel doesn't take: a database, and often
     * credentials.
     */
    private Answer ask(Endpoint endpoint) {
        boolean mayBeSentinel = config.mode() == Mode.AUTO || config.mode() == Mode.SENTINEL;
        RedisSqlException refusal;
        try {
            return ask(endpoint, config.password(), config.mode() == Mode.SENTINEL ? 0 : config.database());
        } catch (RedisSqlException e) {
            refusal = e;
        }
        boolean plainer = config.password() != null || config.database() != 0;
        if (mayBeSentinel && plainer && ConnectFailures.isRefusal(refusal)) {
            Answer answer = config.database() != 0 ? sentinelOnly(endpoint, config.password()) : null;
            if (answer == null && config.password() != null) {
                answer = sentinelOnly(endpoint, null);
            }
            if (answer != null) {
                return answer;
            }
        }
        throw refusal;
    }

    private @Nullable Answer sentinelOnly(Endpoint endpoint, @Nullable String password) {
        try {
            Answer answer = ask(endpoint, password, 0);
            if (answer.isSentinel()) {
                return answer;
            }
            answer.channel().close();
            return null;
        } catch (RedisSqlException e) {
            return null;
        }
    }

    private Answer ask(Endpoint endpoint, @Nullable String password, int database) {
        RedisChannel channel = connector.connect(
                endpoint, password == null ? null : config.user(), password, database, false, WaitCheck.NONE);
        try {
            return new Answer(endpoint, channel, Handshake.with(channel, config, WaitCheck.NONE), password != null);
        } catch (RedisSqlException e) {
            channel.close();
            throw e;
        }
    }

    private static String lower(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
