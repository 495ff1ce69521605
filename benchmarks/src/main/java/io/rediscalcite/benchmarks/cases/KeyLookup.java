package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.Digest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** One user by key, many times: prepared, and with a new literal each time. */
public final class KeyLookup implements Case<Stage> {
    private static final int RUNS = 2000;
    private static final String LITERALS = Contenders.REDIS_SQL + ", new text each time";

    @Override
    public String name() {
        return "key-lookup";
    }

    @Override
    public String question() {
        return "SELECT name, age FROM \"user\" WHERE _key = ?";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        PreparedStatement prepared = stage.keep(stage.connection().prepareStatement(question()));
        Statement statement = stage.keep(stage.connection().createStatement());
        return List.of(
                stage.latency(Contenders.BARE_CLIENT, RUNS, i -> stage.bare()
                        .call("HMGET", "user:" + stage.data().someUser(i), "name", "age")),
                stage.latency(Contenders.REDIS_SQL, RUNS, i -> {
                    prepared.setString(1, "user:" + stage.data().someUser(i));
                    read(prepared.executeQuery());
                }),
                stage.latency(LITERALS, RUNS / 10, i -> {
                    String key = "'user:" + stage.data().someUser(i) + "'";
                    read(statement.executeQuery(question().replace("?", key)));
                }));
    }

    private static void read(ResultSet result) throws SQLException {
        try (result) {
            String rows = Digest.of(result);
            if (!rows.startsWith("1 rows")) {
                throw new IllegalStateException("a lookup gave " + rows);
            }
        }
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.atMost(Contenders.REDIS_SQL, Metric.TIME, 0.0005));
    }
}
