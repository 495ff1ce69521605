package io.rediscalcite.adapter.type;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * TIMESTAMP in ISO form; the value is milliseconds since 1970-01-01T00:00:00Z.
 *
 * <p>An offset in the text is respected; a text without one is in the connection's zone, where a time that a clock shows
 * twice is its first showing, and a time that a clock skips moves on by the gap.
 */
final class TimestampCodec implements Codec {
    private final ZoneRules rules;
    /** Milliseconds east of UTC of a zone that never changes. */
    private final long fixedOffset;

    TimestampCodec(ZoneId zone) {
        this.rules = zone.getRules();
        this.fixedOffset = rules.isFixedOffset() ? millis(rules.getOffset(Instant.EPOCH)) : 0;
    }

    private static long millis(ZoneOffset offset) {
        return offset.getTotalSeconds() * (long) IsoText.MILLIS_PER_SECOND;
    }

    @Override
    public Object decode(byte[] buffer, int offset, int length) {
        IsoText text = new IsoText(buffer, offset, length, "TIMESTAMP");
        long local = text.date() * IsoText.MILLIS_PER_DAY;
        if (!text.atEnd()) {
            text.dateTimeSeparator();
            local += text.time();
        }
        long east = text.atEnd() ? zoneOffset(local) : text.offset();
        text.expectEnd();
        return TemporalRange.checkMilli(local - east);
    }

    /** Milliseconds east of UTC where the zone's clocks show {@code local}. */
    private long zoneOffset(long local) {
        if (rules.isFixedOffset()) {
            return fixedOffset;
        }
        LocalDateTime shown =
                LocalDateTime.ofEpochSecond(Math.floorDiv(local, IsoText.MILLIS_PER_SECOND), 0, ZoneOffset.UTC);
        return millis(rules.getOffset(shown));
    }

    @Override
    public byte[] encode(Object value) {
        long millis = ((Number) value).longValue();
        if (!TemporalRange.isMilli(millis)) {
            throw TemporalRange.outside("TIMESTAMP");
        }
        long local = millis + millis(rules.getOffset(Instant.ofEpochMilli(millis)));
        boolean readBack = TemporalRange.isMilli(local) && local - zoneOffset(local) == millis;
        return readBack ? text(local, "") : text(millis, "Z");
    }

    private static byte[] text(long local, String offset) {
        StringBuilder text = new StringBuilder();
        IsoText.appendDate(text, (int) Math.floorDiv(local, IsoText.MILLIS_PER_DAY));
        IsoText.appendTime(text.append(' '), (int) Math.floorMod(local, IsoText.MILLIS_PER_DAY));
        return Text.encode(text.append(offset).toString());
    }

    @Override
    public Optional<byte[]> encodeOperand(Object value) {
        return TemporalRange.encodeOperand(value, this);
    }
}
