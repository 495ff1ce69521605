package io.rediscalcite.adapter.client;

/** The hash slot of a key: CRC-16 (XMODEM) of its hash tag, or of the whole key. */
final class Slots {
    private static final int POLYNOMIAL = 0x1021;
    private static final int[] TABLE = table();

    private Slots() {}

    static int of(byte[] key) {
        int from = 0;
        int to = key.length;
        for (int i = 0; i < key.length; i++) {
            if (key[i] == '{') {
                int end = i + 1;
                while (end < key.length && key[end] != '}') {
                    end++;
                }
                // Only the first brace counts, and only with something between it and the next closing one.
                if (end < key.length && end > i + 1) {
                    from = i + 1;
                    to = end;
                }
                break;
            }
        }
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8 ^ TABLE[(crc >>> 8 ^ key[i]) & 0xff]) & 0xffff;
        }
        return crc % SlotRange.SLOTS;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[i] = crc & 0xffff;
        }
        return table;
    }
}
