package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.BareClient;
import io.rediscalcite.benchmarks.peer.Digest;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ten minutes of a stream, which has an entry a second. */
public final class StreamWindow implements Case<Stage> {
    private static final long FIRST = DataSet.BEGIN + 300_000;
    private static final long LAST = FIRST + 599_999;

    @Override
    public String name() {
        return "stream-window";
    }

    @Override
    public String question() {
        return "SELECT kind, amount FROM events WHERE _ts BETWEEN TIMESTAMP '2024-01-01 00:05:00'"
                + " AND TIMESTAMP '2024-01-01 00:14:59.999'";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws SQLException {
        List<Contender> contenders = new ArrayList<>();
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> {
            Digest digest = new Digest();
            for (Object entry : entries(stage.bare())) {
                List<?> fields = (List<?>) ((List<?>) entry).get(1);
                digest.row(Long.parseLong((String) fields.get(3)));
            }
            return digest.toString();
        }));
        contenders.add(stage.sql(question()));
        stage.polars("stream_window", Map.of("key", "events", "first", FIRST, "last", LAST))
                .ifPresent(contenders::add);
        return contenders;
    }

    private static List<?> entries(BareClient client) throws IOException {
        return client.call("XRANGE", "events", FIRST, LAST) instanceof List<?> entries ? entries : List.of();
    }

    @Override
    public List<Target> targets() {
        return List.of();
    }
}
