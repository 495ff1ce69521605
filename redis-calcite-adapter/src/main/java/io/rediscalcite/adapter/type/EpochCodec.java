package io.rediscalcite.adapter.type;

import java.math.BigDecimal;
import java.util.Optional;

/** TIMESTAMP or DATE as a number of seconds or milliseconds since 1970-01-01T00:00:00Z. */
final class EpochCodec implements Codec {
    private static final int LONG_RANGE_DIGITS = 18;

    private final boolean date;
    /** Decimal places from the unit down to milliseconds. */
    private final int places;

    EpochCodec(boolean date, boolean seconds) {
        this.date = date;
        this.places = seconds ? 3 : 0;
    }

    private String typeName() {
        return date ? "DATE" : "TIMESTAMP";
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        NumberText number = NumberText.scan(buffer, offset, length);
        if (number == null) {
            throw new BadValueException("isn't a number of " + (places == 0 ? "milliseconds" : "seconds"));
        }
        if (number.fractionDigits() > places) {
            throw IsoText.finerThanMillis(typeName());
        }
        if (!number.fits(LONG_RANGE_DIGITS, places)) {
            throw TemporalRange.outside(typeName());
        }
        long millis = number.toBigDecimal(buffer, places).movePointRight(places).longValueExact();
        if (!date) {
            return TemporalRange.checkMilli(millis);
        }
        if (Math.floorMod(millis, IsoText.MILLIS_PER_DAY) != 0) {
            throw new BadValueException("isn't the midnight (UTC) that begins a DATE");
        }
        return TemporalRange.checkDay(Math.floorDiv(millis, IsoText.MILLIS_PER_DAY));
    }

    @Override
    public byte[] encode(Object value) {
        long internal = ((Number) value).longValue();
        long millis =
                date ? TemporalRange.checkDay(internal) * IsoText.MILLIS_PER_DAY : TemporalRange.checkMilli(internal);
        BigDecimal inUnit = BigDecimal.valueOf(millis, places).stripTrailingZeros();
        return Text.encode(inUnit.toPlainString());
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return TemporalRange.encodeOperand(value, this);
    }
}
