package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.BareClient;
import io.rediscalcite.benchmarks.peer.Digest;
import io.rediscalcite.benchmarks.peer.Request;
import java.io.IOException;
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
        contenders.add(stage.timed(Contenders.BARE_CLIENT, () -> byHand(stage.bare())));
        contenders.add(stage.sql(question().replace("(100 ids)", ids.append(')'))));
        stage.polars("join", Map.of("pattern", "purchase:*")).ifPresent(contenders::add);
        return contenders;
    }

    /** Two pipelines: the purchases, and the users that they name. */
    private static String byHand(BareClient client) throws IOException {
        Request purchases = new Request();
        for (int i = 0; i < DataSet.PURCHASES; i++) {
            purchases.add("HMGET", "purchase:" + i, "customer", "amount");
        }
        client.send(purchases);
        Request users = new Request();
        Digest digest = new Digest();
        for (int i = 0; i < DataSet.PURCHASES; i++) {
            if (client.read() instanceof List<?> purchase) {
                digest.row(Long.parseLong(String.valueOf(purchase.get(1))));
                users.add("HMGET", "user:" + purchase.get(0), "name");
            }
        }
        client.callAll(users);
        return digest.toString();
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.atMost(Contenders.REDIS_SQL, Metric.SCANS, 0),
                Target.atMost(Contenders.REDIS_SQL, Metric.SERVER_READS, MOST_READS));
    }
}
