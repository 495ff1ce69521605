package io.rediscalcite.adapter.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of numbers; that the server reads them so, the round trips of documents show. */
class JsonNumberTest {
    @Test
    void nearlyEveryDoubleHasAText() {
        Random random = new Random(1);
        int without = 0;
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                Optional<String> text = JsonNumber.ofDouble(value);
                without += text.isEmpty() ? 1 : 0;
                assertEquals(value, text.map(Double::valueOf).orElse(value));
            }
        }
        assertTrue(without < 500, without + " of 100,000");
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "19.99, 19.99", "-5, -5", "1e21, 1e+21", "14386.037427774541, 143860374277745405e-13"})
    void theShortestTextIsTakenWhereItIsRead(double value, String text) {
        assertEquals(Optional.of(text), JsonNumber.ofDouble(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0.10, 0.1",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808,",
        "0.12345678901234567890,"
    })
    void aDecimalIsANumberWhereNoDigitIsLost(String decimal, String text) {
        assertEquals(Optional.ofNullable(text), JsonNumber.ofDecimal(decimal));
    }
}
