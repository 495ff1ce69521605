package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.LookupBatch;
import io.rediscalcite.adapter.query.Operand;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Predicate1;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link RedisLookupJoin} runs. Public because generated code calls it.
 *
 * <p>Left rows are read in batches, which grow. What a key's right rows are is asked once for a batch, and once for the whole join as
 * long as the rows fetched last fit into {@link #KEPT_ROWS}; a key that isn't there counts as one. Once more rows came than the right
 * side has, or its scan has read all of them, it is all of them that are kept, and none is asked for any more.
 */
public final class LookupJoin {
    private static final int FIRST_BATCH = 100;
    private static final int LARGEST_BATCH = 2000;

    /** Rows of the right side that are kept for left rows to come. */
    static final int KEPT_ROWS = 50_000;

    private LookupJoin() {}

    /**
     * The join's inputs: their widths in columns, and the columns of each that must be equal, pair by pair; these are also what
     * the right side's scan looks up, in the same order.
     *
     * @param enough rows of the right side, asked for by batches, from which on it is read whole
     */
    public record Shape(
            JoinRelType type,
            int leftWidth,
            int rightWidth,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            double enough) {
        public Shape {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }
    }

    /**
     * Joined rows, in the left side's order.
     *
     * @param right opens the right side under a context that holds a batch's keys
     * @param condition what a left row and a right row must meet beside having equal keys, on both rows as one
     */
    public static Enumerable<Object> join(
            Shape shape,
            DataContext context,
            Enumerable<?> left,
            Function1<DataContext, Enumerable<?>> right,
            Predicate1<Object[]> condition) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return new Rows(shape, context, left.enumerator(), right, condition);
            }
        };
    }

    /** The statement's context, and one batch under the name that the right side's scan knows. */
    private record BatchContext(DataContext statement, LookupBatch batch) implements DataContext {
        @Override
        public @Nullable Object get(String variable) {
            return variable.equals(Operand.Lookup.CONTEXT_NAME) ? batch : statement.get(variable);
        }

        @Override
        public @Nullable SchemaPlus getRootSchema() {
            return statement.getRootSchema();
        }

        @Override
        public JavaTypeFactory getTypeFactory() {
            return statement.getTypeFactory();
        }

        @Override
        public QueryProvider getQueryProvider() {
            return statement.getQueryProvider();
        }
    }

    private static final class Rows implements Enumerator<Object> {
        private final Shape shape;
        private final DataContext context;
        private final Enumerator<?> left;
        private final Function1<DataContext, Enumerable<?>> right;
        private final Predicate1<Object[]> condition;
        private final Queue<@Nullable Object[]> joined = new ArrayDeque<>();
        private final KeptRows kept = new KeptRows(KEPT_ROWS);
        private int batchSize = FIRST_BATCH;
        private double fetchedRows;
        /** All rows of the right side, once they were read. */
        private @Nullable Map<Object, List<@Nullable Object[]>> everything;

        private @Nullable Object current;

        Rows(
                Shape shape,
                DataContext context,
                Enumerator<?> left,
                Function1<DataContext, Enumerable<?>> right,
                Predicate1<Object[]> condition) {
            this.shape = shape;
            this.context = context;
            this.left = left;
            this.right = right;
            this.condition = condition;
        }

        @Override
        @SuppressWarnings("NullAway") // A bare value may be NULL; linq4j's Enumerator says nothing of it.
        public Object current() {
            return current;
        }

        @Override
        public boolean moveNext() {
            while (joined.isEmpty()) {
                if (!joinBatch()) {
                    return false;
                }
            }
            @Nullable Object[] row = joined.remove();
            current = row.length == 1 ? row[0] : row;
            return true;
        }

        private boolean joinBatch() {
            List<@Nullable Object[]> rows = new ArrayList<>();
            List<@Nullable Object> keys = new ArrayList<>();
            Map<Object, List<@Nullable Object[]>> matches = new HashMap<>();
            Map<Object, Object[]> missing = new LinkedHashMap<>();
            while (rows.size() < batchSize && left.moveNext()) {
                @Nullable Object[] row = row(left.current(), shape.leftWidth());
                Object @Nullable [] tuple = tuple(row, shape.leftKeys());
                Object key = tuple == null ? null : key(tuple);
                rows.add(row);
                keys.add(key);
                if (tuple != null && key != null && !matches.containsKey(key) && !missing.containsKey(key)) {
                    List<@Nullable Object[]> known =
                            everything == null ? kept.get(key) : everything.getOrDefault(key, List.of());
                    if (known == null) {
                        missing.put(key, tuple);
                    } else {
                        matches.put(key, known);
                    }
                }
            }
            if (rows.isEmpty()) {
                return false;
            }
            batchSize = Math.min(LARGEST_BATCH, batchSize * 4);
            if (!missing.isEmpty()) {
                Map<Object, List<@Nullable Object[]>> fetched = fetch(List.copyOf(missing.values()));
                for (Object key : missing.keySet()) {
                    List<@Nullable Object[]> found = fetched.getOrDefault(key, List.of());
                    matches.put(key, found);
                    if (everything == null) {
                        kept.put(key, found);
                    }
                }
            }
            for (int i = 0; i < rows.size(); i++) {
                Object key = keys.get(i);
                emit(rows.get(i), key == null ? List.of() : matches.getOrDefault(key, List.of()));
            }
            return true;
        }

        private Map<Object, List<@Nullable Object[]>> fetch(List<Object[]> tuples) {
            Map<Object, List<@Nullable Object[]>> found = new HashMap<>();
            LookupBatch batch = new LookupBatch(tuples, fetchedRows > shape.enough());
            try (Enumerator<?> rows =
                    right.apply(new BatchContext(context, batch)).enumerator()) {
                while (rows.moveNext()) {
                    fetchedRows++;
                    @Nullable Object[] row = row(rows.current(), shape.rightWidth());
                    Object @Nullable [] tuple = tuple(row, shape.rightKeys());
                    if (tuple != null) {
                        found.computeIfAbsent(key(tuple), any -> new ArrayList<>(1))
                                .add(row);
                    }
                }
            }
            if (batch.readsEverything()) {
                everything = found;
                kept.clear();
            }
            return found;
        }

        private void emit(@Nullable Object[] row, List<@Nullable Object[]> candidates) {
            boolean matched = false;
            for (@Nullable Object[] candidate : candidates) {
                @Nullable Object[] both = concat(row, candidate);
                if (condition.apply(both)) {
                    matched = true;
                    if (!shape.type().projectsRight()) {
                        break;
                    }
                    joined.add(both);
                }
            }
            switch (shape.type()) {
                case SEMI -> {
                    if (matched) {
                        joined.add(row);
                    }
                }
                case ANTI -> {
                    if (!matched) {
                        joined.add(row);
                    }
                }
                default -> {
                    if (!matched && shape.type() == JoinRelType.LEFT) {
                        joined.add(concat(row, new Object[shape.rightWidth()]));
                    }
                }
            }
        }

        private static @Nullable Object[] concat(@Nullable Object[] left, @Nullable Object[] right) {
            @Nullable Object[] both = new Object[left.length + right.length];
            System.arraycopy(left, 0, both, 0, left.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            return both;
        }

        private static @Nullable Object[] row(@Nullable Object value, int width) {
            return width == 1 ? new @Nullable Object[] {value} : (@Nullable Object[]) Objects.requireNonNull(value);
        }

        /** The row's values of those columns; null if one of them is NULL, which equals nothing. */
        private static Object @Nullable [] tuple(@Nullable Object[] row, List<Integer> columns) {
            Object[] tuple = new Object[columns.size()];
            for (int i = 0; i < tuple.length; i++) {
                Object value = row[columns.get(i)];
                if (value == null) {
                    return null;
                }
                tuple[i] = value;
            }
            return tuple;
        }

        private static Object key(Object[] tuple) {
            if (tuple.length == 1) {
                return comparable(tuple[0]);
            }
            List<Object> key = new ArrayList<>(tuple.length);
            for (Object value : tuple) {
                key.add(comparable(value));
            }
            return key;
        }

        /** Equal whole numbers of different Java classes become equal objects. */
        private static Object comparable(Object key) {
            if (key instanceof BigDecimal number) {
                BigDecimal plain = number.stripTrailingZeros();
                boolean whole = plain.scale() <= 0 && plain.toBigInteger().bitLength() < Long.SIZE;
                return whole ? (Object) plain.longValueExact() : plain;
            }
            boolean integer = key instanceof Integer || key instanceof Short || key instanceof Byte;
            return integer ? (Object) ((Number) key).longValue() : key;
        }

        @Override
        public void reset() {
            throw new UnsupportedOperationException("a lookup join is read once; open another one");
        }

        @Override
        public void close() {
            left.close();
        }
    }
}
