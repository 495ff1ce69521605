package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.SlotShares;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Scans the masters of a cluster side by side, and some once more where slots moved meanwhile.
 *
 * <p>A key that moves from where its node's scan hasn't come yet to where the other's has passed is in neither. So the masters
 * are asked before and after what they have. A scan has all keys of a slot that stayed where it was. Of one that is being handed
 * over all the while, two scans have all keys: one that stayed at the giver during the first is in that, and any other is at the
 * taker during the second. While slots are missing, their masters are scanned for keys that didn't come: all that came are
 * remembered.
 *
 * <p>All that holds of replicas too, of those that have come as far as their masters were when the scan began: what a master had
 * at its beginning they have, and later than it they lose it.
 *
 * <p>A node may list keys that were left when it lost their slot, and that nobody would find there: only keys of slots that it
 * has, or that are on their way from or to it, are taken from it.
 */
final class ClusterScan {
    private static final int MOST_SCANS = 8;
    private static final int FIRST_PAUSE_MILLIS = 25;

    private final RedisClient client;
    private final Execution execution;
    private final Predicate<RedisNode> nodes;
    private final Opener opener;
    private final SeenKeys seen = new SeenKeys();
    private final BitSet missing;
    private BitSet handedOver = new BitSet();
    private SlotShares before;
    private int scans;

    /**
     * What is to be scanned of a master.
     *
     * @param slots those whose keys are wanted; the set changes afterwards
     * @param held those whose keys there are the cluster's
     */
    record Part(RedisNode master, BitSet slots, BitSet held) {}

    /** Opens a reader. */
    interface Opener {
        NodeReader open(Part part, ScanWindow window);
    }

    /**
     * @param nodes those whose keys are wanted
     * @param slots those whose keys are wanted
     */
    ClusterScan(RedisClient client, Execution execution, Predicate<RedisNode> nodes, BitSet slots, Opener opener) {
        this.client = client;
        this.execution = execution;
        this.nodes = nodes;
        this.missing = (BitSet) slots.clone();
        this.opener = opener;
        this.before = client.slotShares(execution);
    }

    /** A reader of each master that may have keys that are missing. */
    List<NodeReader> open() {
        scans++;
        List<NodeReader> readers = new ArrayList<>();
        try {
            for (RedisNode master : before.nodesOf(missing)) {
                if (nodes.test(master)) {
                    Part part = new Part(master, missing, before.heldBy(master));
                    readers.add(opener.open(part, ScanWindow.keepingAll(master.endpoint(), seen)));
                }
            }
        } catch (RuntimeException failed) {
            readers.forEach(NodeReader::close);
            throw failed;
        }
        return readers;
    }

    /**
     * Readers of what the last ones may have missed; none if they missed nothing.
     *
     * @throws RedisSqlException SERVER_ERROR if slots still move after some scans
     */
    List<NodeReader> again() {
        List<NodeReader> readers = List.of();
        while (readers.isEmpty()) {
            look();
            if (missing.isEmpty()) {
                return List.of();
            }
            if (scans == MOST_SCANS) {
                throw new RedisSqlException(
                        SqlState.SERVER_ERROR,
                        "Slots of the cluster at " + client.describe() + " moved during each of " + MOST_SCANS
                                + " scans, so that keys may have been missed. Run the statement again when they stay"
                                + " (redis-cli --cluster check).");
            }
            if (scans > 1) {
                execution.pause(FIRST_PAUSE_MILLIS << (scans - 2));
            }
            readers = open();
        }
        return readers;
    }

    private void look() {
        SlotShares after = client.slotShares(execution);
        missing.andNot(before.stayedUntil(after));
        BitSet twice = handedOver;
        handedOver = before.wentOneWayUntil(after);
        twice.and(handedOver);
        missing.andNot(twice);
        before = after;
    }
}
