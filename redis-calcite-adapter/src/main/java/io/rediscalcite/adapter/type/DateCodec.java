package io.rediscalcite.adapter.type;

import java.util.Optional;

/** DATE in ISO form; the value is days since 1970-01-01. */
final class DateCodec implements Codec {
    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        IsoText text = new IsoText(buffer, offset, length, "DATE");
        int day = text.date();
        text.expectEnd();
        return day;
    }

    @Override
    public byte[] encode(Object value) {
        StringBuilder text = new StringBuilder();
        IsoText.appendDate(text, TemporalRange.checkDay(((Number) value).longValue()));
        return Text.encode(text.toString());
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return TemporalRange.encodeOperand(value, this);
    }
}
