package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.PendingReplies;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pipelines of one session to one node: units that gather to the next, and those that are under way. */
final class NodeLane implements AutoCloseable {
    /** A pipeline is sent when it has this many bytes, however few units. */
    private static final int MOST_BYTES = 1 << 20;

    /** About what a script takes, and the names of the fields. */
    private static final int SHARED_BYTES = 4096;

    /**
     * @param asking whether the node takes the unit only behind ASKING, since it doesn't own the slot yet
     * @param alone whether the unit must not share a command
     */
    private record Parcel(Unit unit, boolean asking, boolean alone) {
        /** Whether others may go in one command with it. */
        boolean isSharing() {
            return unit.payload() instanceof NewHash && !asking && !alone;
        }
    }

    /** One pipeline that was sent: parcels, those of a command together, and the scripts that it loads first. */
    private record Flight(List<List<Parcel>> commands, Set<String> scripts, PendingReplies replies) {
        Stream<Unit> units() {
            return commands.stream().flatMap(List::stream).map(Parcel::unit);
        }
    }

    /** Takes what the server said of each unit, and of those that it will never be known of. */
    interface Verdicts {
        /** The reply to the unit, which the cursor is at. */
        void replied(Unit unit, Replies.Cursor reply, RedisNode node);

        void unknown(Unit unit, RedisSqlException why);

        void failed(Unit unit, RedisSqlException why);
    }

    private final RedisClient client;
    private final RedisNode node;
    private final int batchSize;
    private final int mostInFlight;
    private final Verdicts verdicts;
    private final Deque<Flight> flights = new ArrayDeque<>();
    private List<Parcel> parcels = new ArrayList<>();
    private long bytes;
    private @Nullable RedisLink link;
    private @Nullable RedisSqlException unreachable;

    NodeLane(RedisClient client, RedisNode node, int batchSize, int mostInFlight, Verdicts verdicts) {
        this.client = client;
        this.node = node;
        this.batchSize = batchSize;
        this.mostInFlight = mostInFlight;
        this.verdicts = verdicts;
    }

    /**
     * Adds a unit; where its pipeline is full, sends it, after waiting until few enough are under way.
     *
     * @param asking whether the node takes the unit only behind ASKING
     */
    void add(Unit unit, boolean asking, WaitCheck check) {
        parcels.add(new Parcel(unit, asking, false));
        bytes += unit.payload().size();
        if (parcels.size() >= batchSize || bytes >= MOST_BYTES) {
            send(check);
        }
    }

    private void send(WaitCheck check) {
        if (parcels.isEmpty()) {
            return;
        }
        while (flights.size() >= mostInFlight) {
            land(check);
        }
        List<Parcel> sent = parcels;
        int size = (int) Math.min(Integer.MAX_VALUE / 2, bytes + bytes / 16 + SHARED_BYTES);
        parcels = new ArrayList<>();
        bytes = 0;
        RedisLink open = open(check);
        if (open == null) {
            RedisSqlException why = unreachable;
            sent.forEach(parcel -> verdicts.failed(parcel.unit(), Objects.requireNonNull(why)));
            return;
        }
        Commands commands = new Commands(size);
        // A server that was restarted has forgotten them, and they cost nothing beside the units.
        Set<String> scripts = new LinkedHashSet<>();
        List<List<Parcel>> together = together(sent);
        together.forEach(some -> some.get(0).unit().script().ifPresent(scripts::add));
        scripts.forEach(script -> commands.add("SCRIPT", "LOAD", script));
        for (List<Parcel> some : together) {
            if (some.get(0).asking()) {
                commands.add("ASKING");
            }
            write(some, commands);
        }
        flights.add(new Flight(together, scripts, open.send(commands)));
    }

    /**
     * Those side by side that may share a command: as many as it takes, no key twice, and a cluster's keys of one slot.
     */
    private List<List<Parcel>> together(List<Parcel> sent) {
        boolean cluster = client.server().mode() == Mode.CLUSTER;
        List<List<Parcel>> all = new ArrayList<>();
        List<Parcel> some = List.of();
        Set<ByteBuffer> keys = new HashSet<>();
        int most = 0;
        int slot = 0;
        for (Parcel parcel : sent) {
            if (!parcel.isSharing()) {
                some = List.of();
                all.add(List.of(parcel));
                continue;
            }
            int next = cluster ? RedisClient.slotOf(parcel.unit().key()) : 0;
            ByteBuffer key = ByteBuffer.wrap(parcel.unit().key());
            if (some.isEmpty() || some.size() >= most || next != slot || !keys.add(key)) {
                keys.clear();
                keys.add(key);
                some = new ArrayList<>();
                all.add(some);
                most = parcel.unit().payload() instanceof NewHash hash ? hash.mostTogether() : 1;
                slot = next;
            }
            some.add(parcel);
        }
        return all;
    }

    private static void write(List<Parcel> some, Commands commands) {
        if (some.get(0).unit().payload() instanceof Words command) {
            commands.add(command.words());
            return;
        }
        List<NewHash> hashes = new ArrayList<>(some.size());
        for (Parcel parcel : some) {
            hashes.add((NewHash) parcel.unit().payload());
        }
        NewHash.write(hashes, commands);
    }

    /** A connection; null once the node can't be reached, so that one timeout is waited for and not one a pipeline. */
    private @Nullable RedisLink open(WaitCheck check) {
        RedisLink open = link;
        if (open == null && unreachable == null) {
            try {
                open = client.lease(node, check);
                link = open;
            } catch (RedisSqlException refused) {
                check.check();
                unreachable = refused;
            }
        }
        return open;
    }

    /** Waits for the oldest pipeline under way, and gives its verdicts. */
    private void land(WaitCheck check) {
        Flight flight = flights.element();
        Replies replies;
        try {
            replies = flight.replies().await(check);
        } catch (RedisSqlException lost) {
            // Still under way if it was the check that threw.
            check.check();
            flights.remove();
            flight.units().forEach(unit -> verdicts.unknown(unit, lost));
            disconnect();
            return;
        }
        flights.remove();
        Replies.Cursor reply = replies.cursor();
        RedisSqlException noScript = null;
        for (int loads = flight.scripts().size(); loads > 0; loads--) {
            reply.next();
            // Of a server that was busy just then, NOSCRIPT tells no more than that the units are to be sent again.
            boolean refused = reply.isError() && !PassingErrors.has(reply.text());
            noScript = refused ? reply.error("SCRIPT LOAD") : noScript;
            reply.skip();
        }
        for (List<Parcel> some : flight.commands()) {
            reply.next();
            if (some.get(0).asking()) {
                reply.skip();
                reply.next();
            }
            if (noScript != null && reply.isError() && reply.text().startsWith("NOSCRIPT")) {
                RedisSqlException why = noScript;
                some.forEach(parcel -> verdicts.failed(parcel.unit(), why));
            } else {
                read(some, reply);
            }
            reply.skip();
        }
    }

    /** Gives the verdicts of one command's reply. */
    private void read(List<Parcel> some, Replies.Cursor reply) {
        if (some.size() > 1 && reply.isError()) {
            // None of them was done. It may be a single key that isn't this user's: each is to have its own answer.
            parcels.addAll(
                    0,
                    some.stream()
                            .map(parcel -> new Parcel(parcel.unit(), false, true))
                            .toList());
        } else if (some.get(0).unit().payload() instanceof NewHash && !reply.isError()) {
            for (Parcel parcel : some) {
                reply.next();
                verdicts.replied(parcel.unit(), reply, node);
            }
        } else {
            verdicts.replied(some.get(0).unit(), reply, node);
        }
    }

    private void disconnect() {
        RedisLink broken = link;
        link = null;
        if (broken != null) {
            broken.close();
        }
    }

    /** Sends what has gathered, and waits until nothing is under way. */
    void finish(WaitCheck check) {
        do {
            send(check);
            settle(check);
        } while (!parcels.isEmpty());
    }

    /** Waits until nothing is under way. */
    void settle(WaitCheck check) {
        while (!flights.isEmpty()) {
            land(check);
        }
    }

    /** Gives up on what has gathered, which fails, and on what is under way still. */
    void abandon(RedisSqlException why) {
        parcels.forEach(parcel -> verdicts.failed(parcel.unit(), why));
        parcels.clear();
        for (Flight flight = flights.poll(); flight != null; flight = flights.poll()) {
            flight.units().forEach(unit -> verdicts.unknown(unit, why));
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
