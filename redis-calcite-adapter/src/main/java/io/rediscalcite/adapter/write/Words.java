package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A whole command, its name first. */
record Words(byte[][] words) implements Payload {
    /** @param words bytes, or anything whose text is meant */
    static Words of(Object... words) {
        byte[][] command = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            command[i] = words[i] instanceof byte[] bytes
                    ? bytes
                    : words[i].toString().getBytes(UTF_8);
        }
        return new Words(command);
    }

    @Override
    public long size() {
        long size = (1L + words.length) * BYTES_A_WORD;
        for (byte[] word : words) {
            size += word.length;
        }
        return size;
    }
}
