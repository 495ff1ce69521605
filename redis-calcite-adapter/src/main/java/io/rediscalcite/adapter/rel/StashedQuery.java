package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.RedisQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;

/**
 * What generated code holds of a scan: the query and who runs it, and nothing of the planner. Public because generated code
 * calls it.
 *
 * @param correlated texts of the correlated operands, in the order in which generated code passes their values
 */
public record StashedQuery(RedisQuery query, QueryRunner runner, List<String> correlated) {
    /** Opens the scan; called by generated code, once for each time that the plan starts it. */
    public Enumerable<Object> open(DataContext context, Object[] values) {
        Map<String, Object> byText = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            byText.put(correlated.get(i), values[i]);
        }
        return runner.run(query, context, byText);
    }
}
