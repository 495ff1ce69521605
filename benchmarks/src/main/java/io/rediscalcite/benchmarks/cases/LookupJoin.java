package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A hundred rows, which are found by key, joined to all users by key: nothing has to be scanned. */
public final class LookupJoin implements Case<Stage> {
    private static final int MOST_READS = 10;

    @Override
    public String name() {
        return "lookup-join";
    }

    @Override
    public String question() {
        return "SELECT p.amount, u.name FROM purchase p JOIN \"user\" u ON u.id = p.customer WHERE p.id IN (100 ids)";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        StringBuilder ids = new StringBuilder("(0");
        for (int i = 1; i < DataSet.PURCHASES; i++) {
            ids.append(", ").append(i);
        }
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.sql(question().replace("(100 ids)", ids.append(')'))));
        stage.polars("join", Map.of("pattern", "purchase:*")).ifPresent(contenders::add);
        return contenders;
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atMost(Contenders.REDIS_SQL, Metric.SCANS, 0),
                Target.atMost(Contenders.REDIS_SQL, Metric.SERVER_READS, MOST_READS));
    }
}
