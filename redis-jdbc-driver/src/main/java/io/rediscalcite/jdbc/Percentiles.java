package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;

/** Makes {@code PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x)}, for which Calcite has no code, an aggregate of 0.5 and x. */
final class Percentiles {
    private Percentiles() {}

    static RelNode computable(Aggregate aggregate) {
        List<AggregateCall> calls =
                aggregate.getAggCallList().stream().map(Percentiles::computable).toList();
        return calls.equals(aggregate.getAggCallList())
                ? aggregate
                : aggregate.copy(
                        aggregate.getTraitSet(),
                        aggregate.getInput(),
                        aggregate.getGroupSet(),
                        aggregate.getGroupSets(),
                        calls);
    }

    private static AggregateCall computable(AggregateCall call) {
        boolean continuous = call.getAggregation().getKind() == SqlKind.PERCENTILE_CONT;
        if (!continuous && call.getAggregation().getKind() != SqlKind.PERCENTILE_DISC) {
            return call;
        }
        RelFieldCollation value = call.getCollation().getFieldCollations().get(0);
        if (value.getDirection().isDescending()) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    call.getAggregation().getName()
                            + " orders its values ascending only; write ORDER BY without DESC, and 1 minus the share");
        }
        return AggregateCall.create(
                call.getParserPosition(),
                continuous ? PostgresOperators.CONTINUOUS : PostgresOperators.DISCRETE,
                call.isDistinct(),
                call.isApproximate(),
                call.ignoreNulls(),
                call.rexList,
                List.of(call.getArgList().get(0), value.getFieldIndex()),
                call.filterArg,
                call.distinctKeys,
                RelCollations.EMPTY,
                call.getType(),
                call.getName());
    }
}
