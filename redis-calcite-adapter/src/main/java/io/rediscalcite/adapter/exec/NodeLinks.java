package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The connections of one reader to its node: the first, which scans, and others that fetch keys in turns with it. */
final class NodeLinks implements AutoCloseable {
    private final List<RedisLink> links = new ArrayList<>();
    private final Supplier<RedisLink> more;
    private int most;
    private int turn;

    /**
     * @param more opens another connection to the same node, for cursors are that node's own
     * @param most how many there may be in all; 1 at least
     */
    NodeLinks(RedisLink first, Supplier<RedisLink> more, int most) {
        links.add(first);
        this.more = more;
        this.most = most;
    }

    RedisNode node() {
        return first().node();
    }

    RedisLink first() {
        return links.get(0);
    }

    /**
     * The connection for the next batch of keys.
     *
     * @param underWay batches that are on their way; only beside one is another connection of use
     */
    RedisLink next(int underWay) {
        if (underWay > 0 && links.size() < most) {
            try {
                links.add(more.get());
                turn = links.size() - 1;
                return links.get(turn);
            } catch (RedisSqlException full) {
                if (full.state() != SqlState.SERVER_LIMIT) {
                    throw full;
                }
                // Readers that have one each must not wait for one another's.
                most = links.size();
            }
        }
        turn = (turn + 1) % links.size();
        return links.get(turn);
    }

    @Override
    public void close() {
        links.forEach(RedisLink::close);
    }
}
