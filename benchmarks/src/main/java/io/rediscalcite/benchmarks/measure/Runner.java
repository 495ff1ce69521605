package io.rediscalcite.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures a case: all contenders answer in turn, round by round, so that whatever else the machine does disturbs them alike.
 * One who fails is asked no more.
 */
public final class Runner {
    private final int rounds;
    private final Consumer<String> progress;

    /** @param progress told each step, for a person who waits */
    public Runner(int rounds, Consumer<String> progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    public <S> CaseResult measure(Case<S> measured, S stage) {
        CaseResult result = new CaseResult(measured);
        List<Contender> contenders;
        try {
            contenders = new ArrayList<>(measured.contenders(stage));
        } catch (Exception e) {
            result.fail("preparation", e);
            return result;
        }
        // Round 0 warms up.
        for (int round = 0; round <= rounds; round++) {
            for (Contender contender : List.copyOf(contenders)) {
                if (round == 0 && !contender.warmsUp()) {
                    continue;
                }
                progress.accept(measured.name() + ", round " + round + " of " + rounds + ": " + contender.name());
                try {
                    Sample sample = contender.run();
                    if (round > 0) {
                        result.add(contender.name(), sample);
                    }
                } catch (Exception e) {
                    result.fail(contender.name(), e);
                    contenders.remove(contender);
                }
            }
        }
        return result;
    }
}
