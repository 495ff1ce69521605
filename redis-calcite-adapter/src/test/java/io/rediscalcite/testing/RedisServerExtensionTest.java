package io.rediscalcite.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisServerExtensionTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @Test
    void repliesOfEveryKind() {
        redis.flush();
        assertEquals("OK", redis.exec("SET", "k", "ключ"));
        assertEquals("ключ", redis.exec("GET", "k"));
        assertEquals(Arrays.asList("ключ", null), redis.exec("MGET", "k", "absent"));
        assertEquals(3L, redis.exec("RPUSH", "list", 1, 2, 3));
        assertThrows(RespConnection.ServerError.class, () -> redis.exec("GET", "list"));
        byte[] binary = {0, (byte) 0xff, '\r', '\n'};
        redis.exec("SET", "b", binary);
        assertArrayEquals(binary, redis.node(redis.port()).bytes("GET", "b"));
    }

    @Test
    void commandsAreCounted() throws Exception {
        Map<String, Long> calls = new CommandCounter(redis)
                .during(() -> redis.pipeline(
                        List.of(new Object[] {"HSET", "h", "f", 1}, new Object[] {"HGET", "h", "f"}, new Object[] {
                            "HGET", "h", "g"
                        })));
        assertEquals(Map.of("hset", 1L, "hget", 2L), calls);
    }

    @Test
    void aKilledServerComesBackEmptyOnItsPort() {
        int port = redis.port();
        redis.exec("SET", "before", "x");
        redis.restart();
        assertEquals(port, redis.port());
        assertEquals(0L, redis.exec("DBSIZE"));
    }
}
