package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to write to Redis: one immutable value, from the planner's rule to the writer.
 *
 * <p>The rows to be written have first the values that name a row, then those that it gets.
 *
 * @param identity positions in the table's columns that name a row that is there; empty for INSERT
 * @param values positions in the table's columns of the new values: all of them for INSERT, none for DELETE
 * @param onConflict what INSERT does with a row that is there already
 * @param found how UPDATE and DELETE know their rows
 */
public record WriteQuery(
        TableDefinition table,
        Operation operation,
        List<Integer> identity,
        List<Integer> values,
        OnConflict onConflict,
        Found found) {
    /** How the rows were found that are changed or removed. */
    public enum Found {
        /** They were there when they were read. */
        READ,
        /** The statement names their keys; whether they are there is seen when they are written. */
        NAMED,
        /** A row that was read stands for all rows of its key. */
        WHOLE_KEYS
    }

    /** The SQL statement. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }

    public WriteQuery {
        identity = List.copyOf(identity);
        values = List.copyOf(values);
    }

    /**
     * An INSERT of rows with all columns, in the table's order; a NULL is no value.
     *
     * @throws RedisSqlException FEATURE_NOT_SUPPORTED for a table of keys of any type
     */
    public static WriteQuery insert(TableDefinition table, OnConflict onConflict) {
        return new WriteQuery(
                checked(table),
                Operation.INSERT,
                List.of(),
                RedisQuery.all(table).columns(),
                onConflict,
                Found.READ);
    }

    /** A DELETE of rows that have the columns of {@link #identityOf}. */
    public static WriteQuery delete(TableDefinition table) {
        return new WriteQuery(
                checked(table), Operation.DELETE, identityOf(table), List.of(), OnConflict.ERROR, Found.READ);
    }

    /** A DELETE of all rows of each key, whose name is all that the rows have. */
    public static WriteQuery deleteKeys(TableDefinition table) {
        return new WriteQuery(
                checked(table), Operation.DELETE, List.of(keyOf(table)), List.of(), OnConflict.ERROR, Found.WHOLE_KEYS);
    }

    /** The position of a table's {@code _key}. */
    public static int keyOf(TableDefinition table) {
        return table.columns().stream().map(Column::name).toList().indexOf(Column.KEY);
    }

    /** This, of rows whose keys the statement names. */
    public WriteQuery ofNamedRows() {
        return new WriteQuery(table, operation, identity, values, onConflict, Found.NAMED);
    }

    /**
     * An UPDATE of rows that have the columns of {@link #identityOf}, and behind them the assigned ones.
     *
     * @throws RedisSqlException FEATURE_NOT_SUPPORTED for a column that can't be changed
     */
    public static WriteQuery update(TableDefinition table, List<String> assigned) {
        List<Integer> identity = new ArrayList<>(identityOf(checked(table)));
        List<Integer> values = new ArrayList<>();
        List<String> names = table.columns().stream().map(Column::name).toList();
        for (String name : assigned) {
            int position = names.indexOf(name);
            checkAssignable(table, table.columns().get(position));
            values.add(position);
        }
        return new WriteQuery(table, Operation.UPDATE, identity, values, OnConflict.ERROR, Found.READ);
    }

    private static TableDefinition checked(TableDefinition table) {
        if (table.type() == TableType.KEY) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "'" + table.name() + "' has keys of all types and can't be written; write to a table of one type");
        }
        return table;
    }

    /** The columns that name one row, and for a list the element too, by which is seen that it didn't move meanwhile. */
    private static List<Integer> identityOf(TableDefinition table) {
        List<String> names = table.primaryKey();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Column column = table.columns().get(i);
            if (names.contains(column.name()) || column.source() == Builtin.ELEMENT) {
                positions.add(i);
            }
        }
        return positions;
    }

    private static void checkAssignable(TableDefinition table, Column column) {
        ColumnSource source = column.source();
        boolean assignable = source == Builtin.TTL
                || source instanceof ColumnSource.JsonPath
                || source == Builtin.DOCUMENT
                || source == Builtin.VALUE
                || source == Builtin.MEMBER
                || source == Builtin.SCORE
                || source == Builtin.ELEMENT
                || (source instanceof ColumnSource.Field && table.type() == TableType.HASH);
        if (!assignable) {
            boolean key = source.isOfName();
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "column '" + column.name() + "' of table '" + table.name() + "' can't be updated: "
                            + (key
                                    ? "it is the key's name; insert the row under the new key and delete the old one"
                                    : "Redis keeps " + source.describe() + " as it is"));
        }
    }

    /** The columns of {@link #identity}. */
    public List<Column> identityColumns() {
        return identity.stream().map(table.columns()::get).toList();
    }

    /** The columns of {@link #values}. */
    public List<Column> valueColumns() {
        return values.stream().map(table.columns()::get).toList();
    }

    /** What EXPLAIN prints. */
    @Override
    public String toString() {
        String commands =
                switch (operation) {
                    case INSERT ->
                        switch (table.type()) {
                            case HASH -> "HSET";
                            case JSON -> "JSON.SET";
                            case STRING -> "SET";
                            case SET -> "SADD";
                            case LIST -> "RPUSH";
                            case ZSET -> "ZADD";
                            case STREAM -> "XADD";
                            case TIMESERIES -> "TS.ADD";
                            case KEY -> "";
                        };
                    case UPDATE ->
                        switch (table.type()) {
                            case HASH -> "HSET, HDEL";
                            case JSON -> "JSON.SET, JSON.DEL";
                            case STRING -> "SET";
                            case SET -> "SREM, SADD";
                            case LIST -> "LSET";
                            case ZSET -> "ZADD, ZREM";
                            case STREAM -> "PEXPIRE, PERSIST";
                            case TIMESERIES -> "TS.ADD";
                            case KEY -> "";
                        };
                    case DELETE ->
                        found == Found.WHOLE_KEYS
                                ? "UNLINK"
                                : switch (table.type()) {
                                    case HASH, JSON, STRING -> "UNLINK";
                                    case SET -> "SREM";
                                    case LIST -> "LREM";
                                    case ZSET -> "ZREM";
                                    case STREAM -> "XDEL";
                                    case TIMESERIES -> "TS.DEL";
                                    case KEY -> "";
                                };
                };
        String mode = operation == Operation.INSERT
                ? "; ON_CONFLICT " + onConflict.name().toLowerCase(Locale.ROOT)
                : "";
        return commands + " " + table.key() + mode;
    }
}
