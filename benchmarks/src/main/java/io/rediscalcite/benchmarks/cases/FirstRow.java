package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Until the first row of all users is there, and the rest is given up, on a connection that has been in use. */
public final class FirstRow implements Case<Stage> {
    private static final int RUNS = 20;

    @Override
    public String name() {
        return "first-row";
    }

    @Override
    public String question() {
        return "SELECT * FROM \"user\" (the first row)";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        Statement statement = stage.keep(stage.connection().createStatement());
        return List.of(stage.latency(Contenders.REDIS_SQL, RUNS, i -> {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM \"user\"")) {
                if (!rows.next()) {
                    throw new IllegalStateException("there is no first row");
                }
            }
        }));
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(Contenders.REDIS_SQL, Metric.TIME, 0.05));
    }
}
