package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import java.time.ZoneOffset;

/** The one text that a value of a column has where it is kept as a TAG: of texts and of dates. */
final class TagText {
    private TagText() {}

    static String of(Column column, Object value) {
        return Codecs.of(column, ZoneOffset.UTC)
                .encodeOperand(value)
                .map(Text::decode)
                .orElseGet(value::toString);
    }
}
