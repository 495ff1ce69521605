package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.data.PrivateStack;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;

/** The same users on one server, and on a cluster of three masters with a replica each. */
public final class ClusterScan implements Case<Stage> {
    private static final String ONE = "one server";
    private static final String THREE = "three masters";
    private static final int PART_OF_THE_USERS = 3;

    /** All nodes share this machine's processors: what more of them need for themselves is allowed for. */
    private static final double NOT_SLOWER = 1.1;

    @Override
    public String name() {
        return "cluster";
    }

    @Override
    public String question() {
        return "SELECT name, email, age, score, city, active, created FROM \"user\", a third of the users";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws Exception {
        DataSet users = new DataSet(Math.max(1000, stage.data().users() / PART_OF_THE_USERS));
        PrivateStack one = stage.keep(PrivateStack.start(stage.root()));
        users.loadUsers(List.of(one.port()));
        PrivateStack three = stage.keep(PrivateStack.start(stage.root(), "--cluster"));
        users.loadUsers(three.masters());
        String sql = UsersRead.fullScan().question();
        Connection toOne = stage.keep(DriverManager.getConnection(one.url()));
        Connection toThree = stage.keep(DriverManager.getConnection(three.url()));
        return List.of(stage.sql(ONE, toOne, sql), stage.sql(THREE, toThree, sql));
    }

    @Override
    public List<Target> targets() {
        return List.of(Target.ratio(THREE, NOT_SLOWER, new Target.Figure(ONE, Metric.TIME)));
    }
}
