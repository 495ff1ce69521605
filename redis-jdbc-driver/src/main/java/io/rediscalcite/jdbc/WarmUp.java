package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.RedisTypeSystem;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.plan.RelOptRules;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rex.RexBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program's first statement waits for longest: the classes of planner and compiler. A thread loads them while the program does
 * whatever it does between its first connection and its first statement; it sends nothing to a server.
 */
public final class WarmUp {
    static final WarmUp ONCE = new WarmUp();

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    /** Most of what planning loads, and nothing of it in vain. It begins with what a statement that comes meanwhile needs late. */
    private static final List<Class<?>> CLASSES = List.of(
            RelOptRules.class,
            DefaultRelMetadataProvider.class,
            RexBuilder.class,
            RexImpTable.class,
            EnumerableRules.class);

    /** A bit of all that statements commonly have. */
    private static final String SQL = "SELECT name, COUNT(*) AS n, AVG(v) AS mean"
            + " FROM (VALUES ('a', 1, 1.5), ('b', 2, 2.5)) AS t (name, v, w)"
            + " WHERE v >= ? AND name LIKE 'a%' AND w < 2 GROUP BY name ORDER BY n DESC LIMIT 10";

    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    /** Begins at the first call; later ones are without effect. */
    void begin() {
        if (begun.getAndSet(true)) {
            return;
        }
        // It inherits no thread-locals of the thread that happens to connect first, which may be a web application's.
        Thread thread = new Thread(null, this::run, "warm-up of redis-sql", 0, false);
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noMoreThreads) {
            LOG.debug("the warm-up didn't begin", noMoreThreads);
        }
    }

    /** Ends as soon as may be, without a wait for it: from here on a statement itself loads what it needs. */
    void end() {
        over.set(true);
    }

    private void run() {
        try {
            for (Class<?> type : CLASSES) {
                if (over.get()) {
                    return;
                }
                Class.forName(type.getName(), true, type.getClassLoader());
            }
            rows();
        } catch (ClassNotFoundException | RuntimeException | StackOverflowError | LinkageError e) {
            // If it hinders statements as well, these will tell.
            LOG.debug("the warm-up ended early", e);
        }
    }

    /**
     * Plans and runs the statement, and counts its rows, of which there is one.
     *
     * @throws RuntimeException as of a cancelled statement, where it is over
     */
    public int rows() {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        RedisTypeFactory types = new RedisTypeFactory(RedisTypeSystem.INSTANCE);
        Execution execution = new Execution(root, types, "", ZoneOffset.UTC, 0, QueryLog.ofNoStatement());
        PlannerConfig config = PlannerConfig.of(PlannerConfig.withDefaults(Map.of()));
        PlanningContext context = new PlanningContext(config, root, "", execution, 0);
        Plan plan = RedisPrepare.plan(context, over, SQL, table -> OptionalDouble.empty());
        execution.bind(plan.variables(), new Object[] {1});
        int rows = 0;
        try (Enumerator<Object> found = plan.signature().enumerable(execution).enumerator()) {
            while (!over.get() && found.moveNext()) {
                rows++;
            }
        }
        return rows;
    }
}
