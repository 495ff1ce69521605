package io.rediscalcite.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.benchmarks.report.Tables;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rounds, targets and the comparison of answers, on contenders whose times are written down here. */
class RunnerTest {
    private final List<String> calls = new ArrayList<>();

    private record Fixed(List<Contender> contenders, List<Target> targets) implements Case<List<String>> {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public String question() {
            return "how long";
        }

        @Override
        public List<Contender> contenders(List<String> stage) {
            return contenders;
        }
    }

    private Contender contender(String name, boolean warmsUp, String answer, double... seconds) {
        Iterator<Double> next = java.util.Arrays.stream(seconds).iterator();
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Sample run() {
                calls.add(name);
                if (!next.hasNext()) {
                    throw new IllegalStateException("no more");
                }
                return new Sample(Map.of(Metric.TIME, next.next()), answer);
            }

            @Override
            public boolean warmsUp() {
                return warmsUp;
            }
        };
    }

    private CaseResult measure(List<Contender> contenders, Target... targets) {
        return new Runner(3, step -> {}).measure(new Fixed(contenders, List.of(targets)), calls);
    }

    @Test
    void contendersTakeTurnsAndWarmingUpDoesNotCount() {
        CaseResult result = measure(
                List.of(contender("java", true, "x", 0.001, 3, 1, 2), contender("native", false, "x", 5, 6, 4)));
        assertEquals("[java, java, native, java, native, java, native]", calls.toString());
        assertEquals(1, result.least(new Target.Figure("java", Metric.TIME)));
        assertEquals(2, result.median(new Target.Figure("java", Metric.TIME)));
        assertEquals(4, result.least(new Target.Figure("native", Metric.TIME)));
        assertEquals(List.of(), result.problems());
    }

    @Test
    void targetsAreJudgedByTheLeastTimes() {
        CaseResult result = measure(
                List.of(contender("a", false, "", 3, 2, 9), contender("b", false, "", 4, 8, 8)),
                Target.fasterThan("a", 2, "b"),
                Target.fasterThan("a", 2.1, "b"),
                Target.ratio("b", 1.9, new Target.Figure("a", Metric.TIME)).plus(0.2),
                Target.ratio("b", 1.9, new Target.Figure("a", Metric.TIME)).plus(0.1),
                Target.atMost("a", Metric.TIME, 2),
                Target.atMost("a", Metric.TIME, 1.99),
                Target.atMost("nobody", Metric.TIME, 1));
        assertEquals(
                """
                fixed: a at least 2.1 times as fast as b; reached: 2.00 times
                fixed: b at most 1.9 times a plus 0.10 s; reached: 2.00 times, 4.00 s in all
                fixed: a at most 1.99 s; reached: 2.00 s
                fixed: nobody at most 1.00 s; reached: not measured""",
                String.join("\n", Tables.missed(List.of(result))));
    }

    @Test
    void aRatioWithoutAGoalIsToldAndNeverMissed() {
        CaseResult result = measure(
                List.of(contender("a", false, "", 3, 2, 9), contender("b", false, "", 4, 8, 8)),
                Target.none("b", new Target.Figure("a", Metric.TIME)),
                Target.none("b", new Target.Figure("nobody", Metric.TIME)));
        assertEquals(
                """
                | case  | target          | reached      |           |
                | ----- | --------------- | ------------ | --------- |
                | fixed | b beside a      | 2.00 times   | no target |
                | fixed | b beside nobody | not measured | no target |""",
                Tables.targets(List.of(result)).strip());
        assertEquals(List.of(), Tables.missed(List.of(result)));
    }

    @Test
    void whoFailsIsAskedNoMoreAndOtherAnswersAreAProblem() {
        CaseResult result = measure(
                List.of(
                        contender("a", false, "10 rows", 1, 1, 1),
                        contender("b", false, "9 rows", 1, 1, 1),
                        contender("c", false, "10 rows", 1)),
                Target.ratio("c", 1, new Target.Figure("a", Metric.TIME)));
        assertEquals("[a, b, c, a, b, c, a, b]", calls.toString());
        assertEquals(
                """
                fixed: c: java.lang.IllegalStateException: no more
                fixed: the answers differ: {10 rows=[a, c], 9 rows=[b]}""",
                String.join("\n", Tables.problems(List.of(result))));
    }
}
