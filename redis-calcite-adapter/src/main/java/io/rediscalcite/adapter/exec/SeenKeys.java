package io.rediscalcite.adapter.exec;

import com.google.common.hash.HashCode;
import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The keys that a scan has given so far, by 128-bit hash, because SCAN repeats some while the server's table grows or
 * shrinks.
 *
 * <p>16 bytes a slot, at most two thirds full: 32 MiB for a million keys. The hash has a random seed, and two of ten million keys share one
 * with a chance of about 10⁻²⁵: less than that of a memory error.
 */
final class SeenKeys {
    /** Few: each of many small collections has its own. */
    private static final int FIRST_SLOTS = 64;

    private final HashFunction hash =
            Hashing.murmur3_128(ThreadLocalRandom.current().nextInt());
    private long[] slots = new long[2 * FIRST_SLOTS];
    private int size;

    /** True the first time that {@code key} comes. */
    boolean add(byte[] key) {
        HashCode code = hash.hashBytes(key);
        ByteBuffer bytes = ByteBuffer.wrap(code.asBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long high = bytes.getLong();
        long low = bytes.getLong();
        // Zero marks an empty slot.
        if (high == 0 && low == 0) {
            low = 1;
        }
        if (!insert(slots, high, low)) {
            return false;
        }
        size++;
        if (size * 3L > slots.length) {
            grow();
        }
        return true;
    }

    private static boolean insert(long[] slots, long high, long low) {
        int mask = slots.length / 2 - 1;
        int slot = (int) (high ^ (high >>> 32)) & mask;
        while (slots[2 * slot] != 0 || slots[2 * slot + 1] != 0) {
            if (slots[2 * slot] == high && slots[2 * slot + 1] == low) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        slots[2 * slot] = high;
        slots[2 * slot + 1] = low;
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0 || slots[i + 1] != 0) {
                insert(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }
}
