package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.ColumnType;
import java.util.Optional;
import java.util.OptionalLong;

/** TINYINT, SMALLINT, INTEGER and BIGINT: digits to a long, without a String in between. */
final class IntegerCodec implements Codec {
    private final ColumnType.Kind kind;
    private final long lowest;
    private final long highest;

    IntegerCodec(ColumnType.Kind kind) {
        this.kind = kind;
        switch (kind) {
            case TINYINT -> {
                lowest = Byte.MIN_VALUE;
                highest = Byte.MAX_VALUE;
            }
            case SMALLINT -> {
                lowest = Short.MIN_VALUE;
                highest = Short.MAX_VALUE;
            }
            case INTEGER -> {
                lowest = Integer.MIN_VALUE;
                highest = Integer.MAX_VALUE;
            }
            case BIGINT -> {
                lowest = Long.MIN_VALUE;
                highest = Long.MAX_VALUE;
            }
            default -> throw new IllegalArgumentException(kind + " is no integer type");
        }
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        return boxed(parse(buffer, offset, length));
    }

    private long parse(byte[] buffer, int offset, int length) {
        int at = Blanks.start(buffer, offset, offset + length);
        int end = Blanks.end(buffer, at, offset + length);
        boolean negative = at < end && buffer[at] == '-';
        if (at < end && (buffer[at] == '-' || buffer[at] == '+')) {
            at++;
        }
        if (at == end) {
            throw notAnInteger();
        }
        // Negative numbers reach one further: the sum is kept negative, so that the lowest long needs no special case.
        long negated = 0;
        boolean overflow = false;
        for (; at < end; at++) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                throw notAnInteger();
            }
            overflow |= negated < Long.MIN_VALUE / 10 || negated * 10 < Long.MIN_VALUE + digit;
            negated = negated * 10 - digit;
        }
        if (overflow || (!negative && negated == Long.MIN_VALUE)) {
            throw outOfRange();
        }
        long value = negative ? negated : -negated;
        if (value < lowest || value > highest) {
            throw outOfRange();
        }
        return value;
    }

    private Object boxed(long value) {
        return switch (kind) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INTEGER -> (int) value;
            default -> value;
        };
    }

    @Override
    public byte[] encode(Object value) {
        return Text.encode(Long.toString(((Number) value).longValue()));
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        OptionalLong exact = Operands.exactLong(value);
        return exact.isPresent() && exact.getAsLong() >= lowest && exact.getAsLong() <= highest
                ? Optional.of(Text.encode(Long.toString(exact.getAsLong())))
                : Optional.empty();
    }

    private BadValueException notAnInteger() {
        return new BadValueException((kind == ColumnType.Kind.INTEGER ? "isn't an " : "isn't a ") + kind);
    }

    private BadValueException outOfRange() {
        return new BadValueException("is out of range for " + kind);
    }
}
