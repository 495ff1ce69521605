package io.rediscalcite.benchmarks;

import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.data.PrivateStack;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Sample;
import io.rediscalcite.benchmarks.peer.BareClient;
import io.rediscalcite.benchmarks.peer.BareScan;
import io.rediscalcite.benchmarks.peer.Digest;
import io.rediscalcite.benchmarks.peer.PlainCalcite;
import io.rediscalcite.benchmarks.peer.PolarsRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** What the cases stand on: a server with the data, a connection of each contender to it, and the ways to measure a run. */
public final class Stage implements AutoCloseable {
    /** The name of the search index over the users. */
    public static final String INDEX = "idx:user";

    private static final Map<String, SqlTypeName> USER_COLUMNS = new LinkedHashMap<>();
    private static final Map<String, SqlTypeName> PURCHASE_COLUMNS = new LinkedHashMap<>();

    static {
        USER_COLUMNS.put("name", SqlTypeName.VARCHAR);
        USER_COLUMNS.put("email", SqlTypeName.VARCHAR);
        USER_COLUMNS.put("age", SqlTypeName.BIGINT);
        USER_COLUMNS.put("score", SqlTypeName.DOUBLE);
        USER_COLUMNS.put("city", SqlTypeName.VARCHAR);
        USER_COLUMNS.put("active", SqlTypeName.BOOLEAN);
        USER_COLUMNS.put("created", SqlTypeName.BIGINT);
        PURCHASE_COLUMNS.put("customer", SqlTypeName.BIGINT);
        PURCHASE_COLUMNS.put("amount", SqlTypeName.BIGINT);
    }

    /** The columns of a user. */
    public static final List<String> USER_FIELDS = List.copyOf(USER_COLUMNS.keySet());

    private static final long LEAST_NANOS = 500_000_000;

    private final Path root;
    private final DataSet data;
    private final PrivateStack stack;
    private final BareClient control;
    private final BareClient bare;
    private final Connection connection;
    private final Connection plainCalcite;
    private final @Nullable PolarsRedis polars;
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private boolean indexed;

    /** A run that is measured from its begin to its end, and gives a digest of its answer. */
    public interface Work {
        String run() throws Exception;
    }

    /** One of many short runs, which differ by their number. */
    public interface ShortWork {
        void run(int i) throws Exception;
    }

    /**
     * Starts a server, loads the data and connects.
     *
     * @param root the project's folder
     * @param python of an environment with polars-redis; null to go without
     */
    public static Stage open(Path root, DataSet data, @Nullable Path python) throws IOException, SQLException {
        PrivateStack stack = PrivateStack.start(root);
        data.load(stack.port());
        return new Stage(root, data, stack, python);
    }

    private Stage(Path root, DataSet data, PrivateStack stack, @Nullable Path python) throws IOException, SQLException {
        this.root = root;
        this.data = data;
        this.stack = stack;
        this.control = new BareClient(stack.port());
        this.bare = new BareClient(stack.port());
        this.connection = DriverManager.getConnection(stack.url());
        this.plainCalcite =
                PlainCalcite.connect(stack.port(), Map.of("user", USER_COLUMNS, "purchase", PURCHASE_COLUMNS));
        this.polars = python == null
                ? null
                : new PolarsRedis(python, root.resolve("benchmarks").resolve("polars_peer.py"), stack.port());
    }

    public Path root() {
        return root;
    }

    public DataSet data() {
        return data;
    }

    public PrivateStack stack() {
        return stack;
    }

    public BareClient bare() {
        return bare;
    }

    /** Redis SQL's connection, whose tables are discovered. */
    public Connection connection() {
        return connection;
    }

    /** Closes {@code resource} when the case ends. */
    public <T extends AutoCloseable> T keep(T resource) {
        kept.push(resource);
        return resource;
    }

    /** Closes what the case that ends has asked to keep. */
    public void endCase() throws IOException {
        while (!kept.isEmpty()) {
            try {
                kept.pop().close();
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException("can't close what a case used", e);
            }
        }
    }

    /** Makes the search index over the users, if it isn't there yet. It stays: cases that need it come last. */
    public void ensureIndex() throws SQLException {
        if (indexed) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE INDEX \"" + INDEX + "\" ON \"user\" (age, score, city)");
        }
        indexed = true;
    }

    /**
     * These fields of all users by the bare client.
     *
     * @param compared whether what it reads is the case's answer, and not just what the answer is made of
     */
    public Contender bareScan(List<String> fields, boolean compared) {
        int[] integers = fields.stream()
                .filter(field -> USER_COLUMNS.get(field) == SqlTypeName.BIGINT)
                .mapToInt(fields::indexOf)
                .toArray();
        return timed(Contenders.BARE_CLIENT, () -> {
            Digest digest = new Digest();
            new BareScan(bare, "user:", fields).run((buffer, starts, lengths) -> {
                long sum = 0;
                for (int column : integers) {
                    sum += Digest.integer(buffer, starts[column], lengths[column]);
                }
                digest.row(sum);
            });
            return compared ? digest.toString() : "";
        });
    }

    /** A statement of Redis SQL's, prepared once and run each time. */
    public Contender sql(String sql) throws SQLException {
        PreparedStatement statement = keep(connection.prepareStatement(sql));
        return timed(Contenders.REDIS_SQL, () -> answer(statement));
    }

    /** The same of another server, whose own counters aren't read. */
    public Contender sql(String name, Connection elsewhere, String sql) throws SQLException {
        PreparedStatement statement = keep(elsewhere.prepareStatement(sql));
        return contender(name, true, () -> {
            Histogram nanos = new Histogram(3);
            String answer = run(() -> answer(statement), nanos);
            repeat(() -> answer(statement), nanos);
            return new Sample(Map.of(Metric.TIME, nanos.getValueAtPercentile(50) / 1e9), answer);
        });
    }

    private static String answer(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return Digest.of(rows);
        }
    }

    /** The same question to Calcite without an adapter's help. */
    public Contender plainCalcite(String sql) throws SQLException {
        Statement statement = keep(plainCalcite.createStatement());
        return timed(Contenders.PLAIN_CALCITE, () -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                return Digest.of(rows);
            }
        });
    }

    /** A question of {@code polars_peer.py}; empty where polars-redis doesn't take part. */
    public Optional<Contender> polars(String question, Map<String, Object> arguments) {
        PolarsRedis asked = polars;
        return asked == null
                ? Optional.empty()
                : Optional.of(contender(Contenders.POLARS_REDIS, false, () -> asked.ask(question, arguments)));
    }

    /**
     * A run of {@code work}: its time, and the server's CPU, reads and SCANs during it. What takes less than half a second is run again
     * until that is over: its time is then the median, and the CPU the mean.
     */
    public Contender timed(String name, Work work) {
        return contender(name, true, () -> {
            Map<Metric, Double> before = counters();
            Histogram nanos = new Histogram(3);
            String answer = run(work, nanos);
            Map<Metric, Double> first = counters();
            repeat(work, nanos);
            Map<Metric, Double> last = counters();
            return new Sample(
                    Map.of(
                            Metric.TIME,
                            nanos.getValueAtPercentile(50) / 1e9,
                            Metric.SERVER_CPU,
                            difference(Metric.SERVER_CPU, before, last) / nanos.getTotalCount(),
                            // One read is that of the counters themselves.
                            Metric.SERVER_READS,
                            difference(Metric.SERVER_READS, before, first) - 1,
                            Metric.SCANS,
                            difference(Metric.SCANS, before, first)),
                    answer);
        });
    }

    private static double difference(Metric metric, Map<Metric, Double> before, Map<Metric, Double> after) {
        return after.getOrDefault(metric, 0.0) - before.getOrDefault(metric, 0.0);
    }

    private static String run(Work work, Histogram nanos) throws Exception {
        long start = System.nanoTime();
        String answer = work.run();
        nanos.recordValue(System.nanoTime() - start);
        return answer;
    }

    private static void repeat(Work work, Histogram nanos) throws Exception {
        long end = System.nanoTime() + LEAST_NANOS - nanos.getMaxValue();
        while (System.nanoTime() < end) {
            run(work, nanos);
        }
    }

    /** Many short runs: the median and the 99th percentile of their times. */
    public Contender latency(String name, int runs, ShortWork work) {
        AtomicInteger number = new AtomicInteger();
        return contender(name, true, () -> {
            Histogram nanos = new Histogram(3);
            for (int i = 0; i < runs; i++) {
                int run = number.getAndIncrement();
                long start = System.nanoTime();
                work.run(run);
                nanos.recordValue(System.nanoTime() - start);
            }
            return new Sample(
                    Map.of(
                            Metric.TIME, nanos.getValueAtPercentile(50) / 1e9,
                            Metric.P99, nanos.getValueAtPercentile(99) / 1e9),
                    "");
        });
    }

    /** What a contender does to give a sample. */
    public interface Sampling {
        Sample run() throws Exception;
    }

    public static Contender contender(String name, boolean warmsUp, Sampling sampling) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Sample run() throws Exception {
                return sampling.run();
            }

            @Override
            public boolean warmsUp() {
                return warmsUp;
            }
        };
    }

    private Map<Metric, Double> counters() throws IOException {
        String info = String.valueOf(control.call("INFO", "cpu", "stats", "commandstats"));
        Map<Metric, Double> counters = new HashMap<>();
        counters.put(Metric.SERVER_CPU, number(info, "used_cpu_user:") + number(info, "used_cpu_sys:"));
        counters.put(Metric.SERVER_READS, number(info, "total_reads_processed:"));
        counters.put(Metric.SCANS, number(info, "cmdstat_scan:calls="));
        return counters;
    }

    private static double number(String info, String name) {
        Matcher value = Pattern.compile(Pattern.quote(name) + "([0-9.]+)").matcher(info);
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }

    @Override
    public void close() throws IOException, SQLException {
        endCase();
        if (polars != null) {
            polars.close();
        }
        plainCalcite.close();
        connection.close();
        bare.close();
        control.close();
        stack.close();
    }
}
