package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.Text;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which keys SCAN is to walk over.
 *
 * <p>SCAN walks the server's hash table, so a part of its keys is as good as a random choice.
 *
 * @param glob a MATCH pattern
 * @param type null for keys of all types
 * @param limit keys that the servers look at, at most about
 */
record KeyWalk(String glob, @Nullable TableType type, long limit) {
    /** Keys that the server looks at for one SCAN: other clients wait some three milliseconds for it, at most. */
    private static final int PAGE = 5000;

    static KeyWalk all(long limit) {
        return new KeyWalk("*", null, limit);
    }

    private Commands command(String cursor, int page) {
        boolean all = glob.equals("*");
        Commands command = new Commands()
                .begin(4 + (all ? 0 : 2) + (type == null ? 0 : 2))
                .arg("SCAN")
                .arg(cursor)
                .arg("COUNT")
                .arg(page);
        if (!all) {
            command.arg("MATCH").arg(Text.encode(glob));
        }
        if (type != null) {
            command.arg("TYPE").arg(type.redisType().orElseThrow());
        }
        return command;
    }

    /** @param consumer takes the keys' names, and answers whether it wants more */
    OnNode onNode(RedisLink link, int nodes, Predicate<String> consumer) {
        return new OnNode(link, this, Math.max(1, limit / nodes), consumer);
    }

    /** The walk on one node. */
    static final class OnNode extends Lane {
        private final KeyWalk walk;
        private final long limit;
        private final int page;
        private final Predicate<String> consumer;
        private long walked;
        private String cursor = "0";

        private OnNode(RedisLink link, KeyWalk walk, long limit, Predicate<String> consumer) {
            super(link);
            this.walk = walk;
            this.limit = limit;
            this.page = (int) Math.min(PAGE, limit);
            this.consumer = consumer;
        }

        @Override
        Commands first() {
            return walk.command(cursor, page);
        }

        @Override
        @Nullable
        Commands next(Replies.Cursor reply) {
            reply.next();
            if (reply.isError()) {
                throw reply.error("SCAN");
            }
            reply.next();
            cursor = reply.text();
            walked += page;
            return isComplete() || walked >= limit ? null : walk.command(cursor, page);
        }

        @Override
        boolean read(Replies.Cursor reply) {
            reply.next();
            for (int i = reply.arrayLength(); i > 0; i--) {
                reply.next();
                if (!consumer.test(Text.decode(reply.buffer(), reply.offset(), reply.length()))) {
                    return false;
                }
            }
            return true;
        }

        /** Whether all keys of the node were walked over. */
        boolean isComplete() {
            return walked > 0 && cursor.equals("0");
        }
    }
}
