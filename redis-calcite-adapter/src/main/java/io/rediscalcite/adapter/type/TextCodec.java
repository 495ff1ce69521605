package io.rediscalcite.adapter.type;

import java.util.Optional;
import org.apache.calcite.util.NlsString;

/** VARCHAR, and JSON, which is read as the text that it is. */
final class TextCodec implements Codec {
    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        return Text.decode(buffer, offset, length);
    }

    @Override
    public Object decode(String text) {
        return text;
    }

    @Override
    public byte[] encode(Object value) {
        return Text.encode((String) value);
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        if (value instanceof NlsString literal) {
            return encodeOperand(literal.getValue());
        }
        if (!(value instanceof String text)) {
            throw Operands.wrongKind("a text", value);
        }
        return Text.isDecoded(text) ? Optional.of(Text.encode(text)) : Optional.empty();
    }
}
