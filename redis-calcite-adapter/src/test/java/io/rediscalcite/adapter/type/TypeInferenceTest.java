package io.rediscalcite.adapter.type;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeInferenceTest {
    private static InferredType infer(TypeInference inference, List<String> texts) {
        texts.forEach(text -> inference.add(Text.encode(text)));
        return inference.result();
    }

    private static InferredType infer(String texts) {
        return infer(TypeInference.ofValues(), List.of(texts.split("\\|", -1)));
    }

    @ParameterizedTest
    @CsvSource({
        "1|2|-3, BIGINT",
        "0|1, BIGINT",
        "9223372036854775807|-9223372036854775808, BIGINT",
        "9223372036854775808|1, 'DECIMAL(38, 0)'",
        "-12345678901234567890123456789012345678, 'DECIMAL(38, 0)'",
        "123456789012345678901234567890123456789, VARCHAR",
        "1|007, VARCHAR",
        "+1, VARCHAR",
        "' 1', VARCHAR",
        "'1 ', VARCHAR",
        "-0, VARCHAR",
        "-, VARCHAR",
        "1|, VARCHAR",
        "1|1|1|1|1|1|1|abc|abc|abc, VARCHAR",
        "0.1|2|1e308, DOUBLE",
        "1.5|-0.25, DOUBLE",
        "1e3, DOUBLE",
        "1.50, DOUBLE",
        "0.30000000000000004, DOUBLE",
        "0.12345678901234567|1, 'DECIMAL(38, 17)'",
        "-80.697472200000007|41.1304722, DOUBLE",
        "0.1234567890123456789012345678901, 'DECIMAL(38, 31)'",
        "1.5|9007199254740993, 'DECIMAL(38, 1)'",
        "1.5|9007199254740992, DOUBLE",
        "1.5|9223372036854775808|NaN, VARCHAR",
        "0.12345678901234567|12345678901234567890123, VARCHAR",
        "00.5, VARCHAR",
        "1e999, VARCHAR",
        "1e-999, VARCHAR",
        "NaN, VARCHAR",
        "inf|-inf, VARCHAR",
        "1.5|NaN|-inf, DOUBLE",
        "1|NaN, DOUBLE",
        "true|false|True, BOOLEAN",
        "true|1, VARCHAR",
        "yes|no, VARCHAR",
        "t, VARCHAR",
        "2013-01-01|0001-12-31, DATE",
        "2013-02-29, VARCHAR",
        "2013-01-01|2013, VARCHAR",
        "2013-01-01 05:00:00|2013-01-01T05:00:00Z|2013-01-01T05:00+02:00, TIMESTAMP",
        "2013-01-01|2013-01-01 05:00:00, TIMESTAMP",
        "2013-01-01 05:00:00.123456, VARCHAR",
        "05:00:00, VARCHAR",
        "2013, BIGINT",
        "'', VARCHAR",
        "{}, VARCHAR",
        "0x10, VARCHAR"
    })
    void findsTheNarrowestTypeOfAll(String texts, String type) {
        assertEquals(type, infer(texts).type().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1|2, BIGINT",
        "1.5, VARCHAR",
        "true, VARCHAR",
        "2013-01-01, DATE",
        "2013-01-01 05:00:00, VARCHAR",
        "007, VARCHAR",
        "9223372036854775808, VARCHAR"
    })
    void aKeyPartHasOneTextForEachValue(String texts, String type) {
        InferredType inferred = infer(TypeInference.ofKeyPart(), List.of(texts.split("\\|", -1)));

        assertEquals(type, inferred.type().toString());
    }

    @Test
    void countsSamplesNullsAndCandidates() {
        TypeInference inference = TypeInference.ofValues();
        for (int i = 0; i < 7; i++) {
            inference.add(Text.encode("1"));
        }
        inference.add(Text.encode("2.5"));
        inference.add(null);
        inference.add(null);
        InferredType inferred = inference.result();

        assertEquals(ColumnType.DOUBLE, inferred.type());
        assertEquals(10, inferred.samples());
        assertEquals(2, inferred.nulls());
        assertEquals(8, inferred.valid());
        assertEquals(0.9, inferred.confidence());
        assertEquals(
                Map.of(
                        ColumnType.Kind.BIGINT,
                        7,
                        ColumnType.Kind.DECIMAL,
                        8,
                        ColumnType.Kind.DOUBLE,
                        8,
                        ColumnType.Kind.VARCHAR,
                        8),
                inferred.candidates());
    }

    @Test
    void withoutAValueItIsVarcharWithNoConfidence() {
        TypeInference inference = TypeInference.ofValues();
        inference.add(null);

        assertEquals(ColumnType.VARCHAR, inference.result().type());
        assertEquals(0.0, inference.result().confidence());
        assertEquals(1.0, infer("abc").confidence());
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> numbers = Arbitraries.bigDecimals().ofScale(6).map(Object::toString);
        Arbitrary<String> integers = Arbitraries.bigIntegers().map(Object::toString);
        Arbitrary<String> odd = Arbitraries.of(
                "",
                "true",
                "false",
                "NaN",
                "inf",
                "2013-01-01",
                "2013-01-01 05:00",
                "007",
                "x",
                "1e5",
                "1e400",
                "-0",
                ".5",
                "5.");
        return Arbitraries.oneOf(
                numbers.list().ofMinSize(1).ofMaxSize(5),
                integers.list().ofMinSize(1).ofMaxSize(5),
                Arbitraries.oneOf(numbers, integers, odd).list().ofMinSize(1).ofMaxSize(4));
    }

    @Property
    void everySampleFitsTheTypeThatIsFound(@ForAll("texts") List<String> texts) {
        ColumnType type = infer(TypeInference.ofValues(), texts).type();
        Codec codec = Codecs.of(new Column("c", type, true, new ColumnSource.Field("f")), ZoneOffset.UTC);

        texts.forEach(text -> assertDoesNotThrow(() -> codec.decode(text), () -> text + " as " + type));
    }

    @Property
    void everyKeyPartFitsTheTypeThatIsFound(@ForAll("texts") List<String> texts) {
        ColumnType type = infer(TypeInference.ofKeyPart(), texts).type();
        Codec codec = Codecs.of(new Column("c", type, true, new ColumnSource.KeyPart("p")), ZoneOffset.UTC);

        texts.forEach(text -> assertDoesNotThrow(() -> codec.decode(text), () -> text + " as " + type));
    }

    @ParameterizedTest
    @CsvSource({
        "BIGINT, 0.01, DOUBLE",
        "BIGINT, 1e3, DOUBLE",
        "BIGINT, 9223372036854775808, 'DECIMAL(38, 0)'",
        "BIGINT, unknown, VARCHAR",
        "BIGINT, 2020-01-31, VARCHAR",
        "SMALLINT, 40000, BIGINT",
        "INTEGER, 1.5, DOUBLE",
        "DATE, 2020-01-31 05:00, TIMESTAMP",
        "DATE, 31.1.2020, VARCHAR",
        "TIMESTAMP, soon, VARCHAR",
        "BOOLEAN, 7, VARCHAR"
    })
    void aWiderTypeHoldsTheValueThatDidntFit(String type, String text, String wider) {
        ColumnType now = ColumnType.of(ColumnType.Kind.valueOf(type));
        assertEquals(
                wider,
                TypeInference.wider(now, text.getBytes(StandardCharsets.UTF_8)).toString());
    }
}
