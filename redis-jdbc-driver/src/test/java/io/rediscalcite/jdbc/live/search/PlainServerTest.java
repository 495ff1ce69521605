package io.rediscalcite.jdbc.live.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server without the search module is asked for nothing that it hasn't got. */
class PlainServerTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @Test
    void rowsComeByScanThoughTheModelNamesAnIndex() throws Exception {
        for (int i = 0; i < 5; i++) {
            redis.exec("HSET", "p:" + i, "n", i);
        }
        String table = "{name:'p', type:'hash', key:'p:{id}', index:'idx', columns:[{name:'n', type:'INTEGER'}]}";
        try (Connection connection = IndexedTables.connect(redis, "", table)) {
            Map<String, Long> sent = new CommandCounter(redis)
                    .during(() -> assertEquals(
                            List.of("p:3", "p:4"), IndexedTables.sorted(connection, "SELECT _key FROM p WHERE n > 2")));
            assertTrue(sent.keySet().stream().noneMatch(name -> name.startsWith("FT.")), sent.toString());
        }
    }
}
