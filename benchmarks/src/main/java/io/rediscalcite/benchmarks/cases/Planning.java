package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.SQLException;
import java.util.List;

/** What a statement costs before it asks Redis anything. */
public final class Planning implements Case<Stage> {
    private static final String NEW_TEXT = "a text never seen";
    private static final String SAME_TEXT = "the same text again";
    private static final int RUNS = 200;

    @Override
    public String name() {
        return "planning";
    }

    @Override
    public String question() {
        return "prepareStatement: two tables joined, filtered, grouped and sorted";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        String sql = "SELECT u.city, COUNT(*) AS n, SUM(p.amount) FROM purchase p JOIN \"user\" u ON u.id = p.customer"
                + " WHERE u.age > 30 GROUP BY u.city HAVING COUNT(*) > 1 ORDER BY n DESC LIMIT 5";
        return List.of(
                stage.latency(NEW_TEXT, RUNS / 10, i -> stage.connection()
                        .prepareStatement(sql.replace("p.amount", "p.amount + " + i))
                        .close()),
                stage.latency(SAME_TEXT, RUNS, i -> stage.connection()
                        .prepareStatement(sql)
                        .close()));
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(SAME_TEXT, Metric.TIME, 0.001));
    }
}
