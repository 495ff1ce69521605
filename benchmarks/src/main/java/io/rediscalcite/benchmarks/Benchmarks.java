package io.rediscalcite.benchmarks;

import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.Case;
import io.rediscalcite.benchmarks.measure.CaseResult;
import io.rediscalcite.benchmarks.measure.Runner;
import io.rediscalcite.benchmarks.report.Machine;
import io.rediscalcite.benchmarks.report.Page;
import io.rediscalcite.benchmarks.report.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer =
                "benchmarks/run --jmh [OPTION...] runs JMH on the reader of replies and on the codecs instead, with JMH's options.",
        description = {
            "Measures Redis SQL beside the floor (the server CPU that a bare client causes), polars-redis and plain Calcite,"
                    + " on a private Redis Stack with data of its own.",
            "A run of all cases with all keys writes docs/performance.md, any other one benchmarks/target/performance.md."
        })
final class Benchmarks implements Callable<Integer> {
    private static final int ALL_KEYS = 1_000_000;
    private static final int ROUNDS = 3;

    @Option(
            names = "--keys",
            paramLabel = "N",
            description = "How many hashes; the rest of the data is in proportion (default: ${DEFAULT-VALUE}).")
    private int keys = ALL_KEYS;

    @Option(names = "--only", paramLabel = "CASE", description = "Just this case; repeatable.")
    private List<String> only = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often each contender answers (default: ${DEFAULT-VALUE}).")
    private int rounds = ROUNDS;

    @Option(
            names = "--check",
            description = "End with exit code 1 if a target is missed, or an answer is wrong; says which.")
    private boolean check;

    @Option(names = "--large", description = "Also the cases that take minutes: ten times the keys in -Xmx256m.")
    private boolean large;

    @Option(names = "--list", description = "Print the cases, and end.")
    private boolean list;

    @Option(names = "--without-polars", description = "Without polars-redis, which is else installed by pip.")
    private boolean withoutPolars;

    @Option(names = "--root", hidden = true, required = true)
    private Path root = Path.of(".");

    @Option(names = "--python", hidden = true)
    private @Nullable Path python;

    /** Runs it, and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Case<Stage>> cases = new ArrayList<>(Cases.STANDARD);
        if (large || !only.isEmpty()) {
            cases.addAll(Cases.LARGE);
        }
        if (list) {
            cases.forEach(each -> System.out.printf("%-16s %s%n", each.name(), each.question()));
            return 0;
        }
        List<String> names = cases.stream().map(Case::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                System.err.println("There is no case " + name + ". These are: " + String.join(", ", names));
                return 2;
            }
        }
        cases.removeIf(each -> !only.isEmpty() && !only.contains(each.name()));
        return measure(cases);
    }

    private int measure(List<Case<Stage>> cases) throws Exception {
        long start = System.nanoTime();
        String machine = Machine.describe();
        List<CaseResult> results = new ArrayList<>();
        Runner runner = new Runner(rounds, Benchmarks::progress);
        progress("loading " + keys + " keys and what goes with them");
        String versions;
        try (Stage stage = Stage.open(root, new DataSet(keys), withoutPolars ? null : python)) {
            versions = "Redis " + stage.stack().version() + ", Java " + System.getProperty("java.version")
                    + (withoutPolars ? "" : ", polars-redis 0.1.6 on polars 1.36.1") + ", Calcite 1.42.0";
            for (Case<Stage> each : cases) {
                results.add(runner.measure(each, stage));
                stage.endCase();
            }
        }
        progress("measured in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        System.out.println(Tables.all(results));
        System.out.println(Tables.sideBySide(results));
        System.out.println(Tables.targets(results));
        boolean whole = keys == ALL_KEYS && only.isEmpty() && !withoutPolars && rounds >= ROUNDS;
        Path page = whole ? root.resolve("docs/performance.md") : root.resolve("benchmarks/target/performance.md");
        new Page(results, machine, versions, keys + " users, " + rounds + " rounds")
                .write(root.resolve("benchmarks/performance.md"), page);
        List<String> problems = Tables.problems(results);
        problems.forEach(problem -> System.err.println("WRONG: " + problem));
        List<String> missed = Tables.missed(results);
        missed.forEach(line -> System.err.println("MISSED: " + line));
        System.err.println("Written: " + page);
        return check && !(problems.isEmpty() && missed.isEmpty()) ? 1 : 0;
    }

    private static void progress(String step) {
        System.err.println("benchmarks: " + step);
    }
}
