package io.rediscalcite.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.DataContext;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's own way to a foreign database, as its adapters for learners have it: a table that is read whole, every column, into
 * memory, with all else done by Calcite. The rows come by {@link BareScan}, so that what is measured is the way and not the client.
 */
public final class PlainCalcite {
    private PlainCalcite() {}

    /** A connection to Calcite with these tables: by name, of columns by name. */
    public static Connection connect(int port, Map<String, Map<String, SqlTypeName>> tables) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("lex", "MYSQL_ANSI");
        Connection connection = DriverManager.getConnection("jdbc:calcite:", properties);
        var schema = connection.unwrap(CalciteConnection.class).getRootSchema();
        tables.forEach(
                (name, columns) -> schema.add(name, new HashTable(port, name + ":", new LinkedHashMap<>(columns))));
        return connection;
    }

    /** The hashes under a prefix, with some of their fields. */
    private static final class HashTable extends AbstractTable implements ScannableTable {
        private final int port;
        private final String prefix;
        private final Map<String, SqlTypeName> columns;

        HashTable(int port, String prefix, Map<String, SqlTypeName> columns) {
            this.port = port;
            this.prefix = prefix;
            this.columns = columns;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            columns.forEach((name, type) ->
                    row.add(name, factory.createTypeWithNullability(factory.createSqlType(type), true)));
            return row.build();
        }

        @Override
        public Enumerable<@Nullable Object[]> scan(DataContext root) {
            List<SqlTypeName> types = List.copyOf(columns.values());
            List<@Nullable Object[]> rows = new ArrayList<>();
            try (BareClient client = new BareClient(port)) {
                new BareScan(client, prefix, List.copyOf(columns.keySet())).run((buffer, starts, lengths) -> {
                    @Nullable Object[] row = new Object[types.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = lengths[i] < 0
                                ? null
                                : value(types.get(i), new String(buffer, starts[i], lengths[i], UTF_8));
                    }
                    rows.add(row);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Linq4j.asEnumerable(rows);
        }

        private static Object value(SqlTypeName type, String text) {
            return switch (type) {
                case BIGINT -> Long.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case BOOLEAN -> Boolean.valueOf(text);
                default -> text;
            };
        }
    }
}
