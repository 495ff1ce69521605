package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowOrder;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.type.TypeInference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes rows of one query: which output column a value fills, and how its bytes become the column's value. */
final class RowMaker {
    private static final int MAX_SHOWN_VALUE = 100;

    private final RedisQuery query;
    private final ReadOptions options;
    private final RedisNode node;
    private final Execution execution;
    private final boolean scanned;
    private final List<Column> columns;
    private final Codec[] codecs;
    private final List<String> parts;
    private final int[] namedColumns;
    private final int width;
    private final RowSelector selector;

    /** @param scanned whether SCAN gives the keys */
    RowMaker(RedisQuery query, ReadOptions options, RedisNode node, Execution execution, boolean scanned) {
        this.query = query;
        this.options = options;
        this.node = node;
        this.execution = execution;
        this.scanned = scanned;
        this.columns = query.outputColumns();
        this.codecs = columns.stream().map(c -> Codecs.of(c, options.zone())).toArray(Codec[]::new);
        this.parts = query.table().key().parts();
        this.namedColumns = IntStream.range(0, codecs.length)
                .filter(i -> isKnownWithTheKey(columns.get(i).source()))
                .toArray();
        this.width = query.width();
        this.selector = RowSelector.of(query.rows(), execution);
    }

    private static boolean isKnownWithTheKey(ColumnSource source) {
        return source.isOfName() || source == Builtin.SLOT || source == Builtin.NODE || source == Builtin.TYPE;
    }

    RedisQuery query() {
        return query;
    }

    /** What rows inside a key must meet. */
    RowSelector selector() {
        return selector;
    }

    /** True if each key is read from its end. */
    boolean isDescending() {
        return query.order().filter(RowOrder::descending).isPresent();
    }

    /** How many rows of a key are wanted, for one that is about to be read; null for all. */
    @Nullable
    KeyHead head() {
        return query.order().flatMap(RowOrder::first).map(this::head).orElse(null);
    }

    private KeyHead head(RowOrder.First first) {
        long skipped = execution.rows(first.offset(), 0);
        long fetched = execution.rows(Optional.of(first.fetch()), Long.MAX_VALUE);
        long enough = fetched > Long.MAX_VALUE - skipped ? Long.MAX_VALUE : skipped + fetched;
        return new KeyHead(enough, first.withTies());
    }

    /** The output columns that {@code source} fills: none where it isn't asked for, several where it is asked for twice. */
    int[] columnsOf(ColumnSource source) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).source().equals(source)) {
                positions.add(i);
            }
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    Column column(int position) {
        return columns.get(position);
    }

    int width() {
        return width;
    }

    /** True if {@code type}, TYPE's answer for a key, makes it a row. */
    boolean isRow(String type) {
        return query.redisType().map(type::equals).orElse(!type.equals("none"));
    }

    /** True if SCAN gave the keys, so that they are there whatever else the server doesn't tell. */
    boolean isScanned() {
        return scanned;
    }

    /**
     * True if the user may not ask {@code command} and does without: a table of keys shows what it may. A table of another
     * type fails.
     */
    boolean doesWithout(Replies.Cursor reply, String command) {
        return query.table().type() == TableType.KEY && execution.isRefused(reply, command);
    }

    /** A row with the columns that the key's name gives; the others are NULL still. */
    @Nullable
    Object[] start(TableKey key) {
        @Nullable Object[] row = new Object[width];
        for (int i : namedColumns) {
            ColumnSource source = columns.get(i).source();
            if (source instanceof ColumnSource.Key) {
                row[i] = key.text();
            } else if (source instanceof ColumnSource.KeyPart part) {
                byte[] text = Text.encode(key.parts().get(parts.indexOf(part.part())));
                row[i] = decode(i, key, text, 0, text.length);
            } else if (source == Builtin.SLOT) {
                row[i] = RedisClient.slotOf(key.raw());
            } else if (source == Builtin.NODE) {
                row[i] = node.toString();
            } else if (source == Builtin.TYPE) {
                row[i] = query.redisType().orElse(null);
            }
        }
        return row;
    }

    /** Fills {@code positions} with the value that the cursor is at. */
    void fill(@Nullable Object[] row, int[] positions, TableKey key, Replies.Cursor value) {
        if (!value.isNull()) {
            fill(row, positions, key, value.buffer(), value.offset(), value.length());
        }
    }

    void fill(@Nullable Object[] row, int[] positions, TableKey key, byte[] bytes, int offset, int length) {
        for (int position : positions) {
            row[position] = decode(position, key, bytes, offset, length);
        }
    }

    private @Nullable Object decode(int column, TableKey key, byte[] bytes, int offset, int length) {
        try {
            return codecs[column].decode(bytes, offset, length);
        } catch (BadValueException bad) {
            if (!options.badValueIsNull()) {
                throw new RedisSqlException(
                        SqlState.BAD_VALUE,
                        misfit(column, key, bytes, offset, length, bad)
                                + cure(columns.get(column), Arrays.copyOfRange(bytes, offset, offset + length)));
            }
            execution.readAsNull(() -> misfit(column, key, bytes, offset, length, bad));
            return null;
        }
    }

    private String misfit(int position, TableKey key, byte[] bytes, int offset, int length, BadValueException bad) {
        String value = Text.decode(bytes, offset, length);
        String shown = value.length() > MAX_SHOWN_VALUE ? value.substring(0, MAX_SHOWN_VALUE) + "…" : value;
        Column column = columns.get(position);
        return "column '" + column.name() + "' of table '" + query.table().name() + "' is " + column.type()
                + ", but key '" + key.text() + "' has '" + shown + "' there: it " + bad.reason();
    }

    private static String cure(Column column, byte[] text) {
        return "; declare the column in a model as {\"name\": \"" + column.name() + "\", \"type\": \""
                + TypeInference.wider(column.type(), text)
                + "\"}, or read such values as NULL with onBadValue=null; where the type was inferred, a larger"
                + " discoverSample looks at more values";
    }
}
