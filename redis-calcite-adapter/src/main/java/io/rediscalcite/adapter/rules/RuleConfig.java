package io.rediscalcite.adapter.rules;

import java.util.function.Function;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/** Calcite's rule configuration as a record: what a rule matches, and how it is made. */
record RuleConfig(
        RelBuilderFactory relBuilderFactory,
        @Nullable String description,
        RelRule.OperandTransform operandSupplier,
        Function<RuleConfig, RelOptRule> factory)
        implements RelRule.Config {

    static RuleConfig of(
            String description, RelRule.OperandTransform operands, Function<RuleConfig, RelOptRule> factory) {
        return new RuleConfig(RelFactories.LOGICAL_BUILDER, description, operands, factory);
    }

    @Override
    public RelOptRule toRule() {
        return factory.apply(this);
    }

    @Override
    public RelRule.Config withRelBuilderFactory(RelBuilderFactory newFactory) {
        return new RuleConfig(newFactory, description, operandSupplier, factory);
    }

    @Override
    public RelRule.Config withDescription(@Nullable String newDescription) {
        return new RuleConfig(relBuilderFactory, newDescription, operandSupplier, factory);
    }

    @Override
    public RelRule.Config withOperandSupplier(RelRule.OperandTransform newOperands) {
        return new RuleConfig(relBuilderFactory, description, newOperands, factory);
    }
}
