package io.rediscalcite.adapter.type;

import java.util.Arrays;
import java.util.Optional;
import org.apache.calcite.avatica.util.ByteString;

/** VARBINARY: the bytes as they are. */
final class BinaryCodec implements Codec {
    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        return new ByteString(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    @Override
    public byte[] encode(Object value) {
        return ((ByteString) value).getBytes();
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        if (value instanceof byte[] bytes) {
            return Optional.of(bytes.clone());
        }
        if (!(value instanceof ByteString)) {
            throw Operands.wrongKind("bytes", value);
        }
        return Optional.of(encode(value));
    }
}
