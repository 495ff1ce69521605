package io.rediscalcite.adapter.type;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Codecs by the name of their type, for tests that are about texts and values. */
final class CodecFixture {
    private CodecFixture() {}

    static Codec codec(String type) {
        return codec(type, null, ZoneOffset.UTC);
    }

    static Codec codec(String type, @Nullable String format, ZoneId zone) {
        ColumnSource source = new ColumnSource.Field("f");
        return Codecs.of(new Column("c", ColumnType.parse(type), true, source, format), zone);
    }

    static Codec keyPart(String type) {
        ColumnSource source = new ColumnSource.KeyPart("p");
        return Codecs.of(new Column("c", ColumnType.parse(type), true, source), ZoneOffset.UTC);
    }

    /** Decodes from the middle of a buffer, as a reply is. */
    static Object decode(Codec codec, String text) {
        byte[] bytes = Text.encode(text);
        byte[] buffer = new byte[bytes.length + 4];
        java.util.Arrays.fill(buffer, (byte) '9');
        System.arraycopy(bytes, 0, buffer, 2, bytes.length);
        return codec.decode(buffer, 2, bytes.length);
    }

    static String encode(Codec codec, Object value) {
        return Text.decode(codec.encode(value));
    }

    static String reasonAgainst(Codec codec, String text) {
        return assertThrows(BadValueException.class, () -> decode(codec, text), () -> "'" + text + "' must not fit")
                .reason();
    }
}
