package io.rediscalcite.adapter.exec;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keys or members that a scan has given, by 128-bit hash, because SCAN repeats some while the server's table grows or
 * shrinks.
 *
 * <p>16 bytes a slot, at most two thirds full: 32 MiB for a million keys. The hash has a random seed, and two of ten million keys share one
 * with a chance of about 10⁻²⁵: less than that of a memory error.
 */
final class SeenKeys {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Few: each of many small collections has its own. */
    private static final int FIRST_SLOTS = 64;

    private final HashFunction hash =
            Hashing.murmur3_128(ThreadLocalRandom.current().nextInt());
    private long[] slots = new long[2 * FIRST_SLOTS];
    private int size;

    /** True the first time that {@code key} comes. */
    boolean add(byte[] key) {
        byte[] code = hash.hashBytes(key).asBytes();
        if (!insert(slots, high(code), low(code))) {
            return false;
        }
        size++;
        if (size * 3L > slots.length) {
            grow();
        }
        return true;
    }

    /** True if {@code key} has come. */
    boolean contains(byte[] key) {
        byte[] code = hash.hashBytes(key).asBytes();
        return slots[2 * slot(slots, high(code), low(code)) + 1] != 0;
    }

    /** How many keys have come. */
    int size() {
        return size;
    }

    private static long high(byte[] code) {
        return (long) LONGS.get(code, 0);
    }

    /** Never zero, which marks an empty slot. */
    private static long low(byte[] code) {
        long low = (long) LONGS.get(code, Long.BYTES);
        return low == 0 ? 1 : low;
    }

    private static boolean insert(long[] slots, long high, long low) {
        int slot = slot(slots, high, low);
        boolean fresh = slots[2 * slot + 1] == 0;
        slots[2 * slot] = high;
        slots[2 * slot + 1] = low;
        return fresh;
    }

    /** The slot that has the hash, or the empty one where it belongs. */
    private static int slot(long[] slots, long high, long low) {
        int mask = slots.length / 2 - 1;
        int slot = (int) (high ^ (high >>> 32)) & mask;
        while (slots[2 * slot + 1] != 0 && (slots[2 * slot] != high || slots[2 * slot + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i + 1] != 0) {
                insert(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }
}
