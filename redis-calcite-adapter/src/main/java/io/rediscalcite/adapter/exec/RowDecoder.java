package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the commands that a key's columns cost, and makes a row of their replies. */
final class RowDecoder {
    /** What the replies say of a key. */
    enum Outcome {
        ROW,
        /** It vanished, or holds another type. */
        NO_ROW,
        /** None of the fields asked for is there: only TYPE can tell whether the hash is. */
        UNCERTAIN
    }

    private static final int MAX_SHOWN_VALUE = 100;

    private final RedisQuery query;
    private final FetchPlan plan;
    private final ReadOptions options;
    private final RedisNode node;
    private final List<Column> columns;
    private final Codec[] codecs;
    /** For each field of HMGET, the output columns that it fills. */
    private final int[][] fieldColumns;

    private final byte[][] fieldNames;

    RowDecoder(RedisQuery query, ReadOptions options, RedisNode node) {
        this.query = query;
        this.plan = query.fetchPlan();
        this.options = options;
        this.node = node;
        this.columns = query.outputColumns();
        this.codecs = columns.stream().map(c -> Codecs.of(c, options.zone())).toArray(Codec[]::new);
        this.fieldColumns = new int[plan.fields().size()][];
        this.fieldNames = new byte[plan.fields().size()][];
        for (int field = 0; field < fieldNames.length; field++) {
            String name = plan.fields().get(field);
            fieldNames[field] = Text.encode(name);
            fieldColumns[field] = positions(new ColumnSource.Field(name));
        }
    }

    private int[] positions(ColumnSource source) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).source().equals(source)) {
                positions.add(i);
            }
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** True if the keys' names are all that the query wants. */
    boolean needsNoCommand() {
        return plan.isNameOnly();
    }

    void write(Commands commands, TableKey key) {
        if (fieldNames.length > 0) {
            commands.begin(2 + fieldNames.length).arg("HMGET").arg(key.raw());
            for (byte[] name : fieldNames) {
                commands.arg(name);
            }
        }
        if (plan.value()) {
            commands.begin(2).arg("GET").arg(key.raw());
        }
        if (plan.type()) {
            commands.begin(2).arg("TYPE").arg(key.raw());
        }
        for (FetchPlan.KeyProperty property : plan.properties()) {
            commands.begin(1 + property.command().size());
            property.command().forEach(commands::arg);
            commands.arg(key.raw());
        }
    }

    /** A row with the columns that the key's name gives; the others are NULL still. */
    @Nullable
    Object[] start(TableKey key) {
        @Nullable Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            ColumnSource source = columns.get(i).source();
            if (source instanceof ColumnSource.Key) {
                row[i] = key.text();
            } else if (source instanceof ColumnSource.KeyPart part) {
                String text = key.parts().get(query.table().key().parts().indexOf(part.part()));
                byte[] bytes = Text.encode(text);
                row[i] = decode(i, key, bytes, 0, bytes.length);
            } else if (source == ColumnSource.Builtin.SLOT) {
                row[i] = RedisClient.slotOf(key.raw());
            } else if (source == ColumnSource.Builtin.NODE) {
                row[i] = node.toString();
            }
        }
        return row;
    }

    /** Reads the replies to what {@link #write} wrote for {@code key}; the cursor stands before the first. */
    Outcome read(TableKey key, @Nullable Object[] row, Replies.Cursor replies) {
        Outcome outcome = Outcome.ROW;
        if (fieldNames.length > 0) {
            outcome = readFields(key, row, replies);
        }
        if (plan.value() && !readValue(key, row, replies)) {
            outcome = Outcome.NO_ROW;
        }
        if (plan.type() && !readType(replies)) {
            outcome = Outcome.NO_ROW;
        }
        for (FetchPlan.KeyProperty property : plan.properties()) {
            if (!readProperty(property, row, replies)) {
                outcome = Outcome.NO_ROW;
            }
        }
        return outcome;
    }

    private Outcome readFields(TableKey key, @Nullable Object[] row, Replies.Cursor replies) {
        replies.next();
        if (isWrongType(replies, "HMGET")) {
            return Outcome.NO_ROW;
        }
        boolean any = false;
        for (int[] targets : fieldColumns) {
            replies.next();
            if (!replies.isNull()) {
                any = true;
                for (int column : targets) {
                    row[column] = decode(column, key, replies.buffer(), replies.offset(), replies.length());
                }
            }
        }
        return any ? Outcome.ROW : Outcome.UNCERTAIN;
    }

    private boolean readValue(TableKey key, @Nullable Object[] row, Replies.Cursor replies) {
        replies.next();
        if (isWrongType(replies, "GET") || replies.isNull()) {
            return false;
        }
        for (int column : positions(ColumnSource.Builtin.VALUE)) {
            row[column] = decode(column, key, replies.buffer(), replies.offset(), replies.length());
        }
        return true;
    }

    /** Reads the reply to TYPE; true if the key holds the table's type. */
    boolean readType(Replies.Cursor replies) {
        replies.next();
        failOnError(replies, "TYPE");
        return replies.text().equals(query.table().type().redisType());
    }

    private boolean readProperty(FetchPlan.KeyProperty property, @Nullable Object[] row, Replies.Cursor replies) {
        replies.next();
        failOnError(replies, String.join(" ", property.command()));
        if (replies.isNull()) {
            return false;
        }
        long number = replies.longValue();
        ColumnSource.Builtin source =
                switch (property) {
                    case TTL -> ColumnSource.Builtin.TTL;
                    case MEMORY -> ColumnSource.Builtin.MEMORY;
                    case IDLE -> ColumnSource.Builtin.IDLE;
                };
        for (int column : positions(source)) {
            row[column] = property == FetchPlan.KeyProperty.TTL && number < 0 ? null : (Object) number;
        }
        // PTTL answers -2 for a key that isn't there, -1 for one that never expires.
        return property != FetchPlan.KeyProperty.TTL || number != -2;
    }

    private boolean isWrongType(Replies.Cursor replies, String command) {
        if (!replies.isError()) {
            return false;
        }
        if (replies.text().startsWith("WRONGTYPE")) {
            return true;
        }
        throw replies.error(command);
    }

    private void failOnError(Replies.Cursor replies, String command) {
        if (replies.isError()) {
            throw replies.error(command);
        }
    }

    private @Nullable Object decode(int column, TableKey key, byte[] bytes, int offset, int length) {
        try {
            return codecs[column].decode(bytes, offset, length);
        } catch (BadValueException bad) {
            if (options.badValueIsNull()) {
                return null;
            }
            throw badValue(columns.get(column), key, Text.decode(bytes, offset, length), bad);
        }
    }

    private RedisSqlException badValue(Column column, TableKey key, String value, BadValueException bad) {
        String shown = value.length() > MAX_SHOWN_VALUE ? value.substring(0, MAX_SHOWN_VALUE) + "…" : value;
        ColumnType type = column.type();
        return new RedisSqlException(
                SqlState.BAD_VALUE,
                "column '" + column.name() + "' of table '" + query.table().name() + "' is " + type + ", but key '"
                        + key.text() + "' has '" + shown + "' there: " + bad.reason()
                        + "; declare the column as VARCHAR in a model, or read such values as NULL with onBadValue=null");
    }
}
