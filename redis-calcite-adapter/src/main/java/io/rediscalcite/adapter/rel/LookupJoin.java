package io.rediscalcite.adapter.rel;

import io.rediscalcite.adapter.query.Operand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import org.apache.calcite.DataContext;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.QueryProvider;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/** How a {@link RedisLookupJoin} runs. Public because generated code calls it. */
public final class LookupJoin {
    private static final int FIRST_BATCH = 100;
    private static final int LARGEST_BATCH = 2000;

    private LookupJoin() {}

    /** The join's inputs: their widths in columns, and the column of each that must be equal. */
    public record Shape(JoinRelType type, int leftWidth, int rightWidth, int leftKey, int rightKey) {}

    /**
     * Joined rows, in the left side's order.
     *
     * @param right opens the right side under a context that holds a batch's keys
     */
    public static Enumerable<Object> join(
            Shape shape, DataContext context, Enumerable<?> left, Function1<DataContext, Enumerable<?>> right) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return new Rows(shape, context, left.enumerator(), right);
            }
        };
    }

    /** The statement's context, and the keys of one batch under the name that the right side's scan knows. */
    private record BatchContext(DataContext statement, List<Object> keys) implements DataContext {
        @Override
        public @Nullable Object get(String variable) {
            return variable.equals(Operand.Lookup.CONTEXT_NAME) ? keys : statement.get(variable);
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
        private final Queue<@Nullable Object[]> joined = new ArrayDeque<>();
        private int batchSize = FIRST_BATCH;
        private @Nullable Object current;

        Rows(Shape shape, DataContext context, Enumerator<?> left, Function1<DataContext, Enumerable<?>> right) {
            this.shape = shape;
            this.context = context;
            this.left = left;
            this.right = right;
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
            Set<Object> keys = new LinkedHashSet<>();
            while (rows.size() < batchSize && left.moveNext()) {
                @Nullable Object[] row = row(left.current(), shape.leftWidth());
                rows.add(row);
                Object key = row[shape.leftKey()];
                if (key != null) {
                    keys.add(comparable(key));
                }
            }
            if (rows.isEmpty()) {
                return false;
            }
            batchSize = Math.min(LARGEST_BATCH, batchSize * 4);
            Map<Object, List<@Nullable Object[]>> found = keys.isEmpty() ? Map.of() : fetch(List.copyOf(keys));
            for (@Nullable Object[] row : rows) {
                Object key = row[shape.leftKey()];
                List<@Nullable Object[]> matches = key == null ? null : found.get(comparable(key));
                emit(row, matches == null ? List.of() : matches);
            }
            return true;
        }

        private Map<Object, List<@Nullable Object[]>> fetch(List<Object> keys) {
            Map<Object, List<@Nullable Object[]>> found = new HashMap<>();
            DataContext batch = new BatchContext(context, keys);
            try (Enumerator<?> rows = right.apply(batch).enumerator()) {
                while (rows.moveNext()) {
                    @Nullable Object[] row = row(rows.current(), shape.rightWidth());
                    Object key = row[shape.rightKey()];
                    if (key != null) {
                        found.computeIfAbsent(comparable(key), any -> new ArrayList<>(1))
                                .add(row);
                    }
                }
            }
            return found;
        }

        private void emit(@Nullable Object[] row, List<@Nullable Object[]> matches) {
            switch (shape.type()) {
                case SEMI -> {
                    if (!matches.isEmpty()) {
                        joined.add(row);
                    }
                }
                case ANTI -> {
                    if (matches.isEmpty()) {
                        joined.add(row);
                    }
                }
                default -> {
                    matches.forEach(match -> joined.add(concat(row, match)));
                    if (matches.isEmpty() && shape.type() == JoinRelType.LEFT) {
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

        /** Equal integers of different Java classes become equal objects. */
        private static Object comparable(Object key) {
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
