package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.rel.RedisLogicalScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Lets Redis count a key's rows, tell the ends of what it keeps sorted, and aggregate samples by time: each key, or bucket of
 * time, is one row then, and the aggregate above adds up those of one group.
 *
 * <p>Sums, averages, and first and last values go there only where each group is of one key: added in another order, doubles may give
 * other digits, and what is first of two keys one can't tell without its time.
 * Where groups need more than what belongs to the key and a bucket of time, nothing goes.
 */
final class RedisKeyAggregateRule extends RelRule<RuleConfig> {
    RedisKeyAggregateRule(RuleConfig config) {
        super(config);
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        LogicalAggregate aggregate = call.rel(0);
        AggregateInput input = AggregateInput.of(call);
        if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            new Attempt(input.scan(), aggregate, input.fields())
                    .rewritten(call.builder())
                    .ifPresent(call::transformTo);
        }
    }

    /** One try to rewrite one aggregate. */
    private static final class Attempt {
        private final RedisLogicalScan scan;
        private final RedisQuery query;
        private final LogicalAggregate aggregate;
        private final List<RexNode> fields;
        /** Positions in the table of the columns that belong to the key. */
        private final List<Integer> keyColumns = new ArrayList<>();

        private final List<KeyAggregate.Measure> measures = new ArrayList<>();
        private Optional<KeyAggregate.Bucket> bucket = Optional.empty();

        Attempt(RedisLogicalScan scan, LogicalAggregate aggregate, List<RexNode> fields) {
            this.scan = scan;
            this.query = scan.query();
            this.aggregate = aggregate;
            this.fields = fields;
        }

        Optional<RelNode> rewritten(RelBuilder builder) {
            for (int field : aggregate.getGroupSet()) {
                if (!addGroup(fields.get(field))) {
                    return Optional.empty();
                }
            }
            for (AggregateCall aggregateCall : aggregate.getAggCallList()) {
                Optional<KeyAggregate.Measure> measure = measure(aggregateCall);
                if (measure.isEmpty()) {
                    return Optional.empty();
                }
                if (!measures.contains(measure.get())) {
                    measures.add(measure.get());
                }
            }
            if (query.table().type() == TableType.STREAM
                    && query.rows().isAll()
                    && !measures.contains(KeyAggregate.Measure.COUNT)) {
                // An entry's time may be NULL, and its stream a group all the same.
                measures.add(KeyAggregate.Measure.COUNT);
            }
            List<Integer> positions =
                    keyColumns.stream().map(query.columns()::indexOf).toList();
            RedisQuery ofKeys = query.project(positions);
            if (measures.isEmpty() || !ofKeys.canAggregate(measures, bucket.isPresent())) {
                return Optional.empty();
            }
            return Optional.of(build(builder, ofKeys.withAggregate(new KeyAggregate(bucket, measures))));
        }

        private boolean addGroup(RexNode field) {
            if (!(field instanceof RexInputRef ref)) {
                Optional<KeyAggregate.Bucket> found = TimeBuckets.of(field, query);
                boolean fits = found.isPresent() && (bucket.isEmpty() || bucket.equals(found));
                bucket = fits ? found : bucket;
                return fits;
            }
            Column column = query.outputColumns().get(ref.getIndex());
            boolean ofKey = column.source().isOfName() || column.source() instanceof ColumnSource.Label;
            int position = query.columns().get(ref.getIndex());
            if (ofKey && !keyColumns.contains(position)) {
                keyColumns.add(position);
            }
            return ofKey;
        }

        private Optional<KeyAggregate.Measure> measure(AggregateCall call) {
            boolean plain = !call.isDistinct()
                    && !call.isApproximate()
                    && call.filterArg < 0
                    && call.rexList.isEmpty()
                    && call.getCollation().getFieldCollations().isEmpty();
            if (!plain) {
                return Optional.empty();
            }
            SqlKind kind = call.getAggregation().getKind();
            if (kind == SqlKind.COUNT) {
                boolean everyRow = call.getArgList().stream()
                        .noneMatch(field -> fields.get(field).getType().isNullable());
                return everyRow ? Optional.of(KeyAggregate.Measure.COUNT) : Optional.empty();
            }
            boolean byTime = kind == SqlKind.ARG_MIN || kind == SqlKind.ARG_MAX;
            if (call.getArgList().size() != (byTime ? 2 : 1)
                    || !(fields.get(call.getArgList().get(0)) instanceof RexInputRef ref)) {
                return Optional.empty();
            }
            ColumnSource source = query.outputColumns().get(ref.getIndex()).source();
            boolean value = source == Builtin.VALUE;
            boolean known =
                    switch (kind) {
                        case MIN, MAX -> value || source == Builtin.SCORE || source == Builtin.TIMESTAMP;
                        case SUM, SUM0, AVG -> value && groupsAreOfOneKey();
                        case ARG_MIN, ARG_MAX ->
                            value && isTime(call.getArgList().get(1)) && groupsAreOfOneKey();
                        default -> false;
                    };
            return known
                    ? Optional.of(new KeyAggregate.Measure(
                            function(kind), query.columns().get(ref.getIndex())))
                    : Optional.empty();
        }

        private boolean isTime(int field) {
            return fields.get(field) instanceof RexInputRef ref
                    && query.outputColumns().get(ref.getIndex()).source() == Builtin.TIMESTAMP;
        }

        private static KeyAggregate.Function function(SqlKind kind) {
            return switch (kind) {
                case ARG_MIN -> KeyAggregate.Function.FIRST;
                case ARG_MAX -> KeyAggregate.Function.LAST;
                case MIN -> KeyAggregate.Function.MIN;
                case MAX -> KeyAggregate.Function.MAX;
                case AVG -> KeyAggregate.Function.AVG;
                default -> KeyAggregate.Function.SUM;
            };
        }

        private boolean groupsAreOfOneKey() {
            return query.isOfOneKey() || query.identifiesKey(keyColumns);
        }

        private RelNode build(RelBuilder builder, RedisQuery aggregated) {
            builder.push(scan.with(aggregated));
            RexBuilder rex = scan.getCluster().getRexBuilder();
            List<RelDataType> types = aggregate.getRowType().getFieldList().stream()
                    .map(field -> field.getType())
                    .toList();
            List<RexNode> projects = new ArrayList<>();
            for (int field : aggregate.getGroupSet()) {
                RexNode group = builder.field(groupPosition(fields.get(field)));
                projects.add(rex.ensureType(types.get(projects.size()), group, true));
            }
            int groups = projects.size();
            List<SqlAggFunction> totals = new ArrayList<>();
            for (AggregateCall call : aggregate.getAggCallList()) {
                int at = keyColumns.size()
                        + (bucket.isPresent() ? 1 : 0)
                        + measures.indexOf(measure(call).orElseThrow());
                RexNode value = builder.field(at);
                boolean count = call.getAggregation().getKind() == SqlKind.COUNT;
                projects.add(count ? rex.makeCast(sumOfCounts(value.getType()), value) : value);
                totals.add(total(call));
            }
            builder.project(projects, List.of(), true);
            List<RelBuilder.AggCall> calls = new ArrayList<>();
            for (int i = 0; i < totals.size(); i++) {
                calls.add(builder.aggregateCall(totals.get(i), builder.field(groups + i))
                        .as("total" + i));
            }
            return builder.aggregate(builder.groupKey(ImmutableBitSet.range(groups)), calls)
                    .convert(aggregate.getRowType(), false)
                    .build();
        }

        private RelDataType sumOfCounts(RelDataType count) {
            RelDataTypeFactory types = scan.getCluster().getTypeFactory();
            return types.getTypeSystem().deriveSumType(types, count);
        }

        private int groupPosition(RexNode field) {
            return field instanceof RexInputRef ref
                    ? keyColumns.indexOf(query.columns().get(ref.getIndex()))
                    : keyColumns.size();
        }

        /** What makes a group's value of those of its keys or buckets; where sums are computed there, there is one. */
        private static SqlAggFunction total(AggregateCall call) {
            return switch (call.getAggregation().getKind()) {
                case COUNT, SUM0 -> SqlStdOperatorTable.SUM0;
                case MIN -> SqlStdOperatorTable.MIN;
                default -> SqlStdOperatorTable.MAX;
            };
        }
    }
}
