package io.rediscalcite.jdbc;

import org.apache.calcite.plan.RelOptListener;

/** Ends planning when its statement is cancelled or its time is up: the planner asks at every rule. */
final class PlanningDeadline implements RelOptListener {
    private final Execution execution;

    PlanningDeadline(Execution execution) {
        this.execution = execution;
    }

    @Override
    public void ruleAttempted(RuleAttemptedEvent event) {
        execution.check();
    }

    @Override
    public void ruleProductionSucceeded(RuleProductionEvent event) {}

    @Override
    public void relEquivalenceFound(RelEquivalenceEvent event) {}

    @Override
    public void relDiscarded(RelDiscardedEvent event) {}

    @Override
    public void relChosen(RelChosenEvent event) {}
}
