package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.TableDefinition;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Schemas, tables, columns and keys of a connection, as {@link DatabaseMetaData} shows them. Sends no command of its own. */
final class Catalog {
    private static final String TABLE = "TABLE";
    private static final int MAX_CLIENT_INFO = 1000;
    private static final Pattern FUNCTION_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final RedisConnection connection;

    Catalog(RedisConnection connection) {
        this.connection = connection;
    }

    private record Entry(String schema, String name, Table table, Optional<TableDefinition> definition) {
        String type() {
            return table.getJdbcTableType().jdbcName;
        }
    }

    private List<String> schemaNames(Predicate<String> matching) {
        return connection.database().rootSchema().getSubSchemaMap().keySet().stream()
                .filter(matching)
                .sorted()
                .toList();
    }

    private List<Entry> entries(Predicate<String> schemas, Predicate<String> tables) {
        List<Entry> found = new ArrayList<>();
        for (String schemaName : schemaNames(schemas)) {
            CalciteSchema schema = connection.database().rootSchema().getSubSchema(schemaName, true);
            if (schema == null) {
                continue;
            }
            for (String name : schema.getTableNames()) {
                CalciteSchema.TableEntry entry = tables.test(name) ? schema.getTable(name, true) : null;
                if (entry != null) {
                    Table table = entry.getTable();
                    found.add(new Entry(
                            schemaName, name, table, connection.database().definition(table)));
                }
            }
        }
        found.sort(Comparator.comparing(Entry::schema).thenComparing(Entry::name));
        return found;
    }

    ResultSet schemas(@Nullable String pattern) throws SQLException {
        MetadataRows rows = MetadataShape.SCHEMAS.rows(connection);
        schemaNames(NamePattern.of(pattern)).forEach(rows::add);
        return rows.toResultSet();
    }

    ResultSet tableTypes() throws SQLException {
        return MetadataShape.TABLE_TYPES
                .rows(connection)
                .add(Schema.TableType.SYSTEM_TABLE.jdbcName)
                .add(TABLE)
                .add(Schema.TableType.VIEW.jdbcName)
                .toResultSet();
    }

    ResultSet tables(@Nullable String schemaPattern, @Nullable String tablePattern, String @Nullable [] types)
            throws SQLException {
        // Remote clients send an empty list where they mean all.
        boolean all = types == null || types.length == 0;
        List<String> wanted = all ? List.of() : List.of(types);
        MetadataRows rows = MetadataShape.TABLES.rows(connection);
        entries(NamePattern.of(schemaPattern), NamePattern.of(tablePattern)).stream()
                .filter(entry -> all || wanted.contains(entry.type()))
                .sorted(Comparator.comparing(Entry::type)
                        .thenComparing(Entry::schema)
                        .thenComparing(Entry::name))
                .forEach(entry -> rows.add(
                        null,
                        entry.schema(),
                        entry.name(),
                        entry.type(),
                        entry.definition().map(TableDefinition::remarks).orElse(null)));
        return rows.toResultSet();
    }

    ResultSet columns(@Nullable String schemaPattern, @Nullable String tablePattern, @Nullable String columnPattern)
            throws SQLException {
        Predicate<String> wanted = NamePattern.of(columnPattern);
        MetadataRows rows = MetadataShape.COLUMNS.rows(connection);
        RedisTypeFactory types = connection.newTypeFactory();
        for (Entry entry : entries(NamePattern.of(schemaPattern), NamePattern.of(tablePattern))) {
            for (RelDataTypeField field : fields(entry, types)) {
                if (wanted.test(field.getName())) {
                    addColumn(rows, entry, field);
                }
            }
        }
        return rows.toResultSet();
    }

    /** None of a view whose SQL is wrong, as where its tables aren't there, which must not keep a tool from all the others: a query of it says what is wrong. */
    private static List<RelDataTypeField> fields(Entry entry, RedisTypeFactory types) {
        try {
            return entry.table().getRowType(types).getFieldList();
        } catch (RedisSqlException failed) {
            boolean wrong = failed.state() == SqlState.NO_SUCH_TABLE || failed.state() == SqlState.INVALID_STATEMENT;
            if (wrong && entry.table().getJdbcTableType() == Schema.TableType.VIEW) {
                return List.of();
            }
            throw failed;
        }
    }

    private static void addColumn(MetadataRows rows, Entry entry, RelDataTypeField field) {
        ColumnTypeInfo type = ColumnTypeInfo.of(field.getType());
        boolean nullable = field.getType().isNullable();
        rows.add(
                null,
                entry.schema(),
                entry.name(),
                field.getName(),
                type.jdbcType(),
                type.name(),
                type.size(),
                null,
                type.scale(),
                type.radix(),
                nullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                remarks(entry, field.getName()),
                null,
                null,
                null,
                type.octets(),
                field.getIndex() + 1,
                nullable ? "YES" : "NO",
                null,
                null,
                null,
                null,
                "NO",
                "NO");
    }

    private static @Nullable String remarks(Entry entry, String name) {
        return entry.definition()
                .flatMap(definition -> definition.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst())
                .map(column -> column.source().describe())
                .orElse(null);
    }

    private List<Entry> keyed(@Nullable String schema, String table) {
        return entries(NamePattern.exactly(schema), NamePattern.exactly(table)).stream()
                .filter(entry -> entry.definition().isPresent())
                .toList();
    }

    private static String keyName(Entry entry) {
        return entry.name() + "_pkey";
    }

    ResultSet primaryKeys(@Nullable String schema, String table) throws SQLException {
        MetadataRows rows = MetadataShape.PRIMARY_KEYS.rows(connection);
        for (Entry entry : keyed(schema, table)) {
            List<String> key = entry.definition().orElseThrow().primaryKey();
            key.stream()
                    .sorted()
                    .forEach(column -> rows.add(
                            null,
                            entry.schema(),
                            entry.name(),
                            column,
                            (short) (key.indexOf(column) + 1),
                            keyName(entry)));
        }
        return rows.toResultSet();
    }

    /** The key, and unless only unique ones are asked for the search indexes. Cardinalities are the planner's estimates. */
    ResultSet indexes(@Nullable String schema, String table, boolean unique) throws SQLException {
        MetadataRows rows = MetadataShape.INDEX_INFO.rows(connection);
        for (Entry entry : keyed(schema, table)) {
            Double known = entry.table().getStatistic().getRowCount();
            long cardinality = known == null ? 0 : known.longValue();
            addIndex(
                    rows,
                    entry,
                    keyName(entry),
                    entry.definition().orElseThrow().primaryKey(),
                    true,
                    cardinality);
            if (!unique) {
                connection
                        .database()
                        .indexedColumns(entry.table())
                        .forEach((name, columns) -> addIndex(rows, entry, name, columns, false, cardinality));
            }
        }
        return rows.toResultSet();
    }

    private static void addIndex(
            MetadataRows rows, Entry entry, String name, List<String> columns, boolean unique, long cardinality) {
        short position = 0;
        for (String column : columns) {
            rows.add(
                    null,
                    entry.schema(),
                    entry.name(),
                    !unique,
                    null,
                    name,
                    unique ? DatabaseMetaData.tableIndexHashed : DatabaseMetaData.tableIndexOther,
                    ++position,
                    column,
                    null,
                    cardinality,
                    0L,
                    null);
        }
    }

    /** The functions that statements may call, each name once. */
    ResultSet functions(@Nullable String pattern) throws SQLException {
        Predicate<String> wanted = NamePattern.of(pattern);
        MetadataRows rows = MetadataShape.FUNCTIONS.rows(connection);
        connection.config().fun(SqlOperatorTable.class, SqlStdOperatorTable.instance()).getOperatorList().stream()
                .filter(operator -> operator instanceof SqlFunction && !(operator instanceof SqlTableFunction))
                .map(operator -> operator.getName().toLowerCase(Locale.ROOT))
                .filter(name -> FUNCTION_NAME.matcher(name).matches() && wanted.test(name))
                .distinct()
                .sorted()
                .forEach(name -> rows.add(null, null, name, null, (short) DatabaseMetaData.functionNoTable, name));
        return rows.toResultSet();
    }

    /** What {@link java.sql.Connection#setClientInfo} is most often given, and what the driver tells of the server. */
    ResultSet clientInfo() throws SQLException {
        return MetadataShape.CLIENT_INFO
                .rows(connection)
                .add("ApplicationName", MAX_CLIENT_INFO, "", "The program that uses the connection; kept, not sent.")
                .add("redis.mode", MAX_CLIENT_INFO, "", "standalone, cluster or sentinel; read-only.")
                .add("redis.modules", MAX_CLIENT_INFO, "", "The server's modules with their versions; read-only.")
                .add("redis.version", MAX_CLIENT_INFO, "", "The server's version; read-only.")
                .toResultSet();
    }

    ResultSet rowIdentifier(@Nullable String schema, String table) throws SQLException {
        MetadataRows rows = MetadataShape.ROW_IDENTIFIER.rows(connection);
        RedisTypeFactory types = connection.newTypeFactory();
        for (Entry entry : keyed(schema, table)) {
            List<String> key = entry.definition().orElseThrow().primaryKey();
            for (RelDataTypeField field : entry.table().getRowType(types).getFieldList()) {
                if (key.contains(field.getName())) {
                    ColumnTypeInfo type = ColumnTypeInfo.of(field.getType());
                    Integer scale = type.scale();
                    rows.add(
                            (short) DatabaseMetaData.bestRowSession,
                            field.getName(),
                            type.jdbcType(),
                            type.name(),
                            type.size(),
                            null,
                            scale == null ? null : scale.shortValue(),
                            (short) DatabaseMetaData.bestRowNotPseudo);
                }
            }
        }
        return rows.toResultSet();
    }

    ResultSet typeInfo() throws SQLException {
        MetadataRows rows = MetadataShape.TYPE_INFO.rows(connection);
        for (ColumnTypeInfo type : ColumnTypeInfo.ALL) {
            boolean number = type.radix() != null;
            boolean text = type.name().equals("VARCHAR");
            boolean decimal = type.name().equals("DECIMAL");
            Integer scale = type.scale();
            Short digits = scale == null ? null : scale.shortValue();
            rows.add(
                    type.name(),
                    type.jdbcType(),
                    type.size(),
                    prefix(type),
                    number || type.name().equals("BOOLEAN") ? null : "'",
                    decimal ? "precision,scale" : text || type.name().equals("VARBINARY") ? "length" : null,
                    (short) DatabaseMetaData.typeNullable,
                    text,
                    (short) DatabaseMetaData.typeSearchable,
                    number ? Boolean.FALSE : null,
                    false,
                    false,
                    null,
                    decimal ? Short.valueOf((short) 0) : digits,
                    decimal ? Short.valueOf((short) type.size()) : digits,
                    null,
                    null,
                    type.radix());
        }
        return rows.toResultSet();
    }

    private static @Nullable String prefix(ColumnTypeInfo type) {
        return switch (type.name()) {
            case "VARCHAR" -> "'";
            case "VARBINARY" -> "X'";
            case "DATE", "TIME", "TIMESTAMP" -> type.name() + " '";
            default -> null;
        };
    }
}
