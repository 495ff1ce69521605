package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;

/** Tables in memory, so that the driver is tested by itself: a real second implementation of {@link Database}. */
final class ToyDatabase implements Database {
    private final Map<String, Table> tables = new LinkedHashMap<>();
    private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    private final PlanCache plans = new PlanCache(root, table -> OptionalDouble.empty());
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger openEnumerators = new AtomicInteger();
    final AtomicLong rowsRead = new AtomicLong();

    ToyDatabase() {
        PostgresTypes.addTo(root);
        table("airline", TableType.STRING, "airline:{carrier}", text("carrier"), text("value"))
                .row("airline:AA", "AA", "American Airlines Inc.", null)
                .row("airline:B6", "B6", "JetBlue Airways", 60_000L)
                .row("airline:ключ", "ключ", "чайка 🕊", null);
        table(
                        "flight",
                        TableType.HASH,
                        "flight:{id}",
                        typed("id", ColumnType.BIGINT),
                        text("carrier"),
                        typed("delay", ColumnType.of(ColumnType.Kind.INTEGER)),
                        typed("price", ColumnType.decimal(10, 2)),
                        typed("day", ColumnType.of(ColumnType.Kind.DATE)),
                        typed("at", ColumnType.of(ColumnType.Kind.TIME)),
                        typed("ts", ColumnType.of(ColumnType.Kind.TIMESTAMP)),
                        typed("raw", ColumnType.of(ColumnType.Kind.VARBINARY)),
                        typed("ok", ColumnType.of(ColumnType.Kind.BOOLEAN)),
                        typed("km", ColumnType.DOUBLE))
                .row(
                        "flight:1",
                        1L,
                        "AA",
                        3,
                        new java.math.BigDecimal("10.50"),
                        15_706,
                        3_600_001,
                        1_356_998_400_123L,
                        new org.apache.calcite.avatica.util.ByteString(new byte[] {1, 2}),
                        true,
                        1.5,
                        null)
                .row("flight:2", 2L, "B6", null, null, null, null, null, null, null, null, null)
                .row(
                        "flight:3",
                        3L,
                        "AA",
                        2_000_000_000,
                        new java.math.BigDecimal("-0.01"),
                        -1,
                        0,
                        -1L,
                        new org.apache.calcite.avatica.util.ByteString(new byte[0]),
                        false,
                        -0.5,
                        5L)
                .row(
                        "flight:4",
                        4L,
                        "AA",
                        2_000_000_000,
                        new java.math.BigDecimal("1.00"),
                        0,
                        1,
                        0L,
                        new org.apache.calcite.avatica.util.ByteString(new byte[] {-1}),
                        false,
                        2.5,
                        5L);
        table(
                        "scores",
                        TableType.ZSET,
                        "scores",
                        text("member"),
                        typed("score", ColumnType.DOUBLE),
                        typed("rank", ColumnType.BIGINT))
                .row("scores", "ann", 1.0, 0L, null)
                .row("scores", "bob", 2.0, 1L, null);
        table("queue", TableType.LIST, "queue", typed("position", ColumnType.BIGINT), text("element"))
                .row("queue", 0L, "first", null)
                .row("queue", 1L, "second", null);
        Endless endless = new Endless();
        tables.put("endless", endless);
        root.add("redis", new AbstractSchema() {
            @Override
            protected Map<String, Table> getTableMap() {
                return tables;
            }
        });
    }

    /** A connection to this database through the driver. */
    Connection connect() throws SQLException {
        return connect(Map.of());
    }

    Connection connect(Map<String, String> properties) throws SQLException {
        Properties given = new Properties();
        given.setProperty("user", "sam");
        given.putAll(properties);
        Connection connection = new RedisDriver(spec -> this).connect("jdbc:redis-sql://toy", given);
        if (connection == null) {
            throw new AssertionError("the driver refused its own URL");
        }
        return connection;
    }

    private static Column text(String name) {
        return typed(name, ColumnType.VARCHAR);
    }

    private static Column typed(String name, ColumnType type) {
        return new Column(name, type, true, new ColumnSource.Field(name));
    }

    private Toy table(String name, TableType type, String key, Column... middle) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(Column.KEY, ColumnType.VARCHAR, false, new ColumnSource.Key()));
        columns.addAll(Arrays.asList(middle));
        columns.add(new Column(Column.TTL, ColumnType.BIGINT, true, ColumnSource.Builtin.TTL));
        KeyPattern pattern = KeyPattern.parse(key, ":");
        Toy toy = new Toy(new TableDefinition(name, type, pattern, columns, "a toy"));
        tables.put(name, toy);
        return toy;
    }

    @Override
    public CalciteSchema rootSchema() {
        return root;
    }

    @Override
    public String defaultSchema() {
        return "redis";
    }

    @Override
    public Optional<TableDefinition> definition(Table table) {
        return table instanceof Toy toy ? Optional.of(toy.definition) : Optional.empty();
    }

    @Override
    public boolean expireTables(long nanos) {
        return false;
    }

    @Override
    public PlanCache plans() {
        return plans;
    }

    @Override
    public OptionalDouble knownRows(Table table) {
        return OptionalDouble.empty();
    }

    @Override
    public String serverVersion() {
        return "7.4.1";
    }

    @Override
    public Map<String, String> serverInfo() {
        return Map.of("redis.version", "7.4.1", "redis.mode", "standalone", "redis.modules", "");
    }

    @Override
    public Map<String, List<String>> indexedColumns(Table table) {
        return Map.of();
    }

    @Override
    public boolean ping(int millis) {
        return closed.get() == 0;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private final class Toy extends AbstractTable implements ScannableTable {
        private final TableDefinition definition;
        private final List<Object[]> rows = new ArrayList<>();

        Toy(TableDefinition definition) {
            this.definition = definition;
        }

        Toy row(Object... values) {
            rows.add(values);
            return this;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder builder = factory.builder();
            for (Column column : definition.columns()) {
                builder.add(column.name(), type(factory, column.type())).nullable(column.nullable());
            }
            return builder.build();
        }

        private static RelDataType type(RelDataTypeFactory factory, ColumnType type) {
            return switch (type.kind()) {
                case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
                case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 3);
                case JSON -> factory.createSqlType(SqlTypeName.VARCHAR);
                default -> factory.createSqlType(SqlTypeName.valueOf(type.kind().name()));
            };
        }

        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            return counted(rows::size, rows::get);
        }
    }

    /** Rows without end: {@code n} counts up. */
    private final class Endless extends AbstractTable implements ScannableTable {
        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            return factory.builder().add("n", SqlTypeName.INTEGER).build();
        }

        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            return counted(() -> Integer.MAX_VALUE, n -> new Object[] {n});
        }
    }

    private Enumerable<Object[]> counted(
            java.util.function.IntSupplier size, java.util.function.IntFunction<Object[]> row) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object[]> enumerator() {
                openEnumerators.incrementAndGet();
                return new Enumerator<>() {
                    private int at = -1;

                    @Override
                    public Object[] current() {
                        return row.apply(at);
                    }

                    @Override
                    public boolean moveNext() {
                        rowsRead.incrementAndGet();
                        return ++at < size.getAsInt();
                    }

                    @Override
                    public void reset() {
                        at = -1;
                    }

                    @Override
                    public void close() {
                        openEnumerators.decrementAndGet();
                    }
                };
            }
        };
    }
}
