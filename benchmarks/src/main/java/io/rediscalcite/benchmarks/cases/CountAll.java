package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.BareScan;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** COUNT(*) of one table among others: the bare client sends SCAN alone. */
public final class CountAll implements Case<Stage> {
    @Override
    public String name() {
        return "count";
    }

    @Override
    public String question() {
        return "SELECT COUNT(*) FROM \"user\"";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> {
            long keys = new BareScan(stage.bare(), "user:", List.of()).run((buffer, starts, lengths) -> {});
            return "1 rows, sum " + keys;
        }));
        contenders.add(stage.sql(question()));
        stage.polars("count", Map.of()).ifPresent(contenders::add);
        contenders.add(stage.plainCalcite(question()));
        return contenders;
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.ratio(Contenders.REDIS_SQL, 1.2, new Target.Figure(Contenders.BARE_CLIENT, Metric.TIME)));
    }
}
