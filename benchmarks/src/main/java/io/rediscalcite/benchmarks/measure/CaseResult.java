package io.rediscalcite.benchmarks.measure;

import io.rediscalcite.benchmarks.measure.Target.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The samples of a case, and what went wrong with it. */
public final class CaseResult {
    private final Case<?> measured;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    public CaseResult(Case<?> measured) {
        this.measured = measured;
    }

    public void add(String contender, Sample sample) {
        samples.computeIfAbsent(contender, name -> new ArrayList<>()).add(sample);
    }

    /** Notes what kept {@code who} from answering. */
    public void fail(String who, Exception failure) {
        failures.add(who + ": " + failure);
    }

    public Case<?> measured() {
        return measured;
    }

    /** Those who answered, in the order of their first answer. */
    public Set<String> contenders() {
        return samples.keySet();
    }

    /** What went wrong: failures, and answers that aren't the same; empty if all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(failures);
        Map<String, Set<String>> answers = new LinkedHashMap<>();
        samples.forEach((contender, runs) -> runs.forEach(run -> {
            if (!run.answer().isEmpty()) {
                answers.computeIfAbsent(run.answer(), answer -> new LinkedHashSet<>())
                        .add(contender);
            }
        }));
        if (answers.size() > 1) {
            problems.add("the answers differ: " + answers);
        }
        return problems;
    }

    /** The smallest value, from the run that was disturbed least; null if it wasn't measured. */
    public @Nullable Double least(Figure figure) {
        List<Double> values = sorted(figure);
        return values.isEmpty() ? null : values.get(0);
    }

    /** The value in the middle; null if it wasn't measured. */
    public @Nullable Double median(Figure figure) {
        List<Double> values = sorted(figure);
        if (values.isEmpty()) {
            return null;
        }
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    public List<Target.Verdict> verdicts() {
        return measured.targets().stream().map(target -> target.judge(this)).toList();
    }

    private List<Double> sorted(Figure figure) {
        List<Double> values = new ArrayList<>();
        for (Sample sample : samples.getOrDefault(figure.contender(), List.of())) {
            Double value = sample.values().get(figure.metric());
            if (value != null) {
                values.add(value);
            }
        }
        return values.stream().sorted().toList();
    }
}
