package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.KeyAggregate;
import io.rediscalcite.adapter.query.RedisQuery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code FLOOR(_ts TO HOUR)}, {@code date_trunc('hour', _ts)} and {@code date_bin(INTERVAL '15' MINUTE, _ts, TIMESTAMP '…')} of a
 * time series. Units without a fixed length, and weeks, which don't begin where the buckets do, aren't understood.
 */
final class TimeBuckets {
    private static final Map<String, Long> MILLIS = Map.of(
            "second", TimeUnit.SECONDS.toMillis(1),
            "minute", TimeUnit.MINUTES.toMillis(1),
            "hour", TimeUnit.HOURS.toMillis(1),
            "day", TimeUnit.DAYS.toMillis(1));

    private TimeBuckets() {}

    static Optional<KeyAggregate.Bucket> of(RexNode node, RedisQuery query) {
        if (query.table().type() != TableType.TIMESERIES || !(node instanceof RexCall call)) {
            return Optional.empty();
        }
        if (call.getOperator().getName().equals("DATE_BIN")) {
            return bin(call, query);
        }
        if (call.getOperands().size() != 2) {
            return Optional.empty();
        }
        if (call.getKind() == SqlKind.FLOOR && call.getOperands().get(1) instanceof RexLiteral unit) {
            TimeUnitRange range = unit.getValueAs(TimeUnitRange.class);
            return range == null ? Optional.empty() : bucket(call.getOperands().get(0), range.name(), query);
        }
        boolean truncates = call.getOperator().getName().equals("DATE_TRUNC");
        if (truncates && call.getOperands().get(0) instanceof RexLiteral unit) {
            String name = unit.getValueAs(String.class);
            return name == null ? Optional.empty() : bucket(call.getOperands().get(1), name, query);
        }
        return Optional.empty();
    }

    /** Where the server's buckets begin, from 1970, do those of the origin begin too. */
    private static Optional<KeyAggregate.Bucket> bin(RexCall call, RedisQuery query) {
        List<RexNode> operands = call.getOperands();
        BigDecimal stride = operands.get(0) instanceof RexLiteral literal ? literal.getValueAs(BigDecimal.class) : null;
        TimestampString origin =
                operands.get(2) instanceof RexLiteral literal ? literal.getValueAs(TimestampString.class) : null;
        if (stride == null || stride.signum() <= 0 || origin == null) {
            return Optional.empty();
        }
        long millis = stride.longValueExact();
        return origin.getMillisSinceEpoch() % millis == 0 ? bucket(operands.get(1), millis, query) : Optional.empty();
    }

    private static Optional<KeyAggregate.Bucket> bucket(RexNode time, String unit, RedisQuery query) {
        return bucket(time, MILLIS.get(unit.toLowerCase(Locale.ROOT)), query);
    }

    private static Optional<KeyAggregate.Bucket> bucket(RexNode time, @Nullable Long millis, RedisQuery query) {
        boolean ofTime = time instanceof RexInputRef ref
                && query.outputColumns().get(ref.getIndex()).source() == Builtin.TIMESTAMP;
        return millis != null && ofTime
                ? Optional.of(new KeyAggregate.Bucket(query.columns().get(((RexInputRef) time).getIndex()), millis))
                : Optional.empty();
    }
}
