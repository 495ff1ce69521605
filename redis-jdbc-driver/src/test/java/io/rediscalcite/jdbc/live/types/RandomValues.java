package io.rediscalcite.jdbc.live.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Values of every column type, half of them the ones that programs get wrong. */
final class RandomValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "NULL",
            "null",
            "true",
            "0",
            "-0",
            "'",
            "''",
            "\"",
            "\\",
            "\\u0041",
            "\r\n",
            "\t\u0001\u001f\u007f",
            "%_*?[]{}",
            "ключ",
            "e\u0301",
            "\u05d0\u200f",
            "\ufffd",
            "\uffff",
            "\u2028",
            "\u20ac",
            "🔑",
            "👩\u200d👩\u200d👧",
            "\udbff\udfff",
            "  both ends  ",
            "{\"a\":1}",
            "x".repeat(5_000));

    /** As they come out of bytes that are no UTF-8. */
    private static final List<String> BROKEN_TEXTS = List.of("\udc80", "a\udcff", "\udcc3(", "\udced\udca0\udc80");

    private static final List<String> DOCUMENTS = List.of(
            "{}",
            "[]",
            "true",
            "-1",
            "0.5",
            "\"\"",
            "\"\\u0000\\\"\\\\\"",
            "[null]",
            "{\"\":{\"a b\":[1,\"🔑\"]}}",
            "9223372036854775807");

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    boolean isNull() {
        return random.nextInt(6) == 0;
    }

    boolean bool() {
        return random.nextBoolean();
    }

    /** An integer of that many bits with a sign. */
    long integer(int bits) {
        long least = -1L << (bits - 1);
        long[] corners = {least, least + 1, -1, 0, 1, ~least - 1, ~least};
        return random.nextBoolean()
                ? corners[random.nextInt(corners.length)]
                : random.nextLong() >> (64 - bits) >> random.nextInt(bits);
    }

    double real(boolean finite) {
        double[] corners = {
            0.0,
            -0.0,
            0.1,
            -0.1,
            1e21,
            1e-7,
            123456789012345680.0,
            9007199254740992.0,
            Double.MIN_VALUE,
            2.2250738585072014E-308,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN
        };
        while (true) {
            double value = random.nextBoolean()
                    ? corners[random.nextInt(corners.length)]
                    : Double.longBitsToDouble(random.nextLong());
            if (!finite || Double.isFinite(value)) {
                return value;
            }
        }
    }

    float single(boolean finite) {
        float[] corners = {
            0f,
            -0f,
            0.1f,
            16777216f,
            Float.MIN_VALUE,
            Float.MAX_VALUE,
            Float.MIN_NORMAL,
            3.3999999E10f,
            Float.POSITIVE_INFINITY,
            Float.NaN
        };
        while (true) {
            float value = random.nextBoolean()
                    ? corners[random.nextInt(corners.length)]
                    : Float.intBitsToFloat(random.nextInt());
            if (!finite || Float.isFinite(value)) {
                return value;
            }
        }
    }

    /** With the scale and no more digits than that. */
    BigDecimal decimal(int precision, int scale) {
        BigInteger limit = BigInteger.TEN.pow(1 + random.nextInt(precision));
        BigInteger digits = random.nextInt(4) == 0
                ? limit.subtract(BigInteger.ONE)
                : new BigInteger(limit.bitLength(), random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
    }

    /** @param utf8 whether its bytes must be UTF-8 */
    String text(boolean utf8) {
        int kind = random.nextInt(utf8 ? 4 : 5);
        if (kind < 2) {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }
        if (kind == 4) {
            return BROKEN_TEXTS.get(random.nextInt(BROKEN_TEXTS.size()));
        }
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            int most = kind == 2 ? 0x80 : Character.MAX_CODE_POINT + 1;
            int point = random.nextInt(most);
            boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate ? 'x' : point);
        }
        return text.toString();
    }

    byte[] bytes(boolean utf8) {
        if (utf8) {
            return text(true).getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    LocalDate date() {
        long first = LocalDate.of(1, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        long[] corners = {
            first, first + 1, last, last - 1, -1, 0, LocalDate.of(1582, 10, 10).toEpochDay()
        };
        return LocalDate.ofEpochDay(
                random.nextInt(4) == 0 ? corners[random.nextInt(corners.length)] : random.nextLong(first, last + 1));
    }

    LocalTime time() {
        LocalTime[] corners = {
            LocalTime.MIN,
            LocalTime.MAX.truncatedTo(ChronoUnit.MILLIS),
            LocalTime.NOON,
            LocalTime.of(1, 2, 3, 40_000_000)
        };
        return random.nextInt(4) == 0
                ? corners[random.nextInt(corners.length)]
                : LocalTime.ofNanoOfDay(random.nextInt(86_400_000) * 1_000_000L);
    }

    LocalDateTime timestamp() {
        return date().atTime(time());
    }

    /** A moment that a time series can hold. */
    LocalDateTime moment() {
        long millis = random.nextInt(4) == 0 ? random.nextInt(2) : random.nextLong(0, 253_402_300_799_999L);
        return LocalDateTime.ofEpochSecond(millis / 1_000, (int) (millis % 1_000) * 1_000_000, ZoneOffset.UTC);
    }

    String document() {
        return DOCUMENTS.get(random.nextInt(DOCUMENTS.size()));
    }

    /** A value of a column type by its name in a model. */
    Object of(String type, boolean json) {
        return switch (type) {
            case "BOOLEAN" -> bool();
            case "TINYINT" -> (byte) integer(8);
            case "SMALLINT" -> (short) integer(16);
            case "INTEGER" -> (int) integer(32);
            case "BIGINT" -> integer(64);
            case "REAL" -> single(json);
            case "DOUBLE" -> real(json);
            case "DECIMAL(5, 2)" -> decimal(5, 2);
            case "DECIMAL(38, 10)" -> decimal(38, 10);
            case "DECIMAL(38, 0)" -> decimal(38, 0);
            case "VARCHAR" -> text(json);
            case "VARBINARY" -> bytes(json);
            case "DATE" -> date();
            case "TIME" -> time();
            case "TIMESTAMP" -> timestamp();
            case "JSON" -> document();
            default -> throw new IllegalArgumentException(type);
        };
    }

    static Class<?> javaClass(String type) {
        return switch (type) {
            case "BOOLEAN" -> Boolean.class;
            case "TINYINT" -> Byte.class;
            case "SMALLINT" -> Short.class;
            case "INTEGER" -> Integer.class;
            case "BIGINT" -> Long.class;
            case "REAL" -> Float.class;
            case "DOUBLE" -> Double.class;
            case "VARBINARY" -> byte[].class;
            case "DATE" -> LocalDate.class;
            case "TIME" -> LocalTime.class;
            case "TIMESTAMP" -> LocalDateTime.class;
            case "VARCHAR", "JSON" -> String.class;
            default -> BigDecimal.class;
        };
    }

    /** The value as a literal of SQL. */
    static String literal(Object value) {
        if (value == null) {
            return "NULL";
        } else if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().formatHex(bytes) + "'";
        } else if (value instanceof LocalDate) {
            return "DATE '" + value + "'";
        } else if (value instanceof LocalTime time) {
            return "TIME '" + seconds(time) + "'";
        } else if (value instanceof LocalDateTime timestamp) {
            return "TIMESTAMP '" + timestamp.toLocalDate() + " " + seconds(timestamp.toLocalTime()) + "'";
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        } else if (value instanceof Double || value instanceof Float) {
            return "CAST('" + value + "' AS " + (value instanceof Float ? "REAL" : "DOUBLE") + ")";
        } else if (value instanceof String text) {
            return "'" + text.replace("'", "''") + "'";
        }
        return value.toString();
    }

    private static String seconds(LocalTime time) {
        String text = time.toString();
        return text.length() == "00:00".length() ? text + ":00" : text;
    }

    /** The value so that equal ones are equal texts. */
    static String shown(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return String.valueOf(value);
    }

    static List<String> shown(Object[] row) {
        return new ArrayList<>(Arrays.stream(row).map(RandomValues::shown).toList());
    }
}
