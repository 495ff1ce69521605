package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.query.WriteQuery;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.write.AtomicScript.Existing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the rows of one write into commands, for one type of table. */
abstract class TypeWriter {
    final WriteQuery query;
    final WriteColumns columns;
    private final List<Integer> unwritable = new ArrayList<>();
    private final @Nullable NewKeys newKeys;
    private final int keyColumn;
    private final int ttlColumn;

    TypeWriter(WriteQuery query, WriteColumns columns) {
        this.query = query;
        this.columns = columns;
        this.newKeys = query.operation() == WriteQuery.Operation.INSERT ? new NewKeys(columns) : null;
        this.keyColumn = columns.identityOf(new ColumnSource.Key());
        this.ttlColumn = columns.valueOf(Builtin.TTL);
        for (int at = columns.firstValue(); at < columns.width(); at++) {
            if (isServers(columns.column(at))) {
                unwritable.add(at);
            }
        }
    }

    static TypeWriter of(WriteQuery query, WriteColumns columns) {
        return switch (query.table().type()) {
            case HASH -> new HashWriter(query, columns);
            case JSON -> new JsonWriter(query, columns);
            case STRING -> new StringWriter(query, columns);
            case SET, ZSET -> new MemberWriter(query, columns);
            case LIST -> new ListWriter(query, columns);
            case STREAM -> new StreamWriter(query, columns);
            case TIMESERIES -> new SampleWriter(query, columns);
            case KEY -> throw new IllegalStateException("a table of keys isn't written");
        };
    }

    /** Columns whose values the server makes, beside those that a writer makes sense of. */
    boolean isServers(Column column) {
        return column.source() == Builtin.POSITION
                || column.source() == Builtin.RANK
                || column.source() == Builtin.SLOT
                || column.source() == Builtin.NODE
                || column.source() == Builtin.MEMORY
                || column.source() == Builtin.IDLE
                || column.source() == Builtin.TYPE
                || column.source() == Builtin.ENCODING;
    }

    /**
     * The row with its key found.
     *
     * @throws io.rediscalcite.adapter.error.RedisSqlException BAD_VALUE if it has none
     */
    final WriteRow row(@Nullable Object[] given, int entry, long number) {
        if (newKeys == null) {
            return WriteRow.of(columns, String.valueOf(given[keyColumn]), given, entry, number);
        }
        @Nullable Object[] cells = newKeys.completed(given);
        return WriteRow.of(columns, newKeys.name(cells), cells, entry, number);
    }

    /**
     * The command for a row.
     *
     * @throws io.rediscalcite.adapter.error.RedisSqlException BAD_VALUE if it can't be written as it is
     */
    final Unit unit(WriteRow row) {
        for (int at : unwritable) {
            if (!row.isNull(at)) {
                throw WriteColumns.bad("column '" + columns.column(at).name() + "' of table '"
                        + query.table().name() + "' can't be written: Redis makes it; leave it out");
            }
        }
        return switch (query.operation()) {
            case INSERT -> insert(row);
            case UPDATE -> update(row);
            case DELETE ->
                switch (query.found()) {
                    case READ -> delete(row);
                    case NAMED ->
                        Unit.of(row, null, script(row, Existing.OF_TYPE).step("UNLINK"));
                    case WHOLE_KEYS ->
                        Unit.counted(row, script(row, Existing.OF_TYPE).step(drop()));
                };
        };
    }

    /** Removes a key and tells how many rows it had. */
    private Object[] drop() {
        return switch (query.table().type()) {
            case SET -> new Object[] {"!DROP", "SCARD"};
            case LIST -> new Object[] {"!DROP", "LLEN"};
            case ZSET -> new Object[] {"!DROP", "ZCARD"};
            case STREAM -> new Object[] {"!DROP", "XLEN"};
            case TIMESERIES -> new Object[] {"!DROP"};
            case HASH, JSON, STRING, KEY -> throw new IllegalStateException("a row is a key");
        };
    }

    /** What a key must be for its row to be changed. */
    final Existing changed() {
        return query.found() == WriteQuery.Found.NAMED ? Existing.OF_TYPE : Existing.REQUIRED;
    }

    abstract Unit insert(WriteRow row);

    abstract Unit update(WriteRow row);

    abstract Unit delete(WriteRow row);

    final OnConflict mode() {
        return query.onConflict();
    }

    final AtomicScript script(WriteRow row, Existing existing) {
        return new AtomicScript(row.key(), query.table().type().redisType().orElseThrow(), existing);
    }

    /** For tables with one row a key. */
    final Existing existing() {
        return switch (mode()) {
            case ERROR, SKIP -> Existing.CONFLICT;
            case REPLACE -> Existing.REPLACE;
            case MERGE -> Existing.KEEP;
        };
    }

    /** Adds what an UPDATE says of the expiry: nothing, never, or when. */
    final AtomicScript withAssignedTtl(AtomicScript script, WriteRow row) {
        Long ttl = row.ttl();
        return ttlColumn >= 0 && ttl == null ? script.persist() : script.expire(ttl);
    }

    /** Where the columns that come from fields stand among the new values, with the fields' names. */
    final List<FieldColumn> fieldColumns() {
        List<FieldColumn> found = new ArrayList<>();
        for (int at = columns.firstValue(); at < columns.width(); at++) {
            if (columns.column(at).source() instanceof ColumnSource.Field field) {
                found.add(new FieldColumn(at, Text.encode(field.field())));
            }
        }
        return found;
    }

    /** A column that is a field of a hash or of a stream's entry. */
    record FieldColumn(int at, byte[] field) {}
}
