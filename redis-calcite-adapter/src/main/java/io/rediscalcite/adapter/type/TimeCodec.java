package io.rediscalcite.adapter.type;

import java.util.Optional;

/** TIME in ISO form; the value is milliseconds since midnight. */
final class TimeCodec implements Codec {
    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        IsoText text = new IsoText(buffer, offset, length, "TIME");
        int millis = text.time();
        text.expectEnd();
        return millis;
    }

    @Override
    public byte[] encode(Object value) {
        long millis = ((Number) value).longValue();
        if (!TemporalRange.isMilliOfDay(millis)) {
            throw new BadValueException("is no time of a day");
        }
        StringBuilder text = new StringBuilder();
        IsoText.appendTime(text, (int) millis);
        return Text.encode(text.toString());
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return TemporalRange.encodeOperand(value, this);
    }
}
