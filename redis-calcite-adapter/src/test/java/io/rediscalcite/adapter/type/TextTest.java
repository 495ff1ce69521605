package io.rediscalcite.adapter.type;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @Property
    void anyBytesSurviveAsText(@ForAll byte[] bytes) {
        assertArrayEquals(bytes, Text.encode(Text.decode(bytes)));
        assertTrue(Text.isDecoded(Text.decode(bytes)));
    }

    @Property
    void anyCharactersSurviveAsBytes(@ForAll @StringLength(max = 20) String text) {
        String wellFormed = new String(text.getBytes(UTF_8), UTF_8);

        assertArrayEquals(wellFormed.getBytes(UTF_8), Text.encode(wellFormed));
        assertEquals(wellFormed, Text.decode(Text.encode(wellFormed)));
    }

    @Property
    void bytesBetweenCharactersSurvive(@ForAll String before, @ForAll byte[] bytes, @ForAll String behind) {
        byte[] all = concat(before.getBytes(UTF_8), bytes, behind.getBytes(UTF_8));

        assertArrayEquals(all, Text.encode(Text.decode(all)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "ключ", "日本", "\uD83D\uDE80 up", "\0", "a\0b", "\uFFFD", "\uFEFFbom", "\uFFFF"})
    void textIsTheSameBothWays(String text) {
        assertArrayEquals(text.getBytes(UTF_8), Text.encode(text));
        assertEquals(text, Text.decode(text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "ff, DCFF",
        "61ff62, 0061 DCFF 0062",
        "c080, DCC0 DC80",
        "e08080, DCE0 DC80 DC80",
        "eda080, DCED DCA0 DC80",
        "f4908080, DCF4 DC90 DC80 DC80",
        "f09f9a, DCF0 DC9F DC9A",
        "f09f9a80ff, D83D DE80 DCFF",
        "e282, DCE2 DC82",
        "efbfbdff, FFFD DCFF"
    })
    void eachByteThatIsNoCharacterBecomesALoneSurrogate(String hex, String units) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        StringBuilder expected = new StringBuilder();
        for (String unit : units.split(" ")) {
            expected.append((char) Integer.parseInt(unit, 16));
        }

        assertEquals(expected.toString(), Text.decode(bytes));
        assertArrayEquals(bytes, Text.encode(Text.decode(bytes)));
    }

    @Test
    void decodesAPieceOfABuffer() {
        byte[] buffer = {'a', (byte) 0xFF, 'b', 'c'};

        assertEquals("\uDCFFb", Text.decode(buffer, 1, 2));
        assertEquals("", Text.decode(buffer, 4, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\uD83D", "\uDC7F", "\uDD00x", "\uDBFF\uD800"})
    void refusesHalfACharacter(String text) {
        assertThrows(BadValueException.class, () -> Text.encode(text));
        assertFalse(Text.isDecoded(text));
    }

    @Test
    void surrogatesThatWouldBeReadAsACharacterAreNoDecodedText() {
        assertFalse(Text.isDecoded("\uDCC3\uDCA9"));
        assertTrue(Text.isDecoded("\uDCC3\uDC41".substring(0, 1)));
    }

    private static byte[] concat(byte[]... pieces) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
