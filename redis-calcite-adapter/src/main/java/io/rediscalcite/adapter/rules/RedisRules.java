package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.RedisScan;
import io.rediscalcite.adapter.rel.RedisTableModify;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.adapter.enumerable.EnumerableProject;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.adapter.enumerable.EnumerableTableModifyRule;
import org.apache.calcite.plan.Convention;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;

/** Every rule that a plan over Redis tables needs. */
public final class RedisRules {
    private static final List<RelOptRule> ALL = List.of(
            RuleConfig.of(
                            "RedisFilter",
                            b -> b.operand(LogicalFilter.class).oneInput(scan -> scan.operand(RedisLogicalScan.class)
                                    .predicate(s -> !s.query().isLimited())
                                    .noInputs()),
                            RedisFilterRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisProject",
                            b -> b.operand(LogicalProject.class)
                                    .predicate(project -> !project.containsOver())
                                    .oneInput(RedisRules::plainScan),
                            RedisProjectRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisLimit",
                            b -> b.operand(LogicalSort.class)
                                    .predicate(sort -> sort.getCollation()
                                            .getFieldCollations()
                                            .isEmpty())
                                    .oneInput(scan -> scan.operand(RedisLogicalScan.class)
                                            .predicate(s -> !s.query().isLimited())
                                            .noInputs()),
                            RedisLimitRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisSort",
                            b -> b.operand(LogicalSort.class)
                                    .predicate(sort -> !sort.getCollation()
                                            .getFieldCollations()
                                            .isEmpty())
                                    .oneInput(scan -> scan.operand(RedisLogicalScan.class)
                                            .predicate(s -> !s.query().isLimited()
                                                    && s.query().order().isEmpty())
                                            .noInputs()),
                            RedisSortRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisAggregate",
                            b -> b.operand(LogicalAggregate.class).oneInput(RedisRules::plainScan),
                            RedisAggregateRule::new)
                    .toRule(),
            lookupJoin("", RedisRules::plainScan),
            lookupJoin("Filtered", filter -> filter.operand(LogicalFilter.class).oneInput(RedisRules::plainScan)),
            lookupJoin("Projected", project -> project.operand(LogicalProject.class)
                    .oneInput(RedisRules::plainScan)),
            lookupJoin("FilteredProjected", project -> project.operand(LogicalProject.class)
                    .oneInput(filter -> filter.operand(LogicalFilter.class).oneInput(RedisRules::plainScan))),
            RuleConfig.of(
                            "RedisAntiJoin",
                            b -> b.operand(LogicalFilter.class).oneInput(join -> join.operand(LogicalJoin.class)
                                    .predicate(j -> j.getJoinType() == JoinRelType.LEFT)
                                    .anyInputs()),
                            RedisAntiJoinRule::new)
                    .toRule(),
            distinctPartners("", RedisRules::distinct),
            distinctPartners("Projected", project -> project.operand(LogicalProject.class)
                    .oneInput(RedisRules::distinct)),
            RuleConfig.of(
                            "RedisKeyAggregate",
                            b -> b.operand(LogicalAggregate.class).oneInput(RedisRules::allRows),
                            RedisKeyAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisKeyAggregateProjected",
                            b -> b.operand(LogicalAggregate.class)
                                    .oneInput(project -> project.operand(LogicalProject.class)
                                            .oneInput(RedisRules::allRows)),
                            RedisKeyAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisEndId",
                            b -> b.operand(LogicalAggregate.class).oneInput(RedisRules::wholeScan),
                            RedisEndIdRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisEndIdProjected",
                            b -> b.operand(LogicalAggregate.class)
                                    .oneInput(project -> project.operand(LogicalProject.class)
                                            .oneInput(RedisRules::wholeScan)),
                            RedisEndIdRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisRightJoin",
                            b -> b.operand(LogicalJoin.class)
                                    .predicate(join -> join.getJoinType() == JoinRelType.RIGHT)
                                    .anyInputs(),
                            RedisRightJoinRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndex",
                            b -> b.operand(LogicalFilter.class).oneInput(RedisRules::unlimitedScan),
                            RedisIndexRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexTop",
                            b -> b.operand(LogicalSort.class).oneInput(RedisRules::unlimitedScan),
                            RedisIndexTopRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexTopFiltered",
                            b -> b.operand(LogicalSort.class).oneInput(filter -> filter.operand(LogicalFilter.class)
                                    .oneInput(RedisRules::unlimitedScan)),
                            RedisIndexTopRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexAggregate",
                            b -> b.operand(LogicalAggregate.class).oneInput(RedisRules::indexedScan),
                            RedisIndexAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexAggregateFilter",
                            b -> b.operand(LogicalAggregate.class)
                                    .oneInput(filter ->
                                            filter.operand(LogicalFilter.class).oneInput(RedisRules::indexedScan)),
                            RedisIndexAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexAggregateProject",
                            b -> b.operand(LogicalAggregate.class)
                                    .oneInput(project -> project.operand(LogicalProject.class)
                                            .oneInput(RedisRules::indexedScan)),
                            RedisIndexAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisIndexAggregateProjectFilter",
                            b -> b.operand(LogicalAggregate.class)
                                    .oneInput(project -> project.operand(LogicalProject.class)
                                            .oneInput(filter -> filter.operand(LogicalFilter.class)
                                                    .oneInput(RedisRules::indexedScan))),
                            RedisIndexAggregateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisModify",
                            b -> b.operand(TableModify.class)
                                    .predicate(RedisModifyRule::isOurs)
                                    .anyInputs(),
                            RedisModifyRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisTruncate",
                            b -> b.operand(TableModify.class)
                                    .predicate(RedisTruncateRule::isDelete)
                                    .oneInput(scan -> scan.operand(RedisLogicalScan.class)
                                            .predicate(RedisTruncateRule::isWholeTable)
                                            .noInputs()),
                            RedisTruncateRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisNamedRows",
                            b -> b.operand(RedisTableModify.class)
                                    .predicate(RedisNamedRowsRule::looksForRows)
                                    .oneInput(RedisRules::namedRows),
                            RedisNamedRowsRule::new)
                    .toRule(),
            RuleConfig.of(
                            "RedisNamedRowsProjected",
                            b -> b.operand(RedisTableModify.class)
                                    .predicate(RedisNamedRowsRule::looksForRows)
                                    .oneInput(project -> project.operand(EnumerableProject.class)
                                            .oneInput(RedisRules::namedRows)),
                            RedisNamedRowsRule::new)
                    .toRule(),
            RuleConfig.of("RedisScan", b -> b.operand(RedisLogicalScan.class).noInputs(), RedisScanRule::new)
                    .toRule());

    /** Calcite's rule for tables that are collections in memory, which ours aren't, though the plan of a small write may cost the same. */
    private static final RelOptRule MODIFY_COLLECTION = EnumerableTableModifyRule.DEFAULT_CONFIG
            .withConversion(
                    TableModify.class,
                    modify -> !RedisModifyRule.isOurs(modify),
                    Convention.NONE,
                    EnumerableConvention.INSTANCE,
                    "ModifyCollection")
            .toRule(EnumerableTableModifyRule.class);

    private RedisRules() {}

    private static RelOptRule lookupJoin(String name, RelRule.OperandTransform right) {
        return RuleConfig.of(
                        "RedisLookupJoin" + name,
                        b -> b.operand(LogicalJoin.class)
                                .predicate(RedisRules::hasPartners)
                                .inputs(left -> left.operand(RelNode.class).anyInputs(), right),
                        RedisLookupJoinRule::new)
                .toRule();
    }

    private static RelOptRule distinctPartners(String name, RelRule.OperandTransform right) {
        return RuleConfig.of(
                        "RedisDistinctPartners" + name,
                        b -> b.operand(LogicalJoin.class)
                                .predicate(join -> !join.getJoinType().projectsRight())
                                .inputs(left -> left.operand(RelNode.class).anyInputs(), right),
                        RedisDistinctPartnersRule::new)
                .toRule();
    }

    /** The rows of another node, each once. */
    private static RelRule.Done distinct(RelRule.OperandBuilder aggregate) {
        return aggregate
                .operand(LogicalAggregate.class)
                .predicate(a -> a.getAggCallList().isEmpty()
                        && !a.getGroupSet().isEmpty()
                        && a.getGroupType() == Aggregate.Group.SIMPLE)
                .anyInputs();
    }

    /** A scan whose rows are those of the table. */
    private static RelRule.Done plainScan(RelRule.OperandBuilder scan) {
        return scan.operand(RedisLogicalScan.class)
                .predicate(s -> s.query().aggregate().isEmpty())
                .noInputs();
    }

    /** A scan of collections that gives all rows that are wanted, whichever way. */
    private static RelRule.Done wholeScan(RelRule.OperandBuilder scan) {
        return scan.operand(RedisLogicalScan.class)
                .predicate(s -> s.query().isOfCollections() && !s.query().isLimited())
                .noInputs();
    }

    /** A scan that gives all rows that it finds. */
    private static RelRule.Done allRows(RelRule.OperandBuilder scan) {
        return scan.operand(RedisLogicalScan.class)
                .predicate(s -> !s.query().isLimited())
                .noInputs();
    }

    /** A scan whose keys come from SCAN, all of them. */
    private static RelRule.Done unlimitedScan(RelRule.OperandBuilder scan) {
        return scan.operand(RedisLogicalScan.class)
                .predicate(s -> s.query().isScanned() && !s.query().isLimited())
                .noInputs();
    }

    /** A scan of all rows that an index may stand in for. */
    private static RelRule.Done indexedScan(RelRule.OperandBuilder scan) {
        return scan.operand(RedisLogicalScan.class)
                .predicate(s -> s.query().isScanned() && !s.query().isLimited() && !s.isStandby())
                .noInputs();
    }

    private static RelRule.Done namedRows(RelRule.OperandBuilder scan) {
        return scan.operand(RedisScan.class)
                .predicate(RedisNamedRowsRule::namesRows)
                .noInputs();
    }

    private static boolean hasPartners(LogicalJoin join) {
        return switch (join.getJoinType()) {
            case INNER, LEFT, SEMI, ANTI -> true;
            default -> false;
        };
    }

    /** Adds all of them to {@code planner}, whose own way to write is for other tables then; adding them again does nothing. */
    public static void register(RelOptPlanner planner) {
        if (planner.removeRule(EnumerableRules.ENUMERABLE_TABLE_MODIFICATION_RULE)) {
            planner.addRule(MODIFY_COLLECTION);
        }
        ALL.forEach(planner::addRule);
    }
}
