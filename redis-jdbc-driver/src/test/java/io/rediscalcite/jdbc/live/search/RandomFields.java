package io.rediscalcite.jdbc.live.search;

import java.util.List;

/** Columns of every kind that an index can be over, and values that servers and codecs are apt to take differently. */
final class RandomFields {
    private RandomFields() {}

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "a ",
            " a",
            "a,b",
            "a;b",
            "b",
            ",",
            "the",
            "the cat",
            "cat",
            "Cat",
            "cat sat",
            "running",
            "run",
            "é",
            "É",
            "ß",
            "ss",
            "\\",
            "x\\\\y",
            "x\\y",
            "a\"b",
            "a'b",
            "{a}",
            "a|b",
            "$p0",
            "*",
            "a*",
            "w'a*'",
            "%",
            "_",
            "a-b",
            "a.b@c.d",
            "ключ",
            "日本",
            "😀",
            "\uFFEE",
            "a\nb",
            "\ta",
            "@s:{a}",
            "(a)",
            "-a",
            "~a",
            "a\u00a0b",
            "prefix1",
            "prefix2",
            "PREFIX3",
            "null",
            "NULL",
            "true",
            "1",
            "01",
            "1.0",
            "-inf",
            "a".repeat(4100));
    private static final List<String> INTEGERS =
            List.of("0", "1", "-1", "2", "3", "5", "007", "+5", "-0", "2147483647", "-2147483648", "42");
    private static final List<String> BIGINTS = List.of(
            "0",
            "1",
            "-1",
            "2",
            "9007199254740992",
            "9007199254740993",
            "9007199254740991",
            "-9007199254740993",
            "9223372036854775807",
            "9223372036854775806",
            "-9223372036854775808",
            "1000000000000");
    private static final List<String> DECIMALS = List.of(
            "0",
            "0.1",
            "0.3",
            "0.30",
            "0.3001",
            "1234567890123456.7891",
            "1234567890123456.7892",
            "-5.5",
            "99.99",
            "1234567890123457",
            "3");
    private static final List<String> SHORT_DECIMALS =
            List.of("0", "0.1", "0.30", "0.3", "-5.5", "99.99", "3", "12345.67");
    private static final List<String> DOUBLES = List.of(
            "0",
            "-0",
            "0.1",
            "0.30000000000000004",
            "0.3",
            "1e300",
            "-1e300",
            "1e-300",
            "5",
            ".5",
            "5.",
            "1E3",
            "1000",
            "9007199254740993",
            "123456.1234567");
    private static final List<String> DATES = List.of("2020-01-01", "2020-02-29", "1969-12-31", "2013-01-31");
    private static final List<String> MILLIS = List.of("0", "1359608407120", "1359608407121", "-1", "86400000");
    private static final List<String> SECONDS_TEXT = List.of("0", "1359608407.12", "1359608407", "-1.5", "86400");
    private static final List<String> BOOLEANS = List.of("true", "false", "TRUE", "f", "1", "0", "yes", "off");

    /**
     * A column and what it may hold.
     *
     * @param type as a model writes it
     * @param values as a hash holds them
     */
    record Field(String name, String type, String family, List<String> values) {}

    static final List<Field> ALL = List.of(
            new Field("v", "VARCHAR", "text", TEXTS),
            new Field("w", "VARCHAR", "text", TEXTS.subList(0, 20)),
            new Field("i", "INTEGER", "number", INTEGERS),
            new Field("b", "BIGINT", "number", BIGINTS),
            new Field("d", "DECIMAL(20, 4)", "number", DECIMALS),
            new Field("p", "DECIMAL(10, 2)", "number", SHORT_DECIMALS),
            new Field("x", "DOUBLE", "number", DOUBLES),
            new Field("r", "REAL", "number", List.of("0.1", "0.3", "1", "-2.5", "16777217", "0")),
            new Field("dt", "DATE", "date", DATES),
            new Field("ms", "TIMESTAMP(3)', format:'epoch_millis", "time", MILLIS),
            new Field("se", "TIMESTAMP(3)', format:'epoch_seconds", "time", SECONDS_TEXT),
            new Field("f", "BOOLEAN", "boolean", BOOLEANS));
}
