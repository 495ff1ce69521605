package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.SlotShares;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Scans all masters of a cluster side by side, and once more where slots moved meanwhile.
 *
 * <p>A key that moves from where its node's scan hasn't come yet to where the other's has passed is in neither. So the masters
 * are asked before and after what they have; unless that is the same, and nothing is about to move, they are scanned again for
 * the keys that didn't come: all that came are remembered.
 */
final class ClusterScan {
    private static final int MOST_SCANS = 5;

    private final RedisClient client;
    private final Execution execution;
    private final BiFunction<RedisNode, ScanWindow, NodeReader> opener;
    private final SeenKeys seen = new SeenKeys();
    private SlotShares before = new SlotShares(List.of(), true);
    private int scans;

    /** @param opener opens a reader of a node */
    ClusterScan(RedisClient client, Execution execution, BiFunction<RedisNode, ScanWindow, NodeReader> opener) {
        this.client = client;
        this.execution = execution;
        this.opener = opener;
    }

    /** A reader of each master. */
    List<NodeReader> open() {
        scans++;
        List<RedisNode> masters = client.masters(execution);
        before = client.slotShares(execution);
        List<NodeReader> readers = new ArrayList<>();
        try {
            for (RedisNode master : masters) {
                readers.add(opener.apply(master, ScanWindow.keepingAll(master.endpoint(), seen)));
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
        if (before.stayedUntil(client.slotShares(execution))) {
            return List.of();
        }
        if (scans == MOST_SCANS) {
            throw new RedisSqlException(
                    SqlState.SERVER_ERROR,
                    "Slots of the cluster at " + client.describe() + " moved during each of " + MOST_SCANS
                            + " scans, so that keys may have been missed. Run the statement again when they stay"
                            + " (redis-cli --cluster check).");
        }
        return open();
    }
}
