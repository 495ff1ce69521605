package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.type.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key of the queried table. What its name says is read from it when it is first asked for: most queries never do. */
final class TableKey {
    private final byte[] raw;
    private final KeyPattern pattern;
    private @Nullable String text;
    private @Nullable List<String> parts;

    /** @param raw a name that fits {@code pattern} */
    TableKey(byte[] raw, KeyPattern pattern) {
        this.raw = raw;
        this.pattern = pattern;
    }

    /** Its name as Redis has it. */
    byte[] raw() {
        return raw;
    }

    /** Its name as text. */
    String text() {
        String known = text;
        if (known == null) {
            known = Text.decode(raw);
            text = known;
        }
        return known;
    }

    /** Texts of its parts, in the pattern's order. */
    List<String> parts() {
        List<String> known = parts;
        if (known == null) {
            known = pattern.match(text()).orElseThrow();
            parts = known;
        }
        return known;
    }
}
