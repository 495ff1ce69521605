package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
    /** From the cluster specification, and from CLUSTER KEYSLOT. */
    @ParameterizedTest
    @CsvSource({"123456789,12739", "foo,12182", "{user1000}.following,3443", "user1000,3443", "'',0"})
    void knownSlots(String key, int slot) {
        assertEquals(slot, RedisClient.slotOf(key.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"foo{}{bar},false", "foo{{bar}}zap,true", "foo{bar}{zap},true", "foo{bar,false", "foo}bar{x},true"})
    void onlyAFullHashTagCounts(String key, boolean tagged) {
        String tag = key.contains("{{") ? "{bar" : key.startsWith("foo}") ? "x" : "bar";
        String counted = tagged ? tag : key;
        int plain = crc(counted);
        assertEquals(plain, RedisClient.slotOf(key.getBytes(UTF_8)));
    }

    /** Bit by bit, as the specification defines it. */
    private static int crc(String text) {
        int crc = 0;
        for (byte b : text.getBytes(UTF_8)) {
            crc ^= (b & 0xff) << 8;
            for (int i = 0; i < 8; i++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
            crc &= 0xffff;
        }
        return crc % 16384;
    }

    @ParameterizedTest
    @CsvSource({
        "MOVED 3999 127.0.0.1:6381,false,3999,127.0.0.1:6381",
        "ASK 1 ::1:6381,true,1,[::1]:6381",
        "MOVED 2 :7000,false,2,asked:7000"
    })
    void redirects(String error, boolean ask, int slot, String target) {
        Redirect redirect = Redirect.parse(error, new Endpoint("asked", 1));
        assertEquals(ask + " " + slot + " " + target, redirect.ask() + " " + redirect.slot() + " " + redirect.target());
    }

    @Test
    void otherErrorsAreNoRedirects() {
        assertNull(Redirect.parse("ERR MOVED", new Endpoint("asked", 1)));
        assertNull(Redirect.parse("MOVED nowhere", new Endpoint("asked", 1)));
    }
}
