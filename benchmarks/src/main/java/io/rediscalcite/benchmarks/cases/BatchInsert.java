package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Sample;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.peer.Recorder;
import io.rediscalcite.benchmarks.peer.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A fifth as many new hashes as there are users, of a key and three fields, written by one JDBC batch: as they are, by a script that
 * looks whether each is new, and with {@code merge}, by HSETs. Beside each redis-cli is fed the same commands.
 */
public final class BatchInsert implements Case<Stage> {
    private static final String REDIS_CLI = "redis-cli --pipe";
    private static final String REDIS_CLI_SCRIPT = REDIS_CLI + ", the script";
    private static final String MERGING = Contenders.REDIS_SQL + ", merge";
    private static final String PREFIX = "written:";
    private static final int PART_OF_THE_USERS = 5;
    private static final long FIELDS = 3;
    private static final String INSERT = "INSERT INTO written (id, name, age, city) VALUES (?, ?, ?, ?)";
    private static final String MODEL =
            """
            inline:{version: '1.0', defaultSchema: 'redis', schemas: [{name: 'redis', type: 'custom',
              factory: 'io.rediscalcite.adapter.RedisSchemaFactory', operand: {tables: [
                {name: 'written', type: 'hash', key: 'written:{id}', columns: [
                  {name: 'id', type: 'BIGINT'}, {name: 'name', type: 'VARCHAR'}, {name: 'age', type: 'BIGINT'},
                  {name: 'city', type: 'VARCHAR'}]}]}}]}""";

    @Override
    public String name() {
        return "batch-insert";
    }

    @Override
    public String question() {
        return INSERT + ", executeBatch";
    }

    @Override
    public List<Contender> contenders(Stage stage) throws Exception {
        int rows = Math.max(1000, stage.data().users() / PART_OF_THE_USERS);
        Connection connection = stage.keep(connect(stage.stack().url()));
        PreparedStatement insert = stage.keep(connection.prepareStatement(INSERT));
        PreparedStatement merge = stage.keep(connection.prepareStatement(
                "INSERT /*+ ON_CONFLICT('merge') */ INTO written (id, name, age, city) VALUES (?, ?, ?, ?)"));
        stage.keep(() -> remove(stage, rows));
        byte[] script = recorded(stage, rows);
        List<Contender> contenders = new ArrayList<>();
        contenders.add(writing(stage, REDIS_CLI, rows, () -> {
            double start = pipe(stage, new byte[0]);
            return pipe(stage, hsets(rows)) - start;
        }));
        contenders.add(writing(stage, REDIS_CLI_SCRIPT, rows, () -> {
            double start = pipe(stage, new byte[0]);
            return pipe(stage, script) - start;
        }));
        contenders.add(writing(stage, Contenders.REDIS_SQL, rows, () -> insert(insert, rows)));
        contenders.add(writing(stage, MERGING, rows, () -> insert(merge, rows)));
        stage.polars("write", Map.of("rows", rows, "prefix", PREFIX))
                .ifPresent(polars -> contenders.add(Stage.contender(polars.name(), false, () -> {
                    remove(stage, rows);
                    return polars.run();
                })));
        return contenders;
    }

    private static Connection connect(String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("model", MODEL);
        return DriverManager.getConnection(url, properties);
    }

    /** The commands of a batch without {@code merge}. */
    private static byte[] recorded(Stage stage, int rows) throws Exception {
        remove(stage, rows);
        try (Recorder recorder = new Recorder(stage.stack().port());
                Connection connection = connect("jdbc:redis-sql://127.0.0.1:" + recorder.port());
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            return recorder.during(() -> insert(insert, rows));
        }
    }

    /** Writes, and tells the seconds that it took. */
    private interface Write {
        double run() throws Exception;
    }

    private static Contender writing(Stage stage, String name, int rows, Write write) {
        return Stage.contender(name, true, () -> {
            remove(stage, rows);
            return new Sample(Map.of(Metric.TIME, write.run()), written(stage, rows));
        });
    }

    private static double insert(PreparedStatement insert, int rows) throws SQLException {
        long start = System.nanoTime();
        for (int i = 0; i < rows; i++) {
            insert.setLong(1, i);
            insert.setString(2, "User " + i);
            insert.setLong(3, age(i));
            insert.setString(4, city(i));
            insert.addBatch();
        }
        insert.executeBatch();
        return (System.nanoTime() - start) / 1e9;
    }

    private static byte[] hsets(int rows) {
        Request request = new Request();
        for (int i = 0; i < rows; i++) {
            request.add("HSET", PREFIX + i, "name", "User " + i, "age", age(i), "city", city(i));
        }
        return request.toByteArray();
    }

    private static int age(int i) {
        return 18 + i % 73;
    }

    private static String city(int i) {
        return "City" + i % DataSet.CITIES;
    }

    /** Feeds a pipeline to redis-cli; without a command, what it takes to start. */
    private static double pipe(Stage stage, byte[] commands) throws IOException, InterruptedException {
        Process cli = new ProcessBuilder(
                        stage.root().resolve("bin").resolve("redis-stack").toString(),
                        "cli",
                        Integer.toString(stage.stack().port()),
                        "--pipe")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long start = System.nanoTime();
        try (OutputStream in = cli.getOutputStream()) {
            in.write(commands);
        }
        if (cli.waitFor() != 0) {
            throw new IOException("redis-cli --pipe failed: see above");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void remove(Stage stage, int rows) throws IOException {
        Request request = new Request();
        for (int i = 0; i < rows; i++) {
            request.add("UNLINK", PREFIX + i);
        }
        stage.bare().callAll(request);
    }

    /** How many of the rows are there with all their fields, in polars_peer.py's words. */
    private static String written(Stage stage, int rows) throws IOException {
        Request request = new Request();
        for (int i = 0; i < rows; i++) {
            request.add("HLEN", PREFIX + i);
        }
        stage.bare().send(request);
        int written = 0;
        for (int i = 0; i < rows; i++) {
            written += Long.valueOf(FIELDS).equals(stage.bare().read()) ? 1 : 0;
        }
        return written + " written";
    }

    @Override
    public List<Target> targets() {
        return List.of(
                Target.fasterThan(Contenders.REDIS_SQL, 2, Contenders.POLARS_REDIS),
                Target.ratio(MERGING, 1.5, new Target.Figure(REDIS_CLI, Metric.TIME)),
                Target.ratio(Contenders.REDIS_SQL, 1.5, new Target.Figure(REDIS_CLI_SCRIPT, Metric.TIME)),
                Target.none(Contenders.REDIS_SQL, new Target.Figure(REDIS_CLI, Metric.TIME)));
    }
}
