package io.rediscalcite.adapter.exec;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.error.RedisSqlException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotOrderTest {
    private static SlotOrder order(int... slots) {
        BitSet wanted = new BitSet();
        for (int slot : slots) {
            wanted.set(slot);
        }
        return new SlotOrder(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "redis, 7.4.1, true",
        "redis, 7.4.240, true",
        "redis, 8.2.0, true",
        "redis, 7.2.4, false",
        "redis, 6.2.14, false",
        "redis, 9.0.0, false",
        "redis, 255.255.255, false",
        "redis, unknown, false",
        "valkey, 7.2.5, false",
        "valkey, 8.1.0, true",
        "valkey, 9.0.0, true",
        "valkey, 10.0.0, false",
        "dragonfly, 7.4.0, false",
        "'', '', false"
    })
    void itIsKnownOfSomeServers(String server, String version, boolean known) {
        assertEquals(known, SlotOrder.isOn(server, version));
    }

    @Test
    void itGoesFromEachWantedSlotToTheNext() {
        SlotOrder order = order(5, 6, 100);
        assertEquals("5", order.start());
        // The low 14 bits are the slot.
        String withinSix = Long.toString(77L << 14 | 6);
        assertEquals(withinSix, order.next(withinSix));
        assertEquals("100", order.next(Long.toString(77L << 14 | 7)));
        String withinTheLast = Long.toString(77L << 14 | 100);
        assertEquals(withinTheLast, order.next(withinTheLast));
        assertEquals("0", order.next("101"));
        assertEquals("0", order.next("0"));
        assertEquals("0", order(0).start());
    }

    @Test
    void aKeyWhereItDoesNotBelongEndsTheQuery() {
        SlotOrder order = order(4000, 13000);
        // Slot 12182.
        byte[] key = "foo".getBytes(StandardCharsets.UTF_8);
        RedisNode node = new RedisNode(new Endpoint("host", 1), false, List.of(), List.of());
        assertDoesNotThrow(() -> order.check("4000", "13000", key, node));
        assertDoesNotThrow(() -> order.check("12182", "0", key, node));
        assertThrows(RedisSqlException.class, () -> order.check("12183", "0", key, node));
        RedisSqlException e = assertThrows(RedisSqlException.class, () -> order.check("4000", "12181", key, node));
        assertTrue(e.getMessage().startsWith("SCAN of host:1 doesn't go from slot to slot"), e.getMessage());
    }
}
