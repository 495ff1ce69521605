package io.rediscalcite.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.calcite.config.NullCollation;
import org.jspecify.annotations.Nullable;

/** What tools ask about the database before they show it. */
final class RedisDatabaseMetaData extends FixedAnswers {
    private final RedisConnection connection;
    private final Catalog catalog;

    RedisDatabaseMetaData(RedisConnection connection) {
        super(connection);
        this.connection = connection;
        this.catalog = new Catalog(connection);
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getUserName() {
        return connection.userName();
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return connection.isReadOnly();
    }

    @Override
    public String getDatabaseProductVersion() {
        return connection.database().serverVersion();
    }

    @Override
    public int getDatabaseMajorVersion() {
        return serverVersion(0);
    }

    @Override
    public int getDatabaseMinorVersion() {
        return serverVersion(1);
    }

    private int serverVersion(int index) {
        String[] parts = connection.database().serverVersion().split("\\.", -1);
        return index < parts.length && parts[index].matches("\\d{1,9}") ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public boolean nullsAreSortedHigh() {
        return connection.config().defaultNullCollation() == NullCollation.HIGH;
    }

    @Override
    public boolean nullsAreSortedLow() {
        return connection.config().defaultNullCollation() == NullCollation.LOW;
    }

    @Override
    public boolean nullsAreSortedAtStart() {
        return connection.config().defaultNullCollation() == NullCollation.FIRST;
    }

    @Override
    public boolean nullsAreSortedAtEnd() {
        return connection.config().defaultNullCollation() == NullCollation.LAST;
    }

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return empty(MetadataShape.CATALOGS);
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return catalog.schemas(null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalogName, @Nullable String schemaPattern) throws SQLException {
        return catalog.schemas(schemaPattern);
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return catalog.tableTypes();
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            String @Nullable [] types)
            throws SQLException {
        return catalog.tables(schemaPattern, tablePattern, types);
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return catalog.columns(schemaPattern, tablePattern, columnPattern);
    }

    @Override
    public ResultSet getPrimaryKeys(@Nullable String catalogName, @Nullable String schema, String table)
            throws SQLException {
        return catalog.primaryKeys(schema, table);
    }

    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalogName, @Nullable String schema, String table, boolean unique, boolean approximate)
            throws SQLException {
        return catalog.indexes(schema, table, unique);
    }

    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalogName, @Nullable String schema, String table, int scope, boolean nullable)
            throws SQLException {
        return catalog.rowIdentifier(schema, table);
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return catalog.typeInfo();
    }

    @Override
    public ResultSet getVersionColumns(@Nullable String catalogName, @Nullable String schema, String table)
            throws SQLException {
        return empty(MetadataShape.ROW_IDENTIFIER);
    }

    @Override
    public ResultSet getImportedKeys(@Nullable String catalogName, @Nullable String schema, String table)
            throws SQLException {
        return empty(MetadataShape.FOREIGN_KEYS);
    }

    @Override
    public ResultSet getExportedKeys(@Nullable String catalogName, @Nullable String schema, String table)
            throws SQLException {
        return empty(MetadataShape.FOREIGN_KEYS);
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable)
            throws SQLException {
        return empty(MetadataShape.FOREIGN_KEYS);
    }

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalogName, @Nullable String schema, String table, @Nullable String columnPattern)
            throws SQLException {
        return empty(MetadataShape.COLUMN_PRIVILEGES);
    }

    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return empty(MetadataShape.TABLE_PRIVILEGES);
    }

    @Override
    public ResultSet getProcedures(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String procedurePattern)
            throws SQLException {
        return empty(MetadataShape.PROCEDURES);
    }

    @Override
    public ResultSet getFunctions(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String functionPattern)
            throws SQLException {
        return catalog.functions(functionPattern);
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String typePattern)
            throws SQLException {
        return empty(MetadataShape.SUPER_TYPES);
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return empty(MetadataShape.SUPER_TABLES);
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String procedurePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return empty(MetadataShape.PROCEDURE_COLUMNS);
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String functionPattern,
            @Nullable String columnPattern)
            throws SQLException {
        return empty(MetadataShape.FUNCTION_COLUMNS);
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return empty(MetadataShape.ATTRIBUTES);
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return empty(MetadataShape.PSEUDO_COLUMNS);
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            int @Nullable [] types)
            throws SQLException {
        return empty(MetadataShape.USER_TYPES);
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return catalog.clientInfo();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return Wrapping.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return Wrapping.is(this, type);
    }

    private ResultSet empty(MetadataShape shape) throws SQLException {
        return shape.rows(connection).toResultSet();
    }
}
