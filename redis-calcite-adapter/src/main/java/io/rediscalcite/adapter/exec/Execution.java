package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.query.Operand;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;

/**
 * One running scan's surroundings: the values of its operands, whether its statement was cancelled, and when its time is up.
 */
final class Execution implements WaitCheck {
    private final DataContext context;
    private final Map<String, Object> correlated;
    private final @Nullable AtomicBoolean cancelled;
    private final long timeoutMillis;
    private final long startNanos = System.nanoTime();

    Execution(DataContext context, Map<String, Object> correlated) {
        this.context = context;
        this.correlated = correlated;
        this.cancelled = DataContext.Variable.CANCEL_FLAG.get(context);
        Long timeout = DataContext.Variable.TIMEOUT.get(context);
        this.timeoutMillis = timeout == null ? 0 : timeout;
    }

    /** The operand's value in Calcite's internal form; null for SQL's NULL. */
    @Nullable
    Object value(Operand operand) {
        if (operand instanceof Operand.Literal literal) {
            return literal.value();
        }
        if (operand instanceof Operand.Parameter parameter) {
            return context.get(parameter.name());
        }
        return correlated.get(operand.toString());
    }

    /** The operand's values that aren't NULL: one at most, or many if a lookup join gives them. */
    List<Object> values(Operand operand) {
        if (operand instanceof Operand.Lookup) {
            return context.get(Operand.Lookup.CONTEXT_NAME) instanceof List<?> keys ? List.copyOf(keys) : List.of();
        }
        Object value = value(operand);
        return value == null ? List.of() : List.of(value);
    }

    @Override
    public void check() {
        if (cancelled != null && cancelled.get()) {
            throw new RedisSqlException(SqlState.CANCELLED, "the statement was cancelled");
        }
        if (timeoutMillis > 0 && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos) >= timeoutMillis) {
            throw new RedisSqlException(
                    SqlState.TIMEOUT,
                    "the query took longer than its timeout of " + timeoutMillis
                            + " ms; raise it with Statement.setQueryTimeout, or narrow the query");
        }
    }
}
