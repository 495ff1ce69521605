package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisLink;
import io.rediscalcite.adapter.client.Replies;
import org.jspecify.annotations.Nullable;

/** How many keys one node has, by DBSIZE. */
final class KeyCount extends Lane {
    private long keys;

    KeyCount(RedisLink link) {
        super(link);
    }

    /** 0 if the user may not ask. */
    long keys() {
        return keys;
    }

    @Override
    Commands first() {
        return new Commands().add("DBSIZE");
    }

    @Override
    @Nullable
    Commands next(Replies.Cursor reply) {
        return null;
    }

    @Override
    boolean read(Replies.Cursor reply) {
        reply.next();
        keys = reply.isError() ? 0 : reply.longValue();
        return true;
    }
}
