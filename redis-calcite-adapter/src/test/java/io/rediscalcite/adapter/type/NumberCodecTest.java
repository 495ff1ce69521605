package io.rediscalcite.adapter.type;

import static io.rediscalcite.adapter.type.CodecFixture.codec;
import static io.rediscalcite.adapter.type.CodecFixture.decode;
import static io.rediscalcite.adapter.type.CodecFixture.encode;
import static io.rediscalcite.adapter.type.CodecFixture.keyPart;
import static io.rediscalcite.adapter.type.CodecFixture.reasonAgainst;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.model.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberCodecTest {
    @ParameterizedTest
    @CsvSource({
        "BIGINT, 0, 0",
        "BIGINT, -0, 0",
        "BIGINT, +5, 5",
        "BIGINT, ' 5', 5",
        "BIGINT, '\t7\n', 7",
        "BIGINT, 007, 7",
        "BIGINT, 9007199254740993, 9007199254740993",
        "BIGINT, 9223372036854775807, 9223372036854775807",
        "BIGINT, -9223372036854775808, -9223372036854775808",
        "BIGINT, 0000000000000000000009223372036854775807, 9223372036854775807",
        "INTEGER, 2147483647, 2147483647",
        "INTEGER, -2147483648, -2147483648",
        "SMALLINT, -32768, -32768",
        "TINYINT, 127, 127",
        "TINYINT, -128, -128"
    })
    void readsIntegers(String type, String text, long value) {
        Object decoded = decode(codec(type), text);

        assertEquals(value, ((Number) decoded).longValue());
        assertEquals(SqlTypes.storageClass(ColumnType.parse(type)), decoded.getClass());
        assertEquals(Long.toString(value), encode(codec(type), decoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-", "+", "1.0", "1e3", "abc", "1 2", "--1", "0x10", "1_000", "٣", "1\0"})
    void refusesWhatIsNoInteger(String text) {
        assertEquals("isn't a BIGINT", reasonAgainst(codec("BIGINT"), text));
        assertEquals("isn't an INTEGER", reasonAgainst(codec("INTEGER"), text));
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, 9223372036854775808",
        "BIGINT, -9223372036854775809",
        "BIGINT, 18446744073709551616",
        "BIGINT, 100000000000000000000000000000000000000000",
        "INTEGER, 2147483648",
        "INTEGER, -2147483649",
        "SMALLINT, 32768",
        "TINYINT, -129"
    })
    void refusesIntegersOutOfRange(String type, String text) {
        assertEquals("is out of range for " + type, reasonAgainst(codec(type), text));
    }

    @Property
    void everyLongSurvives(@ForAll long value) {
        assertEquals(value, decode(codec("BIGINT"), encode(codec("BIGINT"), value)));
    }

    @Property
    void whatABigIntegerSaysOfRangeIsTrue(
            @ForAll @BigRange(min = "-30000000000000000000", max = "30000000000000000000") BigInteger value) {
        boolean fits = value.bitLength() <= 63;

        if (fits) {
            assertEquals(value.longValueExact(), decode(codec("BIGINT"), value.toString()));
        } else {
            assertEquals("is out of range for BIGINT", reasonAgainst(codec("BIGINT"), value.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'10,2', 1.5, 1.50",
        "'10,2', 1.50000, 1.50",
        "'10,2', -0.01, -0.01",
        "'10,2', +7, 7.00",
        "'10,2', 1.5e3, 1500.00",
        "'10,2', 12345678.99, 12345678.99",
        "'10,2', 0, 0.00",
        "'10,2', 0e999999999999, 0.00",
        "'10,2', .5, 0.50",
        "'10,2', 5., 5.00",
        "'38,0', 12345678901234567890123456789012345678, 12345678901234567890123456789012345678",
        "'38,10', -1234567890123456789012345678.0123456789, -1234567890123456789012345678.0123456789",
        "'38,31', 0.1234567890123456789012345678901, 0.1234567890123456789012345678901",
        "'38,2', 1000000000000000000000000000000, 1000000000000000000000000000000.00",
        "'38,2', 1e30, 1000000000000000000000000000000.00"
    })
    void readsDecimalsToTheirLastDigit(String digits, String text, String value) {
        Codec codec = codec("DECIMAL(" + digits + ")");

        assertEquals(new BigDecimal(value), decode(codec, text));
        assertEquals(value, encode(codec, new BigDecimal(value)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.005", "123456789", "100000000", "1e8", "1e-3", "1e999999999", "1e-999999999", "99999999.999"})
    void refusesDecimalsWithMoreDigitsThanTheColumn(String text) {
        assertEquals("doesn't fit DECIMAL(10, 2)", reasonAgainst(codec("DECIMAL(10, 2)"), text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "e5", "1e", "1e+", "1.2.3", "NaN", "inf", "1,5", "0x1"})
    void refusesWhatIsNoDecimal(String text) {
        assertEquals("isn't a DECIMAL(10, 2)", reasonAgainst(codec("DECIMAL(10, 2)"), text));
    }

    @Property
    void everyDecimalSurvives(@ForAll @BigRange(min = "-1e18", max = "1e18") @Scale(12) BigDecimal value) {
        Codec codec = codec("DECIMAL(38, 12)");

        BigDecimal exact = value.setScale(12);
        assertEquals(exact, decode(codec, encode(codec, exact)));
        assertEquals(exact, decode(codec, value.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "5, 5",
        "-12.50, -12.5",
        " 7 , 7",
        "1e308, 1e+308",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "4.9e-324, 5e-324",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "1e23, 1e+23",
        "2e23, 2e+23",
        "9007199254740993, 9007199254740992",
        "123456789012345678, 123456789012345680",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "1234.5e-10, 1.2345e-7",
        "-0, -0",
        "0e999, 0",
        "inf, Infinity",
        "+INF, Infinity",
        "-infinity, -Infinity",
        "nan, NaN"
    })
    void readsAndWritesDoubles(String text, String canonical) {
        Codec codec = codec("DOUBLE");

        assertEquals(canonical, encode(codec, decode(codec, text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1d", "1f", "0x1p3", "1e", "1.2.3", "infinit", "Infinity!", "one", "1 e3", "-nan"})
    void refusesWhatIsNoDouble(String text) {
        assertEquals("isn't a DOUBLE", reasonAgainst(codec("DOUBLE"), text));
        assertEquals("isn't a REAL", reasonAgainst(codec("REAL"), text));
    }

    @Test
    void refusesNumbersThatADoubleOrAFloatCanNotHold() {
        assertEquals("is out of range for DOUBLE", reasonAgainst(codec("DOUBLE"), "1e999"));
        assertEquals("is out of range for DOUBLE", reasonAgainst(codec("DOUBLE"), "-1e-999"));
        assertEquals("is out of range for REAL", reasonAgainst(codec("REAL"), "1e39"));
        assertEquals("is out of range for REAL", reasonAgainst(codec("REAL"), "1e-60"));
    }

    @Property
    void everyDoubleSurvives(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        Assume.that(!Double.isNaN(value));

        String text = encode(codec("DOUBLE"), value);
        assertEquals(value, decode(codec("DOUBLE"), text));
        boolean noLonger = digits(text) <= digits(Double.toString(value));
        assertTrue(noLonger, () -> text + " is longer than " + value);
    }

    @Property
    void everyFloatSurvives(@ForAll @IntRange(min = Integer.MIN_VALUE) int bits) {
        float value = Float.intBitsToFloat(bits);
        Assume.that(!Float.isNaN(value));

        assertEquals(value, decode(codec("REAL"), encode(codec("REAL"), value)));
    }

    @Property
    void decimalsAreReadAsTheNearestDouble(
            @ForAll @BigRange(min = "-1e25", max = "1e25") @Scale(20) BigDecimal value,
            @ForAll @IntRange(min = -30, max = 30) int exponent) {
        String text = value.scaleByPowerOfTen(exponent).toString();

        assertEquals(Double.parseDouble(text), decode(codec("DOUBLE"), text));
    }

    private static long digits(String text) {
        BigDecimal number = text.endsWith("Infinity") ? BigDecimal.ZERO : new BigDecimal(text);
        return number.stripTrailingZeros().precision();
    }

    @Test
    void operandsOfAnyNumberClassAreComparedExactly() {
        Codec bigint = codec("BIGINT");
        for (Object seven :
                List.of(7, 7L, (short) 7, (byte) 7, 7.0, 7f, new BigDecimal("7.00"), BigInteger.valueOf(7))) {
            assertArrayEquals(Text.encode("7"), bigint.encodeOperand(seven).orElseThrow());
            assertArrayEquals(
                    Text.encode("7.00"),
                    codec("DECIMAL(10, 2)").encodeOperand(seven).orElseThrow());
            assertArrayEquals(
                    Text.encode("7"), codec("DOUBLE").encodeOperand(seven).orElseThrow());
        }
        assertEquals(Optional.empty(), bigint.encodeOperand(new BigDecimal("7.5")));
        assertEquals(Optional.empty(), bigint.encodeOperand(new BigDecimal("1e30")));
        assertEquals(Optional.empty(), bigint.encodeOperand(Double.NaN));
        assertEquals(Optional.empty(), codec("TINYINT").encodeOperand(128));
        assertEquals(Optional.empty(), codec("DECIMAL(4, 2)").encodeOperand(100));
        assertEquals(Optional.empty(), codec("DECIMAL(4, 2)").encodeOperand(new BigDecimal("0.001")));
        assertEquals(Optional.empty(), codec("DOUBLE").encodeOperand(9007199254740993L));
        assertEquals(Optional.empty(), codec("DOUBLE").encodeOperand(Double.NaN));
        assertEquals(Optional.empty(), codec("REAL").encodeOperand(0.1));
        assertEquals(Optional.empty(), codec("REAL").encodeOperand(1e300));
        assertThrows(IllegalArgumentException.class, () -> bigint.encodeOperand("7"));
    }

    @Test
    void aDecimalLiteralOfADoubleIsTheNearestDouble() {
        assertArrayEquals(
                Text.encode("0.1"),
                codec("DOUBLE").encodeOperand(new BigDecimal("0.1")).orElseThrow());
        assertArrayEquals(
                Text.encode("Infinity"),
                codec("DOUBLE").encodeOperand(Double.POSITIVE_INFINITY).orElseThrow());
        assertEquals(Optional.empty(), codec("DOUBLE").encodeOperand(new BigDecimal("1e999")));
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, 007",
        "BIGINT, +7",
        "BIGINT, ' 7'",
        "BIGINT, -0",
        "DOUBLE, 7.0",
        "DOUBLE, -0",
        "DOUBLE, 1e3",
        "'DECIMAL(10,2)', 1.5",
        "BOOLEAN, TRUE",
        "BOOLEAN, t",
        "DATE, ' 2013-01-01'",
        "TIMESTAMP, 2013-01-01T05:00:00"
    })
    void aKeyPartIsReadFromItsCanonicalTextAlone(String type, String text) {
        assertTrue(reasonAgainst(keyPart(type), text)
                .startsWith("isn't the one text that stands for this value in a key: '"));
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, -7",
        "DOUBLE, 7.5",
        "DOUBLE, NaN",
        "'DECIMAL(10,2)', 1.50",
        "BOOLEAN, true",
        "DATE, 2013-01-01",
        "TIME, 05:00:00",
        "TIMESTAMP, 2013-01-01 05:00:00",
        "VARCHAR, 007",
        "VARCHAR, ''",
        "SMALLINT, 12"
    })
    void aKeyPartsCanonicalTextIsRead(String type, String text) {
        Codec codec = keyPart(type);

        assertEquals(decode(codec(type), text), codec.decode(text));
        assertEquals(text, encode(codec, codec.decode(text)));
        assertFalse(codec.decode(text) instanceof byte[]);
    }
}
