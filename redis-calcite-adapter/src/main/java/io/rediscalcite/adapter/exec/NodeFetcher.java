package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Redirect;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one node about keys, a batch at a time, and tells the rows from the keys that are to be read elsewhere.
 *
 * <p>A master of a cluster that doesn't have a key says where it is, by MOVED or ASK. A replica doesn't: of a slot that its master
 * hands over, or has just got, it has what has come to it, and says that there is nothing else. So a key that a replica
 * doesn't have is left to its master. Most keys' one reply tells that they are there; others are followed by EXISTS, which tells that
 * they were there still, whatever came before it.
 */
final class NodeFetcher {
    private final KeyFetcher fetcher;
    private final RedisNode node;
    private final RedisNode master;
    private final boolean cluster;
    private final boolean copy;

    /**
     * @param node the one that is asked: {@code master}, or a replica of it
     * @param cluster whether nodes send keys elsewhere
     */
    NodeFetcher(KeyFetcher fetcher, RedisNode node, RedisNode master, boolean cluster) {
        this.fetcher = fetcher;
        this.node = node;
        this.master = master;
        this.cluster = cluster;
        this.copy = cluster && node.replica();
    }

    /**
     * Writes the commands of {@code steps}, in order.
     *
     * @param wanted rows that the query still wants at most
     * @return how many commands each step and those before it have; none where steps share commands
     */
    int[] write(Commands commands, List<Step> steps, long wanted) {
        return fetcher.write(commands, steps, wanted, copy);
    }

    /**
     * Reads the replies to what {@link #write} wrote for the same steps.
     *
     * @param ends what that gave
     * @return the steps that another node is to go on with; nothing of them reached {@code sink}
     */
    List<Stray> read(List<Step> steps, int[] ends, Replies replies, RowSink sink) {
        if (!copy && !(cluster && replies.hasError())) {
            fetcher.read(steps, replies.cursor(), sink);
            return List.of();
        }
        List<Stray> strays = new ArrayList<>();
        Replies.Cursor ahead = replies.cursor();
        Replies.Cursor reply = replies.cursor();
        int from = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            int commands = ends[i] - from;
            from = ends[i];
            Stray stray = stray(step, commands, ahead);
            if (stray != null) {
                skip(commands, reply);
                strays.add(stray);
            } else if (copy && commands == 1) {
                Counted counted = new Counted(sink);
                fetcher.read(step, reply, counted);
                if (counted.taken == 0) {
                    strays.add(notCopied(new Step(step.key(), null)));
                }
            } else {
                fetcher.read(step, reply, sink);
                skip(copy && commands > 1 ? 1 : 0, reply);
            }
        }
        return strays;
    }

    private @Nullable Stray stray(Step step, int commands, Replies.Cursor reply) {
        Stray stray = null;
        for (int command = 0; command < commands; command++) {
            reply.next();
            if (stray == null && reply.isError()) {
                stray = sentElsewhere(step, reply);
            }
            if (stray == null && copy && command > 0 && command == commands - 1) {
                KeyFetcher.failOnError(reply, "EXISTS");
                stray = reply.longValue() == 0 ? notCopied(fetcher.elsewhere(step)) : null;
            }
            reply.skip();
        }
        return stray;
    }

    private @Nullable Stray sentElsewhere(Step step, Replies.Cursor error) {
        Redirect redirect = Redirect.parse(error.text(), node.endpoint());
        if (redirect == null) {
            return null;
        }
        Stray.Why why = redirect.ask() ? Stray.Why.GONE_AHEAD : Stray.Why.MOVED;
        RedisSqlException refusal = error.error("Reading " + step.key().text());
        return new Stray(fetcher.elsewhere(step), redirect.target(), why, refusal);
    }

    private Stray notCopied(Step step) {
        String text = "The replica " + node + " doesn't have the key '"
                + step.key().text() + "', nor do the nodes that it was asked of then.";
        return new Stray(
                step, master.endpoint(), Stray.Why.NOT_COPIED, new RedisSqlException(SqlState.SERVER_ERROR, text));
    }

    private static void skip(int replies, Replies.Cursor reply) {
        for (int i = 0; i < replies; i++) {
            reply.next();
            reply.skip();
        }
    }

    /** Counts what it passes on. */
    private static final class Counted implements RowSink {
        private final RowSink sink;
        private int taken;

        Counted(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void row(@Nullable Object[] row) {
            taken++;
            sink.row(row);
        }

        @Override
        public void again(Step step) {
            taken++;
            sink.again(step);
        }
    }
}
