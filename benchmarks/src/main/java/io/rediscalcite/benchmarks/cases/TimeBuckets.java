package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The largest value of each hour of a time series. */
public final class TimeBuckets implements Case<Stage> {
    @Override
    public String name() {
        return "time-buckets";
    }

    @Override
    public String question() {
        return "SELECT FLOOR(_ts TO HOUR), MAX(\"value\") FROM sensor WHERE _key = 'sensor:1' GROUP BY FLOOR(_ts TO HOUR)";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> {
            List<?> buckets =
                    (List<?>) stage.bare().call("TS.RANGE", "sensor:1", "-", "+", "AGGREGATION", "MAX", 3_600_000);
            return (buckets == null ? 0 : buckets.size()) + " rows, sum 0";
        }));
        contenders.add(stage.sql(question()));
        stage.polars("time_buckets", Map.of("key", "sensor:1")).ifPresent(contenders::add);
        return contenders;
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }
}
