package io.rediscalcite.adapter;

import com.google.common.collect.ImmutableMultimap;
import com.google.common.collect.Multimap;
import io.rediscalcite.adapter.client.CheckedLock;
import io.rediscalcite.adapter.client.WaitCheck;
import io.rediscalcite.adapter.discovery.InferredColumn;
import io.rediscalcite.adapter.discovery.InferredTable;
import io.rediscalcite.adapter.model.DeclaredTable;
import io.rediscalcite.adapter.system.Discovered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.schema.Function;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.jspecify.annotations.Nullable;

/**
 * A schema of Redis tables: those that the model declares, those that are found if it asks for it, and {@code redis_columns},
 * which tells what each column's type was chosen by.
 *
 * <p>Nothing is read before the first look at a table; then once, until {@link #refresh()}, which is also the SQL function
 * {@code redis_refresh()}.
 */
public final class RedisSchema extends AbstractSchema implements Discovered {
    private final RedisDatabase database;
    private final List<DeclaredTable> declared;
    private final boolean discover;
    private final CheckedLock reading = new CheckedLock();
    private volatile @Nullable Content content;

    /** @param readAt by {@link System#nanoTime()}, before the keyspace was looked at */
    private record Content(List<InferredTable> inferred, Map<String, Table> tables, long readAt) {}

    public RedisSchema(RedisDatabase database, List<DeclaredTable> declared, boolean discover) {
        this.database = database;
        this.declared = List.copyOf(declared);
        this.discover = discover;
    }

    private Content content(WaitCheck check) {
        Content known = content;
        return known != null
                ? known
                : reading.alone(check, () -> {
                    Content read = content;
                    if (read == null) {
                        read = read(check);
                        content = read;
                    }
                    return read;
                });
    }

    private Content read(WaitCheck check) {
        long readAt = System.nanoTime();
        List<InferredTable> inferred =
                database.discovery().tables(declared, discover, Set.of(InferredColumnsTable.NAME), check);
        Map<String, Table> tables = new LinkedHashMap<>();
        for (InferredTable table : inferred) {
            tables.put(table.definition().name(), new RedisTable(database, table.definition()));
        }
        if (tables.keySet().stream().noneMatch(InferredColumnsTable.NAME::equalsIgnoreCase)) {
            tables.put(InferredColumnsTable.NAME, new InferredColumnsTable(this::inferredColumns));
        }
        return new Content(inferred, Map.copyOf(tables), readAt);
    }

    /** The Redis tables, in the order of their names where they were found, and what each column's type was chosen by. */
    public List<InferredTable> inferredTables() {
        return content(PlanningCheck.current()).inferred();
    }

    /** The columns of all Redis tables, as {@code redis_columns} has them. */
    public List<InferredColumn> inferredColumns() {
        return inferredTables().stream()
                .flatMap(table -> table.columns().stream())
                .toList();
    }

    /**
     * Looks for tables and columns anew. Statements that run keep the tables that they were planned with.
     *
     * @return how many Redis tables there are now
     */
    public int refresh() {
        return refresh(WaitCheck.NONE);
    }

    int refresh(WaitCheck check) {
        return reading.alone(check, () -> {
            Content read = read(check);
            content = read;
            return read.inferred().size();
        });
    }

    @Override
    public void discover(WaitCheck check) {
        content(check);
    }

    /**
     * Forgets tables that were looked for before {@code nanos}, by {@link System#nanoTime()}: the next look at a table reads
     * anew.
     *
     * @return whether there were any
     */
    public boolean expire(long nanos) {
        return reading.alone(WaitCheck.NONE, () -> {
            Content known = content;
            boolean old = known != null && known.readAt() - nanos < 0;
            content = old ? null : known;
            return old;
        });
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return content(PlanningCheck.current()).tables();
    }

    @Override
    protected Multimap<String, Function> getFunctionMultimap() {
        return ImmutableMultimap.of(RefreshFunction.NAME, RefreshFunction.INSTANCE);
    }
}
