package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.SendCounter;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.query.LookupBatch;
import io.rediscalcite.adapter.query.Operand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.calcite.DataContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running scan's surroundings: the values of its operands, whether its statement was cancelled, and when its time is up.
 */
public final class Execution implements SendCounter {
    /** The variable of a run's context that says how many keys its pipelines may have: an Integer; 0 or none to leave it open. */
    public static final String FETCH_SIZE = "$fetchSize";

    private static final Logger LOG = LoggerFactory.getLogger(Execution.class);

    private final DataContext context;
    private final Map<String, Object> correlated;
    private final @Nullable AtomicBoolean cancelled;
    private final long timeoutMillis;
    private final @Nullable Warnings warnings;
    private final @Nullable RunCounts counts;
    private final int fetchSize;
    private final long startNanos = System.nanoTime();

    /** @param correlated values of the correlated operands, by their text */
    public Execution(DataContext context, Map<String, Object> correlated) {
        this.context = context;
        this.correlated = correlated;
        this.cancelled = DataContext.Variable.CANCEL_FLAG.get(context);
        this.warnings = context.get(Warnings.CONTEXT_NAME) instanceof Warnings wanted ? wanted : null;
        this.counts = context.get(RunCounts.CONTEXT_NAME) instanceof RunCounts wanted ? wanted : null;
        this.fetchSize = context.get(FETCH_SIZE) instanceof Integer wanted ? wanted : 0;
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

    /** The tuples of values that a lookup join asks for; none outside of one. */
    List<Object[]> lookups() {
        return lookupBatch().map(LookupBatch::tuples).orElse(List.of());
    }

    /** What a lookup join asks for; empty outside of one. */
    Optional<LookupBatch> lookupBatch() {
        return context.get(Operand.Lookup.CONTEXT_NAME) instanceof LookupBatch batch
                ? Optional.of(batch)
                : Optional.empty();
    }

    /** The operand's values that aren't NULL, each once: one at most, or many if a lookup join gives them. */
    List<Object> values(Operand operand) {
        if (operand instanceof Operand.Lookup lookup) {
            Set<Object> values = new LinkedHashSet<>();
            for (Object[] tuple : lookups()) {
                values.add(tuple[lookup.position()]);
            }
            return List.copyOf(values);
        }
        Object value = value(operand);
        return value == null ? List.of() : List.of(value);
    }

    /** The number of rows that a LIMIT or OFFSET says, or {@code otherwise} where there is none or it is NULL. */
    long rows(Optional<Operand> operand, long otherwise) {
        if (operand.isEmpty()) {
            return otherwise;
        }
        Object rows = value(operand.get());
        if (rows == null) {
            return otherwise;
        }
        if (!(rows instanceof Number number) || number.longValue() < 0) {
            throw new RedisSqlException(
                    SqlState.INVALID_STATEMENT, "LIMIT and OFFSET take a number of rows that isn't negative");
        }
        return number.longValue();
    }

    /**
     * True if the reply refuses the command for want of permission; then the statement has a warning of it.
     *
     * @param command the command's name, for the warning
     */
    public boolean isRefused(Replies.Cursor reply, String command) {
        if (!reply.isError() || !reply.text().startsWith("NOPERM")) {
            return false;
        }
        warn(String.valueOf(reply.error(command).getMessage()));
        return true;
    }

    /** Leaves a warning on the statement, once for each message. */
    public void warn(String message) {
        LOG.debug("warning: {}", message);
        if (warnings != null) {
            warnings.add(message);
        }
    }

    /** Counts a value that was read as NULL, for a warning on the statement; {@code what} says which and why. */
    void readAsNull(Supplier<String> what) {
        if (warnings != null) {
            warnings.badValue(what);
        }
    }

    /** Keys of a pipeline at most: what the statement wants, else {@code otherwise}. */
    int batchSize(int otherwise) {
        return fetchSize > 0 ? fetchSize : otherwise;
    }

    @Override
    public void sent(int sent) {
        if (counts != null) {
            counts.addCommands(sent);
        }
    }

    /** Counts keys as they are read or written. */
    public void keys(int number) {
        if (counts != null) {
            counts.addKeys(number);
        }
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
