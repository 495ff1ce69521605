package io.rediscalcite.adapter.exec;

import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * Keys or members that a scan has given, by 128-bit hash, because SCAN repeats some while the server's table grows or
 * shrinks.
 *
 * <p>16 bytes a slot, at most two thirds full: 32 MiB for a million keys. The hash has a random seed, and two of ten million keys share one
 * with a chance of about 10⁻²⁵: less than that of a memory error.
 */
final class SeenKeys {
    /** Few: each of many small collections has its own. */
    private static final int FIRST_SLOTS = 64;

    private final int seed;
    private long[] slots;
    private int size;

    SeenKeys() {
        this.seed = ThreadLocalRandom.current().nextInt();
        this.slots = new long[2 * FIRST_SLOTS];
    }

    /** True the first time that {@code key} comes. */
    boolean add(byte[] key) {
        return add(key, 0, key.length);
    }

    /** True the first time that the key comes whose name is {@code length} bytes of {@code buffer}. */
    boolean add(byte[] buffer, int offset, int length) {
        long[] code = hash(buffer, offset, length);
        if (!insert(slots, code[0], code[1])) {
            return false;
        }
        size++;
        if (size * 3L > slots.length) {
            grow();
        }
        return true;
    }

    /** True if the key has come whose name is {@code length} bytes of {@code buffer}. */
    boolean contains(byte[] buffer, int offset, int length) {
        long[] code = hash(buffer, offset, length);
        return slots[2 * slot(slots, code[0], code[1]) + 1] != 0;
    }

    /** How many keys have come. */
    int size() {
        return size;
    }

    /** The second half is never zero, which marks an empty slot. */
    private long[] hash(byte[] buffer, int offset, int length) {
        long[] code = MurmurHash3.hash128x64(buffer, offset, length, seed);
        if (code[1] == 0) {
            code[1] = 1;
        }
        return code;
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
