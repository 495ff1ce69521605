package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.IndexRead.Top;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import java.util.Optional;

/**
 * Which order of rows an index gives that is SQL's.
 *
 * <p>Of numbers that a double tells apart it is; of text it is the order of bytes cut at a NUL, or of folded case. Rows without a
 * value come last, but for a document's {@code null} at a path that isn't SORTABLE, which comes before all numbers: where SQL wants it
 * otherwise, those are asked for by themselves.
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

    /** Whether those without a value are asked for by themselves, since they would come where SQL doesn't want them. */
    public static boolean isSplit(IndexDefinition index, Top top) {
        return top.column()
                .flatMap(column -> attribute(index, column))
                .map(attribute -> top.nullsFirst() || nullsAreValues(index, attribute))
                .orElse(false);
    }

    private static boolean nullsAreValues(IndexDefinition index, Attribute attribute) {
        return index.type() == TableType.JSON && !attribute.is("SORTABLE");
    }

    /** The query text for the documents of {@code found} in their order, without those that {@link #withoutValue} finds if need be. */
    public static String inOrder(IndexDefinition index, Top top, Pushed.Query found) {
        return top.column()
                .flatMap(column -> attribute(index, column))
                .filter(attribute -> nullsAreValues(index, attribute))
                .map(attribute -> and(found, ConditionTranslator.field(attribute) + NumericTerms.ANY))
                .orElse(found.text());
    }

    /** The query text for those documents of {@code found} that have no value to sort by. */
    public static String withoutValue(IndexDefinition index, Top top, Pushed.Query found) {
        String without = top.column()
                .flatMap(column -> attribute(index, column))
                .map(attribute -> without(index, attribute))
                .orElseThrow();
        return and(found, without);
    }

    /** An index that lists what is missing needs no look at what isn't; a document's null isn't missing to it. */
    private static String without(IndexDefinition index, Attribute attribute) {
        return index.type() == TableType.HASH && attribute.is("INDEXMISSING")
                ? "ismissing(" + ConditionTranslator.name(attribute) + ")"
                : "-" + ConditionTranslator.field(attribute) + NumericTerms.ANY;
    }

    private static String and(Pushed.Query found, String more) {
        return found.text().equals(Pushed.ALL) ? more : "(" + found.text() + " " + more + ")";
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
