package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.query.IndexRead.Top;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import java.util.Optional;

/**
 * Which order of rows an index gives that is SQL's.
 *
 * <p>Of numbers that a double tells apart it is; of text it is the order of bytes cut at a NUL, or of folded case; and rows without a
 * value always come last.
 */
public final class SearchOrder {
    private SearchOrder() {}

    /** Whether the first rows by that column are those that the index gives first, as far as values aren't NULL. */
    static boolean allows(IndexDefinition index, Top top) {
        return top.column().isEmpty() || attribute(index, top.column().get()).isPresent();
    }

    /** The attribute to sort by. */
    public static Optional<Attribute> attribute(IndexDefinition index, Column column) {
        return switch (column.type().kind()) {
            // Where a double can't tell the last one from the next, the query scans.
            case TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE -> index.attribute(column.source(), "NUMERIC");
            default -> Optional.empty();
        };
    }

    /** The query text for those documents of {@code found} that have no value to sort by. */
    public static String withoutValue(IndexDefinition index, Top top, Pushed.Query found) {
        String without = top.column()
                .flatMap(column -> attribute(index, column))
                .map(attribute -> "-" + ConditionTranslator.field(attribute) + NumericTerms.ANY)
                .orElseThrow();
        return found.text().equals(Pushed.ALL) ? without : "(" + found.text() + " " + without + ")";
    }

    static String describe(IndexDefinition index, Top top) {
        String limit = " LIMIT 0 " + top.offset().map(offset -> offset + "+").orElse("") + top.fetch();
        return top.column()
                        .flatMap(column -> attribute(index, column))
                        .map(attribute -> " SORTBY " + attribute.name() + (top.descending() ? " DESC" : " ASC"))
                        .orElse("")
                + limit;
    }
}
