package io.rediscalcite.jdbc.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodePointOrderTest {
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "b",
            "ab",
            "ключ",
            "\uD7FF",
            "\uE000",
            "\uFFFD",
            "\uFFFE",
            "\uFFFF",
            "\uFFFEa",
            "\uFFFF\uFFFF",
            "\uD800\uDC00",
            "😀",
            "😀a",
            "😁",
            "\uDBFF\uDFFF",
            "a😀",
            "a\uFFFF",
            "～",
            "\uFFFF😀");

    /** UTF-8 keeps the order of code points, and is how Redis compares. */
    @Test
    void isTheOrderOfUtf8() {
        for (String left : TEXTS) {
            for (String right : TEXTS) {
                int expected = Integer.signum(Arrays.compareUnsigned(
                        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
                assertEquals(expected, Integer.signum(CodePointOrder.INSTANCE.compare(left, right)), left + right);
                int byKey = CodePointOrder.key(left).compareTo(CodePointOrder.key(right));
                assertEquals(expected, Integer.signum(byKey), left + right);
            }
        }
    }

    @Test
    void plainTextIsItsOwnKey() {
        String text = "Flughafen München";
        assertSame(text, CodePointOrder.key(text));
    }
}
