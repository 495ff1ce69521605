package io.rediscalcite.jdbc;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Table;

/**
 * The plans of a database's statements, so that the same SQL is planned once for all its connections.
 *
 * <p>A plan is used again while each of its tables' names means the same table, and, where several tables are joined, none is
 * many times larger or smaller than it was; and for a minute at most, since a search index may have been made meanwhile. What a plan
 * holds belongs to no run, so that several threads may run it at once.
 */
final class PlanCache {
    private static final int MAX_PLANS = 500;

    /** Longer statements are made by programs, with other values each time. */
    private static final int MAX_TEXT = 20_000;

    private static final Duration LIFE = Duration.ofMinutes(1);

    /**
     * All that decides a plan beside the tables.
     *
     * @param schema where unqualified names are looked up
     * @param options Calcite's connection properties
     * @param zone zone of text that is read as a time while planning
     * @param maxRows rows to give at most; 0 for all
     */
    record Key(String sql, String schema, Map<String, String> options, ZoneId zone, long maxRows) {
        Key {
            options = Map.copyOf(options);
        }
    }

    private final CalciteSchema root;
    private final Function<Table, OptionalDouble> knownRows;
    private final Cache<Key, Plan> plans = CacheBuilder.newBuilder()
            .maximumSize(MAX_PLANS)
            .expireAfterWrite(LIFE)
            .build();

    /** @param knownRows rows of a table as far as they are known without asking the server */
    PlanCache(CalciteSchema root, Function<Table, OptionalDouble> knownRows) {
        this.root = root;
        this.knownRows = knownRows;
    }

    /** The plan for {@code key}: a known one, or what {@code planner} makes, kept for the next. */
    Plan get(Key key, Supplier<Plan> planner) {
        Plan known = plans.getIfPresent(key);
        if (known != null && isCurrent(known)) {
            return known;
        }
        Plan planned = planner.get();
        if (planned.reusable() && key.sql().length() <= MAX_TEXT) {
            plans.put(key, planned);
        }
        if (planned.changesIndexes()) {
            plans.invalidateAll();
        }
        return planned;
    }

    /** False once a table that the plan was made with is another one, or many times larger or smaller. */
    boolean isCurrent(Plan plan) {
        boolean weighed = plan.tables().size() > 1;
        for (TableUse use : plan.tables()) {
            if (!use.isIn(root) || (weighed && !use.isAsLargeAs(knownRows.apply(use.table())))) {
                return false;
            }
        }
        return true;
    }
}
