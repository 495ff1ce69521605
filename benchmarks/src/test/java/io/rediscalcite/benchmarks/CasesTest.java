package io.rediscalcite.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.benchmarks.data.DataSet;
import io.rediscalcite.benchmarks.measure.CaseResult;
import io.rediscalcite.benchmarks.measure.Contenders;
import io.rediscalcite.benchmarks.measure.Runner;
import io.rediscalcite.benchmarks.report.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each case once, on little data: it runs, and all who take part give the same answer. No time is looked at. */
class CasesTest {
    private static final Path ROOT = Path.of(System.getProperty("redis-sql.root"));
    private static final int KEYS = 3000;

    @Test
    void everyContenderOfEveryCaseGivesTheSameAnswer() throws Exception {
        List<CaseResult> results = new ArrayList<>();
        try (Stage stage = Stage.open(ROOT, new DataSet(KEYS), null)) {
            for (var each : Cases.STANDARD) {
                results.add(new Runner(1, step -> {}).measure(each, stage));
                stage.endCase();
            }
        }
        assertEquals(List.of(), Tables.problems(results));
        for (CaseResult result : results) {
            List<String> missing = result.measured().targets().stream()
                    .filter(target -> result.least(target.value()) == null)
                    .map(target -> target.text())
                    .toList();
            assertEquals(List.of(), missing, result.measured().name());
        }
        assertTrue(results.get(0).contenders().contains(Contenders.REDIS_SQL));
    }

    @Test
    void everyCaseHasANameOfItsOwn() {
        List<String> names = new ArrayList<>();
        Cases.STANDARD.forEach(each -> names.add(each.name()));
        Cases.LARGE.forEach(each -> names.add(each.name()));
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
    }
}
