package io.rediscalcite.adapter.type;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Optional;

/** BOOLEAN, in the words that PostgreSQL takes. */
final class BooleanCodec implements Codec {
    private static final int LONGEST_WORD = "false".length();

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        int start = Blanks.start(buffer, offset, offset + length);
        int end = Blanks.end(buffer, start, offset + length);
        String word = end - start > LONGEST_WORD
                ? ""
                : new String(buffer, start, end - start, ISO_8859_1).toLowerCase(Locale.ROOT);
        return switch (word) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw new BadValueException("isn't a BOOLEAN");
        };
    }

    @Override
    public byte[] encode(Object value) {
        return Text.encode(value.toString());
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        if (!(value instanceof Boolean)) {
            throw Operands.wrongKind("a boolean", value);
        }
        return Optional.of(encode(value));
    }
}
