package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.Request;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** IN with 1,000 keys, none of which needs a scan. */
public final class ThousandKeys implements Case<Stage> {
    private static final int KEYS = 1000;

    @Override
    public String name() {
        return "in-1000";
    }

    @Override
    public String question() {
        return "SELECT name, age FROM \"user\" WHERE _key IN (1,000 keys)";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<String> keys = IntStream.range(0, KEYS)
                .mapToObj(i -> "user:" + i * (stage.data().users() / KEYS))
                .toList();
        String list = keys.stream().collect(Collectors.joining("', '", "('", "')"));
        return List.of(
                stage.timed(Contenders.BARE_CLIENT, () -> {
                    Request request = new Request();
                    keys.forEach(key -> request.add("HMGET", key, "name", "age"));
                    stage.bare().callAll(request);
                    return "";
                }),
                stage.sql(question().replace("(1,000 keys)", list)));
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(Contenders.REDIS_SQL, Metric.SCANS, 0));
    }
}
