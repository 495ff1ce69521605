package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.type.Text;
import java.util.List;
import java.util.Optional;

/** Finds the index that names the fewest keys for a condition, while a statement is planned. */
public final class IndexChoice {
    /** The statement's own values; all others are known when it runs. */
    public static final ConditionTranslator.Values KNOWN_WHEN_PLANNED =
            operand -> operand instanceof Operand.Literal literal ? List.of(literal.value()) : null;

    private IndexChoice() {}

    /**
     * The read of the best of {@code indexes}; empty if none of them can find the rows.
     *
     * @param top which rows are enough; then an index must find them alone
     * @param soundValues as in {@link ConditionTranslator}
     */
    public static Optional<IndexRead> best(
            List<IndexDefinition> indexes, Condition condition, Optional<IndexRead.Top> top, boolean soundValues) {
        IndexRead best = null;
        for (IndexDefinition index : indexes) {
            Optional<IndexRead> read = read(index, condition, top, soundValues);
            if (read.isPresent() && (best == null || read.get().share() < best.share())) {
                best = read.get();
            }
        }
        return Optional.ofNullable(best);
    }

    private static Optional<IndexRead> read(
            IndexDefinition index, Condition condition, Optional<IndexRead.Top> top, boolean soundValues) {
        ConditionTranslator translator = new ConditionTranslator(index, KNOWN_WHEN_PLANNED, soundValues);
        if (!(translator.translate(condition) instanceof Pushed.Query query)) {
            return Optional.empty();
        }
        boolean orders = top.isEmpty() || (query.exact() && SearchOrder.allows(index, top.get()));
        boolean narrows = top.isPresent() || !query.text().equals(Pushed.ALL);
        if (!orders || !narrows) {
            return Optional.empty();
        }
        double share = Math.max(0.000_1, Math.min(1, share(index, condition)));
        return Optional.of(new IndexRead(
                index.name(), condition, top, share, describe(index, query, translator.parameters(), top)));
    }

    private static String describe(
            IndexDefinition index, Pushed.Query query, List<byte[]> parameters, Optional<IndexRead.Top> top) {
        String found =
                top.map(first -> SearchOrder.inOrder(index, first, query)).orElse(query.text());
        StringBuilder text = new StringBuilder("FT.SEARCH " + index.name() + " " + found);
        top.ifPresent(first -> text.append(SearchOrder.describe(index, first)));
        text.append(describeParameters(parameters));
        return text.toString();
    }

    /** {@code PARAMS p0 Paris}, as EXPLAIN shows them. */
    public static String describeParameters(List<byte[]> parameters) {
        StringBuilder text = new StringBuilder(parameters.isEmpty() ? "" : " PARAMS");
        for (int i = 0; i < parameters.size() && i < 10; i++) {
            text.append(" p").append(i).append(' ').append(Text.decode(parameters.get(i)));
        }
        return text + (parameters.size() > 10 ? " …" : "");
    }

    /** Whether the index finds the rows of the condition. */
    public static boolean understands(IndexDefinition index, Condition condition) {
        return new ConditionTranslator(index, KNOWN_WHEN_PLANNED, true).translate(condition) instanceof Pushed.Query;
    }

    /** Guesses which part of the rows fulfils what the index understands: as planners do without statistics. */
    public static double share(IndexDefinition index, Condition condition) {
        if (condition instanceof Condition.And and) {
            return and.conditions().stream()
                    .mapToDouble(part -> share(index, part))
                    .reduce(1, (a, b) -> a * b);
        }
        if (condition instanceof Condition.Or or) {
            return or.conditions().stream()
                    .mapToDouble(part -> share(index, part))
                    .sum();
        }
        if (!understands(index, condition) || condition instanceof Condition.Anything) {
            return 1;
        }
        if (condition instanceof Condition.OneOf oneOf) {
            return 0.05 * oneOf.operands().size();
        }
        if (condition instanceof Condition.Compared compared) {
            return switch (compared.comparison()) {
                case EQUAL -> 0.05;
                case NOT_EQUAL -> 0.95;
                default -> 0.4;
            };
        }
        return condition instanceof Condition.StartsWith ? 0.1 : condition instanceof Condition.IsNull ? 0.1 : 0.9;
    }
}
