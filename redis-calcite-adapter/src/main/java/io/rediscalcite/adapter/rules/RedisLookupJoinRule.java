package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexRead;
import io.rediscalcite.adapter.query.Interval;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowFilter;
import io.rediscalcite.adapter.rel.QueryRunner;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import io.rediscalcite.adapter.rel.RedisLookupJoin;
import io.rediscalcite.adapter.rel.RedisLookupJoin.Lookup;
import io.rediscalcite.adapter.search.IndexChoice;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableConvention;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Joins by fetching just the keys that the left rows name, where the right side is a Redis table, under a filter or a projection or
 * both, and equalities give its keys: {@code _key}, or all key parts that aren't known yet; or columns by whose values a search index finds
 * them. Where the keys are known, as of a single set, its members are looked up so.
 *
 * <p>Whatever else the condition says is checked for each pair of rows, before it decides whether a row has a partner.
 */
final class RedisLookupJoinRule extends RelRule<RuleConfig> {
    /** An equality of a left column with a right one, which is {@code column} of the table; the condition's conjunct says it. */
    private record Pair(RexNode conjunct, int left, int right, String leftName, Column column) {}

    /** The right side's parts, from the top. */
    private record RightSide(@Nullable LogicalProject project, @Nullable LogicalFilter filter, RedisLogicalScan scan) {
        static RightSide of(List<RelNode> rels) {
            LogicalProject project = null;
            LogicalFilter filter = null;
            for (RelNode rel : rels) {
                if (rel instanceof LogicalProject found) {
                    project = found;
                } else if (rel instanceof LogicalFilter found) {
                    filter = found;
                }
            }
            return new RightSide(project, filter, (RedisLogicalScan) rels.get(rels.size() - 1));
        }

        /** The table's column that a column of the right side is, or is a cast of that loses nothing. */
        Optional<Column> column(int position) {
            RexNode node = project == null ? null : project.getProjects().get(position);
            while (node instanceof RexCall cast && cast.getKind() == SqlKind.CAST && Operands.losesNothing(cast)) {
                node = cast.getOperands().get(0);
            }
            if (project != null && !(node instanceof RexInputRef)) {
                return Optional.empty();
            }
            int column = node instanceof RexInputRef ref ? ref.getIndex() : position;
            return Optional.of(scan.query().outputColumns().get(column));
        }

        /** What the filter demands of a row. */
        Condition condition() {
            return filter == null
                    ? new Condition.Anything()
                    : new ConditionReader(scan.query().outputColumns()).read(filter.getCondition());
        }

        RelNode with(RedisQuery query, RelBuilder builder) {
            builder.push(scan.with(query));
            if (filter != null) {
                builder.filter(filter.getCondition());
            }
            if (project != null) {
                builder.project(project.getProjects(), project.getRowType().getFieldNames(), true);
            }
            return builder.build();
        }
    }

    /** What to ask for, the pairs that name it, and about how many keys one left row's values have. */
    private record Found(RedisQuery query, List<Pair> pairs, double keysPerValue) {
        Found(RedisQuery query, List<Pair> pairs) {
            this(query, pairs, 1);
        }
    }

    RedisLookupJoinRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalJoin join = call.rel(0);
        List<RelNode> rels = call.getRelList();
        RightSide right = RightSide.of(rels.subList(2, rels.size()));
        RedisQuery query = right.scan().query();
        if (query.isLimited() || query.index().isPresent()) {
            return;
        }
        List<Pair> pairs = pairs(join, right);
        Optional<Found> found =
                query.isScanned() ? keys(query, pairs).or(() -> indexed(right, pairs)) : members(query, pairs);
        if (found.isPresent()) {
            RelNode looked = right.with(found.get().query(), call.builder());
            call.transformTo(lookupJoin(
                    join, looked, found.get(), right.scan().getTable().getRowCount()));
        }
    }

    private static List<Pair> pairs(LogicalJoin join, RightSide right) {
        List<Pair> pairs = new ArrayList<>();
        int width = join.getLeft().getRowType().getFieldCount();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            if (conjunct.getKind() == SqlKind.EQUALS
                    && conjunct instanceof RexCall call
                    && call.getOperands().get(0) instanceof RexInputRef one
                    && call.getOperands().get(1) instanceof RexInputRef other
                    && (one.getIndex() < width) != (other.getIndex() < width)) {
                int left = Math.min(one.getIndex(), other.getIndex());
                int position = Math.max(one.getIndex(), other.getIndex()) - width;
                String name = join.getLeft().getRowType().getFieldNames().get(left);
                RelDataType type =
                        join.getLeft().getRowType().getFieldList().get(left).getType();
                right.column(position)
                        .filter(column -> PredicateSplitter.comparable(column.type(), type.getSqlTypeName()))
                        .ifPresent(column -> pairs.add(new Pair(conjunct, left, position, name, column)));
            }
        }
        return pairs;
    }

    /** The keys by their name, or by those parts of it that the query doesn't know. */
    private static Optional<Found> keys(RedisQuery query, List<Pair> pairs) {
        KeyFilter keys = query.keys();
        List<Pair> used = new ArrayList<>();
        for (Pair pair : pairs) {
            if (pair.column().source() instanceof ColumnSource.Key) {
                RedisQuery named = query.withKeys(query.keys().withKey(List.of(lookup(0, pair))));
                return Optional.of(new Found(named, List.of(pair)));
            }
            if (pair.column().source() instanceof ColumnSource.KeyPart part
                    && pair.column().format() == null
                    && !keys.parts().containsKey(part.part())) {
                keys = keys.withPart(part.part(), List.of(lookup(used.size(), pair)));
                used.add(pair);
            }
        }
        RedisQuery named = query.withKeys(keys);
        return named.namedKeyCount().isPresent() ? Optional.of(new Found(named, used)) : Optional.empty();
    }

    /** The keys that a search index finds by the values of all pairs that it understands. */
    private static Optional<Found> indexed(RightSide right, List<Pair> pairs) {
        RedisLogicalScan scan = right.scan();
        QueryRunner runner = scan.getTable().unwrapOrThrow(QueryRunner.class);
        TableIndexes indexes = runner.indexes();
        Condition filter = right.condition();
        Found best = null;
        for (IndexDefinition index : indexes.usable()) {
            List<Condition> conditions =
                    new ArrayList<>(filter instanceof Condition.And and ? and.conditions() : List.of(filter));
            double share = IndexChoice.share(index, filter);
            List<Pair> used = new ArrayList<>();
            for (Pair pair : pairs) {
                Condition equality = new Condition.OneOf(pair.column(), List.of(lookup(used.size(), pair)));
                if (IndexChoice.understands(index, equality)) {
                    used.add(pair);
                    conditions.add(equality);
                    share /= runner.distinctValues(index.name(), pair.column());
                }
            }
            double keysPerValue = Math.max(1e-3, scan.getTable().getRowCount() * share);
            boolean fewer = best == null || keysPerValue < best.keysPerValue();
            Optional<IndexRead> read = used.isEmpty() || !fewer
                    ? Optional.empty()
                    : IndexChoice.best(
                            List.of(index), new Condition.And(conditions), Optional.empty(), indexes.soundValues());
            if (read.isPresent()) {
                RedisQuery query = scan.query().withIndex(read.get().withShare(share));
                best = new Found(query, used, keysPerValue);
            }
        }
        return Optional.ofNullable(best);
    }

    /** Members of sets and sorted sets whose keys are known. */
    private static Optional<Found> members(RedisQuery query, List<Pair> pairs) {
        if (query.order().isPresent() || query.rows().has(Builtin.MEMBER)) {
            return Optional.empty();
        }
        return pairs.stream()
                .filter(pair -> pair.column().source() == Builtin.MEMBER)
                .findFirst()
                .map(pair -> {
                    List<Interval> points = List.of(Interval.at(lookup(0, pair)));
                    RowFilter rows = query.rows().and(new RowFilter.Condition(Builtin.MEMBER, points));
                    return new Found(query.withRows(rows), List.of(pair));
                });
    }

    private static Operand.Lookup lookup(int position, Pair pair) {
        return new Operand.Lookup(position, pair.leftName());
    }

    private static RelNode lookupJoin(LogicalJoin join, RelNode right, Found found, double keys) {
        List<RexNode> rest = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
        found.pairs().forEach(pair -> rest.remove(pair.conjunct()));
        Lookup lookup = new Lookup(
                found.query(),
                found.pairs().stream().map(Pair::left).toList(),
                found.pairs().stream().map(Pair::right).toList(),
                keys,
                found.keysPerValue());
        return new RedisLookupJoin(
                join.getCluster(),
                convert(join.getLeft(), join.getLeft().getTraitSet().replace(EnumerableConvention.INSTANCE)),
                convert(right, right.getTraitSet().replace(EnumerableConvention.INSTANCE)),
                join.getCondition(),
                join.getJoinType(),
                lookup,
                RexUtil.composeConjunction(join.getCluster().getRexBuilder(), rest));
    }
}
