package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A question that makes everyone read all users.
 *
 * @param fields what must be read of each
 * @param wholeAnswer whether those fields of all users are the answer
 * @param polarsQuestion its name in {@code polars_peer.py}
 */
public record UsersRead(
        String name,
        String question,
        List<String> fields,
        boolean wholeAnswer,
        String polarsQuestion,
        List<Target> targets)
        implements Case<Stage> {
    private static final List<Target> NEAR_THE_FLOOR = List.of(
            Target.ratio(Contenders.REDIS_SQL, 1.3, new Target.Figure(Contenders.BARE_CLIENT, Metric.SERVER_CPU)),
            Target.fasterThan(Contenders.REDIS_SQL, 3, Contenders.POLARS_REDIS));

    public static UsersRead fullScan() {
        return new UsersRead(
                "full-scan",
                "SELECT name, email, age, score, city, active, created FROM \"user\"",
                Stage.USER_FIELDS,
                true,
                "full_scan",
                NEAR_THE_FLOOR);
    }

    public static UsersRead twoColumns() {
        return new UsersRead(
                "two-columns",
                "SELECT age, city FROM \"user\"",
                List.of("age", "city"),
                true,
                "two_columns",
                NEAR_THE_FLOOR);
    }

    public static UsersRead filter() {
        return new UsersRead(
                "filter",
                "SELECT name, age, email FROM \"user\" WHERE age > 80",
                List.of("name", "age", "email"),
                false,
                "filter_unindexed",
                List.of());
    }

    public static UsersRead groupBy() {
        return new UsersRead(
                "group-by",
                "SELECT city, COUNT(*), SUM(age) FROM \"user\" GROUP BY city",
                List.of("city", "age"),
                false,
                "group_by",
                List.of());
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.bareScan(fields, wholeAnswer));
        contenders.add(stage.sql(question));
        stage.polars(polarsQuestion, Map.of()).ifPresent(contenders::add);
        contenders.add(stage.plainCalcite(question));
        return contenders;
    }
}
