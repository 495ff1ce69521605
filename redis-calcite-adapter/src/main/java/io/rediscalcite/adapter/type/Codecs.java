package io.rediscalcite.adapter.type;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.TemporalFormat;
import java.time.ZoneId;

/**
 * The text forms of each column type, both ways. Blanks around a value are allowed but for VARCHAR, JSON and VARBINARY.
 *
 * <table>
 * <caption>Text forms</caption>
 * <tr><th>type</th><th>is read from</th><th>is written as</th></tr>
 * <tr><td>BOOLEAN</td><td>{@code true t yes y on 1}, {@code false f no n off 0}, in any case</td>
 *     <td>{@code true}, {@code false}</td></tr>
 * <tr><td>TINYINT SMALLINT INTEGER BIGINT</td><td>{@code 7}, {@code +5}, {@code -12}, {@code 007}; neither {@code 1.0} nor
 *     {@code 1e3}, nor what is out of the type's range</td><td>{@code 7}</td></tr>
 * <tr><td>REAL DOUBLE</td><td>{@code 7}, {@code .5}, {@code 1e-3}, {@code inf}, {@code -Infinity}, {@code NaN}; not
 *     {@code 1e999}, which a double can't hold, nor {@code 0x1p3}</td><td>the fewest digits that are read back the same:
 *     {@code 0.1}, {@code 1e+21}</td></tr>
 * <tr><td>DECIMAL(p, s)</td><td>{@code 1.5}, {@code 1.5e3}, where all its digits fit; {@code 1.005} doesn't fit
 *     DECIMAL(10, 2)</td><td>{@code 1.50}: s digits behind the point</td></tr>
 * <tr><td>VARCHAR, JSON</td><td>any text</td><td>the same text</td></tr>
 * <tr><td>VARBINARY</td><td>any bytes</td><td>the same bytes</td></tr>
 * <tr><td>DATE</td><td>{@code 2013-01-31}, years 0001 to 9999</td><td>{@code 2013-01-31}</td></tr>
 * <tr><td>TIME</td><td>{@code 05:00}, {@code 05:00:07}, {@code 05:00:07.123}</td><td>{@code 05:00:07},
 *     {@code 05:00:07.12}</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@code 2013-01-31}, {@code 2013-01-31 05:00[:07[.123]]}, with {@code T} for the blank, and
 *     {@code Z}, {@code +02}, {@code +0200} or {@code +02:00} behind; the connection's {@code timeZone} without one of
 *     them. Digits behind the milliseconds must be 0</td><td>{@code 2013-01-31 05:00:07.12} in that zone; in UTC with
 *     {@code Z} for the second time that a clock shows the same</td></tr>
 * <tr><td>with {@code "format"}</td><td>{@code epoch_seconds}: {@code 1359608407}, {@code 1359608407.12};
 *     {@code epoch_millis}: {@code 1359608407120}; or a pattern of {@link java.time.format.DateTimeFormatter}, strict and
 *     English</td><td>the same form; a value that it can't hold is refused</td></tr>
 * </table>
 *
 * <p>A part of a key is read from the form that is written, alone: each value then has one key.
 */
public final class Codecs {
    private Codecs() {}

    /**
     * The codec of a column.
     *
     * @param zone the zone of TIMESTAMP text without an offset
     */
    public static Codec of(Column column, ZoneId zone) {
        Codec codec = ofValues(column, zone);
        boolean anyText = codec instanceof TextCodec || codec instanceof BinaryCodec;
        return column.source() instanceof ColumnSource.KeyPart && !anyText ? new KeyPartCodec(codec) : codec;
    }

    private static Codec ofValues(Column column, ZoneId zone) {
        ColumnType.Kind kind = column.type().kind();
        String format = column.format();
        if (format != null) {
            TemporalFormat parsed = TemporalFormat.parse(format, kind);
            if (parsed instanceof TemporalFormat.Pattern pattern) {
                return new PatternCodec(kind, pattern.formatter(), zone);
            }
            return new EpochCodec(kind == ColumnType.Kind.DATE, parsed == TemporalFormat.Epoch.SECONDS);
        }
        return switch (kind) {
            case BOOLEAN -> new BooleanCodec();
            case TINYINT, SMALLINT, INTEGER, BIGINT -> new IntegerCodec(kind);
            case REAL -> new FloatingCodec(true);
            case DOUBLE -> new FloatingCodec(false);
            case DECIMAL -> new DecimalCodec(column.type());
            case VARCHAR, JSON -> new TextCodec();
            case VARBINARY -> new BinaryCodec();
            case DATE -> new DateCodec();
            case TIME -> new TimeCodec();
            case TIMESTAMP -> new TimestampCodec(zone);
        };
    }
}
