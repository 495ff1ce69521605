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

/**
 * A part of one large sorted set.
 *
 * @param command what Redis is to be asked
 * @param polarsQuestion its name in {@code polars_peer.py}
 */
public record SortedSetRead(
        String name, String question, List<String> command, String polarsQuestion, Map<String, Object> polarsArguments)
        implements Case<Stage> {
    public static SortedSetRead top() {
        return new SortedSetRead(
                "zset-top",
                "SELECT member, score FROM board ORDER BY score DESC LIMIT 100",
                List.of("ZREVRANGE", "board", "0", "99", "WITHSCORES"),
                "zset_top",
                Map.of("key", "board"));
    }

    public static SortedSetRead range() {
        return new SortedSetRead(
                "zset-range",
                "SELECT member, score FROM board WHERE score BETWEEN 5000 AND 5100",
                List.of("ZRANGEBYSCORE", "board", "5000", "5100", "WITHSCORES"),
                "zset_range",
                Map.of("key", "board", "low", 5000, "high", 5100));
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> {
            List<?> reply = (List<?>) stage.bare().call(command.toArray());
            return (reply == null ? 0 : reply.size() / 2) + " rows, sum 0";
        }));
        contenders.add(stage.sql(question));
        stage.polars(polarsQuestion, polarsArguments).ifPresent(contenders::add);
        return contenders;
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }
}
