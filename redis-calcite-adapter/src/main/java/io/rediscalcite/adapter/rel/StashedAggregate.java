package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.IndexAggregate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.linq4j.function.Function1;
import org.jspecify.annotations.Nullable;

/**
 * What generated code holds of an aggregate that an index computes. Public because generated code calls it.
 *
 * @param correlated texts of the correlated operands, in the order in which generated code passes their values
 */
public record StashedAggregate(IndexAggregate aggregate, QueryRunner runner, List<String> correlated) {
    /**
     * The groups' rows; called by generated code, once for each time that the plan starts it.
     *
     * @param standby opens the plan that computes them on this side
     */
    public Enumerable<Object> open(
            DataContext context, Object[] values, Function1<DataContext, Enumerable<Object>> standby) {
        Map<String, Object> byText = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byText.put(correlated.get(i), values[i]);
        }
        boolean single = aggregate.groups().size() + aggregate.measures().size() == 1;
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                Optional<List<@Nullable Object[]>> rows = runner.aggregate(aggregate, context, byText);
                if (rows.isEmpty()) {
                    return standby.apply(context).enumerator();
                }
                return single ? bare(rows.get()) : Linq4j.enumerator(List.<Object>copyOf(rows.get()));
            }
        };
    }

    /** A row of one column is its value, which may be NULL. */
    @SuppressWarnings("NullAway") // linq4j's Enumerator says nothing of it.
    private static Enumerator<Object> bare(List<@Nullable Object[]> rows) {
        return Linq4j.enumerator(rows.stream().map(row -> row[0]).toList());
    }
}
