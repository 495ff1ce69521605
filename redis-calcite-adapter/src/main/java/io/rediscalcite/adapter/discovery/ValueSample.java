package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.type.InferredType;
import io.rediscalcite.adapter.type.TypeInference;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The sampled values of one column, text and JSON. */
final class ValueSample {
    /** What a JSON string may be read as; as a number it would be written back as a number. */
    private static final Set<Kind> OF_STRINGS = EnumSet.of(Kind.VARCHAR, Kind.DATE, Kind.TIMESTAMP);

    private final TypeInference texts = TypeInference.ofValues();
    private int values;
    private int strings;
    private int nested;

    void add(byte[] text) {
        values++;
        texts.add(text);
    }

    /** A string within JSON, without its quotes. */
    void addString(byte[] text) {
        strings++;
        add(text);
    }

    /** An object or an array within JSON. */
    void addNested() {
        values++;
        nested++;
    }

    /** @param rows how many rows were looked at; those without a value count as nulls */
    InferredType result(int rows) {
        InferredType ofTexts = texts.result();
        Map<Kind, Integer> candidates = new EnumMap<>(Kind.class);
        candidates.putAll(ofTexts.candidates());
        ColumnType type = ofTexts.type();
        if (nested > 0) {
            type = ColumnType.of(Kind.JSON);
            candidates.put(Kind.JSON, values);
            candidates.put(Kind.VARCHAR, values);
        } else if (strings > 0 && !OF_STRINGS.contains(type.kind())) {
            type = ColumnType.VARCHAR;
        }
        return new InferredType(type, rows, rows - values, values, candidates);
    }
}
