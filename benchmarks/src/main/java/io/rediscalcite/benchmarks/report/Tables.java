package io.rediscalcite.benchmarks.report;

import io.rediscalcite.benchmarks.measure.CaseResult;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Metric;
import io.rediscalcite.benchmarks.measure.Target;
import io.rediscalcite.benchmarks.measure.Target.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The results as tables. */
public final class Tables {
    private static final List<String> PEERS =
            List.of(Contenders.BARE_CLIENT, Contenders.POLARS_REDIS, Contenders.PLAIN_CALCITE);

    private Tables() {}

    /** Each target with what was reached. */
    public static String targets(List<CaseResult> results) {
        TextTable table = new TextTable(List.of("case", "target", "reached", ""));
        for (CaseResult result : results) {
            for (Target.Verdict verdict : result.verdicts()) {
                table.row(List.of(
                        result.measured().name(),
                        verdict.target().text(),
                        verdict.reached(),
                        !verdict.target().isGoal() ? "no target" : verdict.met() ? "met" : "MISSED"));
            }
        }
        return table.toString();
    }

    /** Redis SQL beside its peers: the least time of each, and its multiple of Redis SQL's. */
    public static String sideBySide(List<CaseResult> results) {
        TextTable table = new TextTable(List.of(
                "case",
                "floor: server CPU",
                Contenders.BARE_CLIENT,
                Contenders.REDIS_SQL,
                Contenders.POLARS_REDIS,
                Contenders.PLAIN_CALCITE));
        for (CaseResult result : results) {
            Double ours = result.least(new Figure(Contenders.REDIS_SQL, Metric.TIME));
            if (ours == null) {
                continue;
            }
            List<String> cells = new ArrayList<>();
            cells.add(result.measured().name());
            cells.add(beside(ours, result.least(new Figure(Contenders.BARE_CLIENT, Metric.SERVER_CPU))));
            for (String peer : PEERS) {
                cells.add(beside(ours, result.least(new Figure(peer, Metric.TIME))));
            }
            cells.add(3, Metric.TIME.format(ours));
            table.row(cells);
        }
        return table.toString();
    }

    private static String beside(double ours, @Nullable Double value) {
        return value == null ? "" : Metric.TIME.format(value) + String.format(Locale.ROOT, " (%.2f)", value / ours);
    }

    /** Every contender of every case: the least value in each metric; of the time the median too. */
    public static String all(List<CaseResult> results) {
        List<String> titles = new ArrayList<>(List.of("case", "contender", "median time"));
        for (Metric metric : Metric.values()) {
            titles.add("least " + metric.label());
        }
        TextTable table = new TextTable(titles);
        for (CaseResult result : results) {
            for (String contender : result.contenders()) {
                List<String> cells = new ArrayList<>(List.of(result.measured().name(), contender));
                cells.add(cell(Metric.TIME, result.median(new Figure(contender, Metric.TIME))));
                for (Metric metric : Metric.values()) {
                    cells.add(cell(metric, result.least(new Figure(contender, metric))));
                }
                table.row(cells);
            }
        }
        return table.toString();
    }

    private static String cell(Metric metric, @Nullable Double value) {
        return value == null ? "" : metric.format(value);
    }

    /** The question behind each case's name. */
    public static String questions(List<CaseResult> results) {
        TextTable table = new TextTable(List.of("case", "question"));
        results.forEach(result -> table.row(
                List.of(result.measured().name(), "`" + result.measured().question() + "`")));
        return table.toString();
    }

    /** What went wrong, a line each; empty if all is well. */
    public static List<String> problems(List<CaseResult> results) {
        return results.stream()
                .flatMap(result -> result.problems().stream()
                        .map(problem -> result.measured().name() + ": " + problem))
                .toList();
    }

    /** The targets that were missed, a line each. */
    public static List<String> missed(List<CaseResult> results) {
        return results.stream()
                .flatMap(result -> result.verdicts().stream()
                        .filter(verdict -> !verdict.met())
                        .map(verdict -> result.measured().name() + ": "
                                + verdict.target().text() + "; reached: " + verdict.reached()))
                .toList();
    }
}
