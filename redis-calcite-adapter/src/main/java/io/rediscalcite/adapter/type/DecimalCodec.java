package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.ColumnType;
import java.math.BigDecimal;
import java.util.Optional;

/** DECIMAL(p, s): the number to its last digit, always with s digits behind the point. */
final class DecimalCodec implements Codec {
    private final ColumnType type;

    DecimalCodec(ColumnType type) {
        this.type = type;
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        NumberText number = NumberText.scan(buffer, offset, length);
        if (number == null) {
            throw new BadValueException("isn't a " + type);
        }
        if (!number.fits(type.precision(), type.scale())) {
            throw doesNotFit();
        }
        return number.toBigDecimal(buffer, type.scale());
    }

    @Override
    public byte[] encode(Object value) {
        return encodeOperand(value).orElseThrow(this::doesNotFit);
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return Operands.exactDecimal(value)
                .map(BigDecimal::stripTrailingZeros)
                .filter(this::fits)
                .map(exact -> Text.encode(exact.setScale(type.scale()).toPlainString()));
    }

    private boolean fits(BigDecimal stripped) {
        return stripped.signum() == 0
                || (stripped.scale() <= type.scale()
                        && stripped.precision() - stripped.scale() <= type.precision() - type.scale());
    }

    private BadValueException doesNotFit() {
        return new BadValueException("doesn't fit " + type);
    }
}
