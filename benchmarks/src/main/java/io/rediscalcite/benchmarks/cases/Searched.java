package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.Request;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A question that the search index over the users can answer: by its raw command, by Redis SQL, and by Redis SQL without the index.
 *
 * @param command the best raw command that gives the answer
 * @param polarsQuestion its name in {@code polars_peer.py}
 * @param allowance seconds that Redis SQL may take besides half as long again as the raw command
 */
public record Searched(String name, String question, List<String> command, String polarsQuestion, double allowance)
        implements Case<Stage> {
    private static final String BY_SCAN = Contenders.REDIS_SQL + ", search=off";
    private static final double OVERHEAD = 1.5;
    private static final double PLAN_AND_REPLY = 0.02;

    public static Searched groupBy() {
        return new Searched(
                "search-group-by",
                "SELECT city, COUNT(*), SUM(age) FROM \"user\" GROUP BY city",
                words("FT.AGGREGATE " + Stage.INDEX + " * GROUPBY 1 @city REDUCE COUNT 0 AS n REDUCE SUM 1 @age AS s"),
                "search_group_by",
                PLAN_AND_REPLY);
    }

    public static Searched top() {
        return new Searched(
                "search-top",
                "SELECT name, score FROM \"user\" ORDER BY score DESC LIMIT 10",
                words("FT.SEARCH " + Stage.INDEX + " * SORTBY score DESC LIMIT 0 10 RETURN 2 name score"),
                "search_top",
                PLAN_AND_REPLY);
    }

    public static Searched filter() {
        return new Searched(
                "search-filter",
                "SELECT _key, name, email, age, score, city, active, created FROM \"user\" WHERE age > 80",
                words("FT.AGGREGATE " + Stage.INDEX + " @age:[(80;+inf] LOAD 8 @__key @name @email @age @score @city"
                        + " @active @created"),
                "search_filter",
                0);
    }

    /** Split at blanks; a semicolon stands for a blank within a word. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        for (String word : (command + " TIMEOUT 60000 DIALECT 2").split(" ")) {
            words.add(word.replace(';', ' '));
        }
        return words;
    }

    @Override
    public List<Contender> contenders(Stage stage) throws Exception {
        stage.ensureIndex();
        Connection indexed =
                stage.keep(DriverManager.getConnection(stage.stack().url()));
        Connection scanning =
                stage.keep(DriverManager.getConnection(stage.stack().url() + "?search=off"));
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> {
            stage.bare().callAll(new Request().add(command.toArray()));
            return "";
        }));
        contenders.add(stage.sql(Contenders.REDIS_SQL, indexed, question));
        contenders.add(stage.sql(BY_SCAN, scanning, question));
        stage.polars(polarsQuestion, Map.of("index", Stage.INDEX)).ifPresent(contenders::add);
        return contenders;
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.ratio(Contenders.REDIS_SQL, OVERHEAD, new Target.Figure(Contenders.BARE_CLIENT, Metric.TIME))
                        .plus(allowance));
    }
}
