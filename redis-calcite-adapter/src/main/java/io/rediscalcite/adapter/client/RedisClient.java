package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server, a cluster, or a master behind sentinels, as one thing to send commands to. Connections are opened as
 * needed, leased one by one, and kept for the next; {@link #close} ends them and the few daemon threads behind them.
 */
public final class RedisClient implements AutoCloseable {
    /**
     * The masters at one moment, and the owner of each slot.
     *
     * @param only the owner of all slots; null where no one node owns them all
     */
    private record View(List<RedisNode> masters, List<@Nullable RedisNode> bySlot, @Nullable RedisNode only) {
        static View of(List<RedisNode> masters) {
            @Nullable RedisNode[] bySlot = new @Nullable RedisNode[SlotRange.SLOTS];
            for (RedisNode master : masters) {
                for (SlotRange range : master.slots()) {
                    for (int slot = range.first(); slot <= range.last(); slot++) {
                        bySlot[slot] = master;
                    }
                }
            }
            List<@Nullable RedisNode> owners = Arrays.asList(bySlot);
            boolean one = masters.size() == 1 && !owners.contains(null);
            return new View(masters, owners, one ? masters.get(0) : null);
        }
    }

    private final ClientConfig config;
    private final EventLoops loops;
    private final NodePools pools;
    private final Topology topology;
    private final ServerInfo server;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile View view;
    /** True when a node was lost, whose place another may have taken. */
    private volatile boolean doubtful;

    RedisClient(
            ClientConfig config,
            EventLoops loops,
            NodePools pools,
            Topology topology,
            ServerInfo server,
            List<RedisNode> masters) {
        this.config = config;
        this.loops = loops;
        this.pools = pools;
        this.topology = topology;
        this.server = server;
        this.view = View.of(masters);
    }

    /**
     * Connects to the first endpoint that answers and finds out what it is.
     *
     * @throws RedisSqlException CANNOT_CONNECT, BAD_CREDENTIALS, NOT_PERMITTED, or BAD_OPTION for a TLS file
     */
    public static RedisClient connect(ClientConfig config) {
        return Discovery.connect(config);
    }

    public ServerInfo server() {
        return server;
    }

    /** {@link #masters(WaitCheck)} with a wait that nothing ends early. */
    public List<RedisNode> masters() {
        return masters(WaitCheck.NONE);
    }

    /** The masters by a fresh look at the topology, in the order of their slots; never empty. */
    public List<RedisNode> masters(WaitCheck check) {
        List<RedisNode> masters = look(check);
        if (!masters.equals(view.masters())) {
            view = View.of(masters);
            Set<Endpoint> endpoints = new HashSet<>(config.endpoints());
            for (RedisNode master : masters) {
                endpoints.add(master.endpoint());
                endpoints.addAll(master.replicas());
            }
            pools.keepOnly(endpoints);
        }
        return masters;
    }

    private List<RedisNode> look(WaitCheck check) {
        doubtful = false;
        try {
            return topology.masters(check);
        } catch (RedisSqlException e) {
            doubtful = true;
            throw e;
        }
    }

    /** What each master of a cluster says now that it has of the slots; the masters by a fresh look, asked side by side. */
    public SlotShares slotShares(WaitCheck check) {
        List<RedisNode> masters = masters(check);
        List<RedisLink> links = new ArrayList<>();
        try {
            for (RedisNode master : masters) {
                links.add(lease(master, check));
            }
            List<PendingReplies> sent = links.stream()
                    .map(link -> link.send(new Commands().add("CLUSTER", "NODES")))
                    .toList();
            List<SlotShares.Share> shares = new ArrayList<>();
            for (int i = 0; i < masters.size(); i++) {
                Replies.Cursor reply = sent.get(i).await(check).cursor();
                reply.next();
                if (reply.isError()) {
                    throw reply.error("CLUSTER NODES");
                }
                SlotShares.Share.of(masters.get(i), reply.text()).ifPresent(shares::add);
            }
            return SlotShares.of(masters, shares);
        } finally {
            links.forEach(RedisLink::close);
        }
    }

    /** {@link #nodeOf(byte[], WaitCheck)} with a wait that nothing ends early. */
    public RedisNode nodeOf(byte[] key) {
        return nodeOf(key, WaitCheck.NONE);
    }

    /**
     * The master that owned the key when {@link #masters} was last asked, which is now if a node was lost since.
     *
     * @throws RedisSqlException SERVER_ERROR if no node owned its slot
     */
    public RedisNode nodeOf(byte[] key, WaitCheck check) {
        return ownerOf(key, check)
                .orElseThrow(() -> new RedisSqlException(
                        SqlState.SERVER_ERROR,
                        "No node of the cluster at " + describe() + " serves slot " + slotOf(key)
                                + ". Try again when it is whole."));
    }

    /** As {@link #nodeOf}; empty if no node owned its slot. */
    public Optional<RedisNode> ownerOf(byte[] key, WaitCheck check) {
        if (doubtful) {
            masters(check);
        }
        View now = view;
        return Optional.ofNullable(
                now.only() != null ? now.only() : now.bySlot().get(slotOf(key)));
    }

    /** The hash slot of a key, from 0 to 16383. */
    public static int slotOf(byte[] key) {
        return Slots.of(key);
    }

    /** The node at an endpoint that a {@link Redirect} named, even if the topology doesn't have it yet. */
    public RedisNode nodeAt(Endpoint endpoint) {
        for (RedisNode master : view.masters()) {
            if (master.endpoint().equals(endpoint)) {
                return master;
            }
        }
        return RedisNode.master(endpoint, List.of(), List.of());
    }

    /** The node that serves reads for a master, as {@link ClientConfig#readFrom} wants it; often the master itself. */
    public RedisNode reader(RedisNode master) {
        if (config.readFrom() == ReadFrom.MASTER || master.replicas().isEmpty()) {
            return master;
        }
        if (config.readFrom() == ReadFrom.NEAREST) {
            return nearest(master);
        }
        int next = Math.floorMod(turn.getAndIncrement(), master.replicas().size());
        return RedisNode.replica(master.replicas().get(next));
    }

    /**
     * A connection to that node for the caller alone, to be closed.
     *
     * @throws RedisSqlException CANNOT_CONNECT and its like; SERVER_LIMIT when too many are leased at once; whatever the
     *     check throws
     */
    public RedisLink lease(RedisNode node, WaitCheck check) {
        NodePool pool = pool(node);
        try {
            return new RedisLink(node, pool.lease(check), pool, check);
        } catch (RedisSqlException e) {
            if (e.state() == SqlState.CANNOT_CONNECT) {
                doubtful = true;
            }
            throw e;
        }
    }

    /** {@link #lease} of the {@link #reader} of a master; of the master itself where that can't be reached. */
    public RedisLink leaseForReading(RedisNode master, WaitCheck check) {
        RedisNode reader = reader(master);
        try {
            return lease(reader, check);
        } catch (RedisSqlException e) {
            if (!reader.replica() || e.state() != SqlState.CANNOT_CONNECT) {
                throw e;
            }
            return lease(master, check);
        }
    }

    /** Sends on a connection leased for this, and waits for the replies. An error reply is one of them. */
    public Replies call(RedisNode node, Commands commands, WaitCheck check) {
        try (RedisLink link = lease(node, check)) {
            return link.send(commands).await(check);
        }
    }

    /** Whether the first master answers in time; a timeout of 0 means the command timeout. */
    public boolean ping(int timeoutMillis) {
        int patience = timeoutMillis > 0 ? timeoutMillis : config.commandTimeoutMillis();
        long deadline = System.nanoTime() + patience * 1_000_000L;
        WaitCheck check = () -> {
            if (patience > 0 && System.nanoTime() - deadline > 0) {
                throw new RedisSqlException(SqlState.TIMEOUT, describe() + " sent no PONG for " + patience + " ms.");
            }
        };
        try {
            RedisNode first = (doubtful ? masters(check) : view.masters()).get(0);
            Replies.Cursor reply =
                    call(first, new Commands().add("PING"), check).cursor();
            reply.next();
            // A user who may not PING has a server that answers all the same.
            return !reply.isError() || reply.text().startsWith("NOPERM");
        } catch (RedisSqlException e) {
            return false;
        }
    }

    /** The endpoints as configured, for messages. */
    public String describe() {
        return config.endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }

    /** Closes all connections, leased ones too, and ends all threads before it returns. */
    @Override
    public void close() {
        // In this order, since a loop that ends with open channels may tell nobody that they closed.
        pools.close();
        loops.close();
    }

    private NodePool pool(RedisNode node) {
        return pools.pool(node.endpoint(), node.replica() && server.mode() == Mode.CLUSTER);
    }

    private RedisNode nearest(RedisNode master) {
        List<RedisNode> candidates = new ArrayList<>(List.of(master));
        master.replicas().forEach(replica -> candidates.add(RedisNode.replica(replica)));
        RedisNode nearest = master;
        long best = Long.MAX_VALUE;
        for (RedisNode candidate : candidates) {
            long latency = latency(candidate);
            if (latency < best) {
                best = latency;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private long latency(RedisNode node) {
        try {
            return pool(node).latencyNanos();
        } catch (RedisSqlException e) {
            // A node that can't be reached isn't the nearest.
            return Long.MAX_VALUE;
        }
    }
}
