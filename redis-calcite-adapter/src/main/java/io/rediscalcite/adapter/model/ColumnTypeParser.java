package io.rediscalcite.adapter.model;

import io.rediscalcite.adapter.model.ColumnType.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of column types as a model writes them. */
final class ColumnTypeParser {
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9 ]*?)\\s*(?:\\(\\s*([0-9]+)\\s*(?:,\\s*([0-9]+)\\s*)?\\))?\\s*");
    private static final int MAX_TIME_DIGITS = 3;
    private static final String CANONICAL =
            "BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL(p, s), VARCHAR, VARBINARY, DATE, TIME, TIMESTAMP, JSON";

    private static final Map<String, Kind> NAMES = new LinkedHashMap<>();

    static {
        for (Kind kind : Kind.values()) {
            NAMES.put(kind.name(), kind);
        }
        NAMES.put("BOOL", Kind.BOOLEAN);
        NAMES.put("INT", Kind.INTEGER);
        NAMES.put("NUMERIC", Kind.DECIMAL);
        NAMES.put("DEC", Kind.DECIMAL);
        NAMES.put("DOUBLE PRECISION", Kind.DOUBLE);
        NAMES.put("FLOAT", Kind.DOUBLE);
        NAMES.put("TEXT", Kind.VARCHAR);
        NAMES.put("STRING", Kind.VARCHAR);
        NAMES.put("CHARACTER VARYING", Kind.VARCHAR);
        NAMES.put("BINARY VARYING", Kind.VARBINARY);
        NAMES.put("BYTEA", Kind.VARBINARY);
        NAMES.put("DATETIME", Kind.TIMESTAMP);
    }

    private ColumnTypeParser() {}

    static ColumnType parse(String text) {
        Matcher matcher = FORM.matcher(text);
        String name =
                matcher.matches() ? matcher.group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ") : "";
        Kind kind = NAMES.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("'" + text + "' is no column type: expected one of " + CANONICAL + "; "
                    + ClosestNames.hint(text.replaceAll("\\(.*", "").strip(), NAMES.keySet()));
        }
        String first = matcher.group(2);
        String second = matcher.group(3);
        if (kind == Kind.DECIMAL) {
            return decimal(text, first, second);
        }
        boolean takesLength = kind == Kind.VARCHAR || kind == Kind.VARBINARY;
        boolean takesDigits = kind == Kind.TIME || kind == Kind.TIMESTAMP;
        if (second != null || (first != null && !takesLength && !takesDigits)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has more in its parentheses than " + kind + " takes: expected " + kind);
        }
        if (first != null && takesDigits && number(first) > MAX_TIME_DIGITS) {
            throw new IllegalArgumentException("'" + text + "' asks for more than the milliseconds that a " + kind
                    + " has: expected " + kind + "(" + MAX_TIME_DIGITS + ")");
        }
        return ColumnType.of(kind);
    }

    private static ColumnType decimal(String text, @Nullable String first, @Nullable String second) {
        if (first == null) {
            return ColumnType.of(Kind.DECIMAL);
        }
        int precision = number(first);
        int scale = second == null ? 0 : number(second);
        if (precision < 1 || precision > ColumnType.MAX_DECIMAL_PRECISION || scale > precision) {
            throw new IllegalArgumentException(
                    "'" + text + "' is out of range: expected DECIMAL(p, s) with p from 1 to "
                            + ColumnType.MAX_DECIMAL_PRECISION + " and s from 0 to p");
        }
        return ColumnType.decimal(precision, scale);
    }

    /** The digits' number, or the highest int for more digits than any type has. */
    private static int number(String digits) {
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
