package io.rediscalcite.tools;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;

/** What the tests of tools read: {@code item:1} with {@code v} 1 and {@code name} n1, and so on. */
final class Items {
    private Items() {}

    static void load(RedisServerExtension redis, int count) {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            commands.add(new Object[] {"HSET", "item:" + i, "v", i, "name", "n" + i});
        }
        for (Object reply : redis.pipeline(commands)) {
            if (reply instanceof RuntimeException refused) {
                throw refused;
            }
        }
    }
}
