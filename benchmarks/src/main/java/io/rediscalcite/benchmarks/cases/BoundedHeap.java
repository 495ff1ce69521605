package io.rediscalcite.benchmarks.cases;

import io.rediscalcite.benchmarks.Stage;
import io.rediscalcite.benchmarks.child.ReadAll;
import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.data.PrivateStack;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.Contender;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Sample;
import io.rediscalcite.benchmarks.measure.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads every column of all users in a JVM of its own that may use 256 MiB: as many users as the other cases have, or ten times
 * as many, on a server of their own.
 */
public record BoundedHeap(boolean tenfold) implements Case<Stage> {
    private static final String FIRST = "first row of a new JVM";
    private static final String EARLY = "after a tenth of the rows";
    private static final String AT_END = "after all rows";
    private static final String HEAP = "-Xmx256m";

    /** Between the first tenth and the end, the memory of the keys seen so far may grow, and nothing else. */
    private static final double FLAT = 2;

    @Override
    public String name() {
        return tenfold ? "heap-tenfold" : "heap";
    }

    @Override
    public String question() {
        return "SELECT * FROM \"user\"" + (tenfold ? ", ten times the users," : "") + " in " + HEAP;
    }

    @Override
    public List<Contender> contenders(Stage stage) throws Exception {
        DataSet users =
                new DataSet(tenfold ? 10 * stage.data().users() : stage.data().users());
        PrivateStack server = tenfold ? stage.keep(PrivateStack.start(stage.root())) : stage.stack();
        if (tenfold) {
            users.loadUsers(List.of(server.port()));
        }
        List<Sample> samples = new ArrayList<>();
        return List.of(
                Stage.contender(FIRST, false, () -> {
                    samples.clear();
                    samples.addAll(read(server.url(), users.users()));
                    return samples.get(0);
                }),
                Stage.contender(EARLY, false, () -> samples.get(1)),
                Stage.contender(AT_END, false, () -> samples.get(2)));
    }

    /** A sample after the first row, one after a tenth of the rows, and one at the end. */
    private static List<Sample> read(String url, int rows) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadAll.class.getName(),
                        url,
                        Integer.toString(rows))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new IllegalStateException("the JVM with " + HEAP + " failed: see above");
        }
        List<Sample> samples = new ArrayList<>();
        for (String line : output.strip().split("\n")) {
            String[] words = line.split(" ");
            samples.add(new Sample(
                    Map.of(Metric.TIME, Double.valueOf(words[0]), Metric.HEAP, Double.valueOf(words[1])), ""));
        }
        return samples;
    }

    @Override
    public List<Target> targets() {
        return List.of(
                new Target(new Target.Figure(AT_END, Metric.HEAP), FLAT, new Target.Figure(EARLY, Metric.HEAP), 0));
    }
}
