package io.rediscalcite.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Hands slots of a test's cluster from master to master, a step at a time, as redis-cli does.
 *
 * <p>A master may tell of the slots that it had a moment ago, and with a higher epoch than the one that has a slot now knows;
 * then that one gives the slot up, and deletes its keys. So the next slot has to wait until all nodes agree.
 */
public final class ClusterSlots {
    private static final int MASTERS = 3;
    private static final long PATIENCE_SECONDS = 30;

    /** Where a slot stands that is being handed over. */
    public enum State {
        STAYS,
        OPENED,
        HALF_MOVED,
        ALL_MOVED,
        TAKEN,
        CLOSED
    }

    private final RedisServerExtension redis;

    public ClusterSlots(RedisServerExtension redis) {
        this.redis = redis;
    }

    /** The port of the master that says that the key's slot is its own. */
    public int owner(String key) {
        for (int port : masters()) {
            Object reply = redis.node(port)
                    .pipeline(List.<Object[]>of(words("EXISTS", key)))
                    .get(0);
            if (!String.valueOf(reply).contains("MOVED")) {
                return port;
            }
        }
        throw new IllegalStateException(key);
    }

    /** Another master's port. */
    public int otherThan(int port) {
        return masters().get((masters().indexOf(port) + 1) % MASTERS);
    }

    /** Says that the key's slot is to go from its owner to the other. */
    public void open(String key, int from, int to) {
        setSlot(to, key, "IMPORTING", id(from));
        setSlot(from, key, "MIGRATING", id(to));
    }

    /** Takes that back: the slot stays its owner's, and keys that have moved are left where nobody looks for them. */
    public void leaveOpened(String key, int from, int to) {
        redis.node(to).exec("CLUSTER", "SETSLOT", slot(key), "STABLE");
        redis.node(from).exec("CLUSTER", "SETSLOT", slot(key), "STABLE");
    }

    /** Sends a command about a key of an open slot to the node that takes it. */
    public void execAtTaker(int to, Object... command) {
        redis.node(to).exec("ASKING");
        redis.node(to).exec(command);
    }

    /** Moves keys of an open slot, at most so many. */
    public void moveKeys(String key, int from, int to, int most) {
        for (Object each : (List<?>) redis.node(from).exec("CLUSTER", "GETKEYSINSLOT", slot(key), most)) {
            redis.node(from).exec("MIGRATE", "127.0.0.1", to, each, 0, 5000);
        }
    }

    /** Makes the slot, whose keys have all moved, the other's own; at first for that one alone. */
    public void assign(String key, int to) {
        setSlot(to, key, "NODE", id(to));
    }

    /** Tells all masters whose the slot is, and waits until all nodes agree. */
    public void close(String key, int from, int to) {
        setSlot(from, key, "NODE", id(to));
        masters().forEach(port -> setSlot(port, key, "NODE", id(to)));
        settle();
    }

    /** Hands the key's slot, with all its keys, to another master. */
    public void move(String key) {
        int from = owner(key);
        int to = otherThan(from);
        open(key, from, to);
        moveKeys(key, from, to, Integer.MAX_VALUE);
        assign(key, to);
        close(key, from, to);
    }

    /** Brings the key's slot to that state on its way between the two, from whatever state before; half moved means that 50 keys have. */
    public void bring(String key, int from, int to, State state) {
        if (state.compareTo(State.OPENED) >= 0 && owner(key) == from) {
            open(key, from, to);
            int moved = state == State.OPENED ? 0 : state == State.HALF_MOVED ? 50 : Integer.MAX_VALUE;
            if (moved > 0) {
                moveKeys(key, from, to, moved);
            }
        }
        if (state.compareTo(State.TAKEN) >= 0) {
            assign(key, to);
        }
        if (state == State.CLOSED) {
            close(key, from, to);
        }
    }

    /** The port of the replica of the master on that port. */
    public int replicaOf(int port) {
        return redis.ports().get(MASTERS + masters().indexOf(port));
    }

    /** Waits until each replica has what its master has. */
    public void awaitReplicas() {
        for (int port : masters()) {
            // WAIT looks at what was written when the command before it came.
            redis.node(port).exec("PING");
            Object replicas = redis.node(port).exec("WAIT", 1, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            if (!Long.valueOf(1).equals(replicas)) {
                throw new IllegalStateException("the replica of " + port + " lags behind");
            }
        }
    }

    /** Keys of all masters. */
    public long keys() {
        return masters().stream()
                .mapToLong(port -> (Long) redis.node(port).exec("DBSIZE"))
                .sum();
    }

    private void setSlot(int port, String key, String what, Object id) {
        redis.node(port).exec("CLUSTER", "SETSLOT", slot(key), what, id);
    }

    private Object slot(String key) {
        return redis.node(redis.port()).exec("CLUSTER", "KEYSLOT", key);
    }

    private Object id(int port) {
        return redis.node(port).exec("CLUSTER", "MYID");
    }

    private List<Integer> masters() {
        return redis.ports().subList(0, MASTERS);
    }

    private static Object[] words(Object... words) {
        return words;
    }

    /** Waits until each node says the same of all, and no two masters have the same epoch. */
    private void settle() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Set<Object> views = new HashSet<>();
        do {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the nodes don't agree whose the slots are: " + views);
            }
            views.clear();
            redis.ports().forEach(port -> views.add(view(port)));
        } while (views.size() > 1 || views.contains(List.of()));
    }

    /** The masters, with epoch and slots, as the node has them; empty while two have the same epoch. */
    private List<String> view(int port) {
        TreeMap<String, String> masters = new TreeMap<>();
        Set<String> epochs = new TreeSet<>();
        for (String line :
                String.valueOf(redis.node(port).exec("CLUSTER", "NODES")).split("\n")) {
            String[] words = line.split(" ");
            if (words[2].contains("master")) {
                List<String> slots = List.of(words).subList(8, words.length);
                masters.put(words[0], words[6] + " " + slots);
                epochs.add(words[6]);
            }
        }
        return epochs.size() < masters.size() ? List.of() : new ArrayList<>(List.of(masters.toString()));
    }
}
