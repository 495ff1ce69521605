package io.rediscalcite.adapter.type;

import java.util.Arrays;
import java.util.Optional;

/**
 * Takes the canonical text of each value alone, so that each value of a key part is found under one key.
 *
 * <p>With {@code user:7} and {@code user:007} both read as 7, a lookup of 7 would have to guess.
 */
record KeyPartCodec(Codec codec) implements Codec {
    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        Object value = codec.decode(buffer, offset, length);
        byte[] canonical = encode(value);
        if (!Arrays.equals(canonical, 0, canonical.length, buffer, offset, offset + length)) {
            throw new BadValueException(
                    "isn't the one text that stands for this value in a key: '" + Text.decode(canonical) + "'");
        }
        return value;
    }

    @Override
    public byte[] encode(Object value) {
        // Both zeros of a DOUBLE are one value in SQL.
        return codec.encodeOperand(value).orElseGet(() -> codec.encode(value));
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return codec.encodeOperand(value);
    }
}
