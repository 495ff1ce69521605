package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Lookups of the keys that a statement names, made before its plans are weighed. {@link RedisFilterRule} makes the same ones, but
 * beside the scan of all keys, whose cost is their number, so that the server would be asked for that number before a single key
 * could be read.
 *
 * <p>A statement with a join is left alone: there a filter may do better elsewhere, and only numbers tell. So is a filter that names
 * many keys, which an index may beat by another condition.
 */
public final class KeyLookups extends RelHomogeneousShuttle {
    /** Keys that are read sooner than the server is asked for their number, or an index for fewer. */
    private static final int FEW_KEYS = 20;

    /** Parts of a condition that names few keys. To simplify a thousand alternatives takes minutes. */
    private static final int MOST_NODES = 100;

    private boolean joins;

    private KeyLookups() {}

    /** The statement with each filter that names all keys, if few, over a scan or some columns of it, as a lookup of these. */
    public static RelNode in(RelNode statement) {
        KeyLookups lookups = new KeyLookups();
        RelNode looked = statement.accept(lookups);
        return lookups.joins ? statement : looked;
    }

    @Override
    public RelNode visit(RelNode node) {
        joins |= node instanceof Join || node instanceof Correlate;
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                joins = true;
                return subQuery;
            }
        });
        if (joins) {
            return node;
        }
        Optional<RelNode> lookup = node instanceof LogicalFilter filter ? lookup(filter) : Optional.empty();
        return lookup.orElseGet(() -> super.visit(node));
    }

    private static Optional<RelNode> lookup(LogicalFilter filter) {
        if (filter.getCondition().nodeCount() > MOST_NODES) {
            return Optional.empty();
        }
        return scanned(filter.getInput()).flatMap(scan -> {
            RelOptCluster cluster = filter.getCluster();
            RexBuilder rexBuilder = cluster.getRexBuilder();
            PredicateSplitter.Split split =
                    PredicateSplitter.split(simplified(filter.getCondition(), cluster), scan.query(), rexBuilder);
            RedisQuery named = scan.query().withKeys(split.keys()).withRows(split.rows());
            if (named.namedKeyCount().filter(count -> count <= FEW_KEYS).isEmpty()) {
                return Optional.empty();
            }
            RelNode lookup = scan.with(named);
            return Optional.of(
                    split.remaining().isEmpty()
                            ? lookup
                            : LogicalFilter.create(lookup, RexUtil.composeConjunction(rexBuilder, split.remaining())));
        });
    }

    /** The scan of all keys that a filter stands on, with the columns that it sees; empty if it stands on anything else. */
    private static Optional<RedisLogicalScan> scanned(RelNode input) {
        if (input instanceof RedisLogicalScan scan
                && scan.query().isScanned()
                && !scan.query().isLimited()) {
            return Optional.of(scan);
        }
        if (!(input instanceof LogicalProject project)) {
            return Optional.empty();
        }
        List<Integer> columns = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            if (!(expression instanceof RexInputRef column)) {
                return Optional.empty();
            }
            columns.add(column.getIndex());
        }
        return scanned(project.getInput()).map(scan -> scan.with(scan.query().project(columns)));
    }

    /** Without it, the first of two conditions on a key would name keys that the other excludes. */
    private static RexNode simplified(RexNode condition, RelOptCluster cluster) {
        RexExecutor own = cluster.getPlanner().getExecutor();
        RexExecutor executor = own == null ? RexUtil.EXECUTOR : own;
        return new RexSimplify(cluster.getRexBuilder(), RelOptPredicateList.EMPTY, executor)
                .simplifyUnknownAsFalse(condition);
    }
}
