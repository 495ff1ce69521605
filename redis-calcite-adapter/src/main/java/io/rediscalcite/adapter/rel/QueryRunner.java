package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.jspecify.annotations.Nullable;

/**
 * Runs a query when a plan opens its scan; what a table offers to the plan through {@link
 * org.apache.calcite.plan.RelOptTable#unwrap}.
 */
public interface QueryRunner {
    /**
     * Rows of {@code query}: an {@code Object[]} each, or the bare value where there is one column.
     *
     * @param correlated values of the query's correlated operands, by their text
     */
    Enumerable<Object> run(RedisQuery query, DataContext context, Map<String, Object> correlated);

    /**
     * Groups that a search index computes, a row each; empty where it can't be trusted to compute them now.
     *
     * @param correlated values of the correlated operands, by their text
     */
    Optional<List<@Nullable Object[]>> aggregate(
            IndexAggregate aggregate, DataContext context, Map<String, Object> correlated);

    /** The masters that a scan of some slots or nodes of a cluster reads; none where it reads all, or that isn't known yet. */
    List<String> nodes(RedisQuery query);

    /** The search indexes over the table's keys, as they are while its statement is planned. */
    TableIndexes indexes();

    /** About how many different values a column of the table has, by a sample of the documents of an index over it. */
    double distinctValues(String index, Column column);

    /** About how many keys a SCAN walks: those of every table on the server. */
    double keyCount();

    /** About how many rows a key of the table has. */
    double rowsPerKey();
}
