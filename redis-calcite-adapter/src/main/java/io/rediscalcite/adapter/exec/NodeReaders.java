package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.SlotRange;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Opens the readers of one run of a query: on the nodes that have its keys, and where keys were sent meanwhile.
 *
 * <p>A cluster's master that doesn't have a key, or not any more, says where it is; that is followed, a few times. What a replica
 * doesn't have is asked of its master.
 */
final class NodeReaders {
    private static final int MOST_HOPS = 10;
    private static final int FIRST_PAUSE_MILLIS = 10;

    private final RedisClient client;
    private final Reading reading;
    private @Nullable ClusterScan scan;

    NodeReaders(RedisClient client, Reading reading) {
        this.client = client;
        this.reading = reading;
    }

    /** Where some keys are to be read. */
    private record Place(RedisNode node, boolean asking) {}

    /** Readers of keys, each on the node that owns it. */
    List<NodeReader> ofKeys(List<TableKey> keys) {
        try {
            return openOnOwners(keys);
        } catch (RedisSqlException unreachable) {
            if (unreachable.state() != SqlState.CANNOT_CONNECT
                    || client.server().mode() == Mode.STANDALONE) {
                throw unreachable;
            }
            // Its replica may have taken its place; the client asks for that before it names an owner again.
            return openOnOwners(keys);
        }
    }

    private List<NodeReader> openOnOwners(List<TableKey> keys) {
        Map<RedisNode, List<TableKey>> byOwner = new LinkedHashMap<>();
        for (TableKey key : keys) {
            RedisNode owner = client.nodeOf(key.raw(), reading.execution());
            if (reading.selector().acceptsNode(owner)) {
                byOwner.computeIfAbsent(owner, node -> new ArrayList<>()).add(key);
            }
        }
        return open(
                byOwner,
                (node, owned) -> NodeReader.named(
                        links(client.leaseForReading(node, reading.execution())), reading, node, owned));
    }

    /** Readers of the keys that SCAN finds. */
    List<NodeReader> ofScan() {
        Execution execution = reading.execution();
        KeySelector selector = reading.selector();
        if (reading.cluster()) {
            ClusterScan cluster =
                    new ClusterScan(client, execution, selector::acceptsNode, selector.slots(), this::scanning);
            scan = cluster;
            return cluster.open();
        }
        List<NodeReader> readers = new ArrayList<>();
        for (RedisNode master : client.masters(execution)) {
            if (selector.acceptsNode(master)) {
                ScanWindow window = new ScanWindow(master.endpoint());
                readers.add(NodeReader.scanning(
                        links(client.leaseForReading(master, execution)), reading, master, window, null, null));
            }
        }
        return readers;
    }

    private NodeReader scanning(ClusterScan.Part part, ScanWindow window) {
        Execution execution = reading.execution();
        RedisNode master = part.master();
        RedisLink link = new ReplicaProgress(client, execution).lease(master);
        NodeReader reader = null;
        try {
            boolean some = part.slots().cardinality() < SlotRange.SLOTS;
            SlotOrder order = some && SlotOrder.isOn(link, execution) ? new SlotOrder(part.slots()) : null;
            reader = NodeReader.scanning(links(link), reading, master, window, order, part.held());
            return reader;
        } finally {
            if (reader == null) {
                link.close();
            }
        }
    }

    /** Readers of what a scan may have missed, once its readers are done; none at the end. */
    List<NodeReader> more() {
        return scan == null ? List.of() : scan.again();
    }

    /**
     * Readers of the keys that a reader was sent elsewhere with; none where there are no such keys.
     *
     * @throws RedisSqlException what the node said, after too many of them
     */
    List<NodeReader> follow(NodeReader reader) {
        List<Stray> strays = reader.takeStrays();
        if (strays.isEmpty()) {
            return List.of();
        }
        int hops = reader.hops() + 1;
        if (hops > MOST_HOPS) {
            throw strays.get(0).refusal();
        }
        if (hops > 2) {
            // From the source of a slot to its target is one hop, and where that was handed on meanwhile, another.
            reading.execution().pause(FIRST_PAUSE_MILLIS << (hops - 3));
        }
        boolean moved = false;
        Map<Place, List<Step>> byPlace = new LinkedHashMap<>();
        for (Stray stray : strays) {
            moved |= stray.why() == Stray.Why.MOVED;
            Place place = new Place(client.nodeAt(stray.target()), stray.why() == Stray.Why.GONE_AHEAD);
            if (reading.selector().acceptsNode(place.node())) {
                byPlace.computeIfAbsent(place, any -> new ArrayList<>()).add(stray.step());
            } else {
                reading.budget().finish();
            }
        }
        if (moved) {
            client.masters(reading.execution());
        }
        return open(
                byPlace,
                (place, steps) -> NodeReader.going(
                        links(client.lease(place.node(), reading.execution())),
                        reading,
                        place.node(),
                        steps,
                        place.asking(),
                        hops));
    }

    private NodeLinks links(RedisLink first) {
        int most = Math.max(1, reading.options().parallelism());
        return new NodeLinks(first, () -> client.lease(first.node(), reading.execution()), most);
    }

    private static <P, K> List<NodeReader> open(Map<P, List<K>> byPlace, BiFunction<P, List<K>, NodeReader> opener) {
        List<NodeReader> readers = new ArrayList<>();
        try {
            byPlace.forEach((place, keys) -> readers.add(opener.apply(place, keys)));
        } catch (RuntimeException failed) {
            readers.forEach(NodeReader::close);
            throw failed;
        }
        return readers;
    }
}
