package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What DBeaver's generic driver calls when it connects, browses, opens a table, edits it, cancels and exports, with the columns it reads. */
class DbeaverCallsIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeAll
    static void load() {
        redis.exec("FT.CREATE", "idx:item", "ON", "HASH", "PREFIX", "1", "item:", "SCHEMA", "v", "NUMERIC");
        Items.load(redis, 1000);
    }

    /** Every row of the answer, all its columns read by name; what {@code shown} has in each row. */
    private static List<String> read(ResultSet answer, String shown, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (answer) {
            while (answer.next()) {
                for (String column : columns) {
                    answer.getObject(column);
                }
                rows.add(answer.getString(shown));
            }
        }
        return rows;
    }

    private static Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "");
        properties.setProperty("password", "");
        return DriverManager.getConnection(redis.url(), properties);
    }

    @Test
    void connectsAndBrowses() throws Exception {
        try (Connection connection = connect()) {
            connection.setClientInfo("ApplicationName", "DBeaver 24 - Main");
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals("Redis", metadata.getDatabaseProductName());
            assertNotNull(metadata.getDatabaseProductVersion());
            assertNotNull(metadata.getDriverName() + metadata.getDriverVersion());
            assertEquals("\"", metadata.getIdentifierQuoteString());
            assertEquals("\\", metadata.getSearchStringEscape());
            assertEquals(".", metadata.getCatalogSeparator());
            assertFalse(metadata.isReadOnly());
            assertFalse(metadata.supportsTransactions());
            assertNotNull(metadata.getSQLKeywords() + metadata.getStringFunctions());
            assertTrue(metadata.supportsSchemasInDataManipulation());
            assertEquals(List.of(), read(metadata.getCatalogs(), "TABLE_CAT"));
            assertTrue(read(metadata.getSchemas(), "TABLE_SCHEM", "TABLE_CATALOG")
                    .containsAll(List.of("redis", "system")));
            assertEquals("redis", connection.getSchema());
            assertNull(connection.getCatalog());
            assertTrue(read(metadata.getTableTypes(), "TABLE_TYPE").contains("TABLE"));
            assertTrue(read(
                            metadata.getTypeInfo(),
                            "TYPE_NAME",
                            "DATA_TYPE",
                            "PRECISION",
                            "LITERAL_PREFIX",
                            "LITERAL_SUFFIX",
                            "NULLABLE",
                            "CASE_SENSITIVE",
                            "SEARCHABLE",
                            "UNSIGNED_ATTRIBUTE",
                            "FIXED_PREC_SCALE",
                            "AUTO_INCREMENT",
                            "MINIMUM_SCALE",
                            "MAXIMUM_SCALE",
                            "NUM_PREC_RADIX")
                    .contains("VARCHAR"));
            assertEquals(
                    List.of("item"),
                    read(
                            metadata.getTables(null, "redis", "item", null),
                            "TABLE_NAME",
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_TYPE",
                            "REMARKS",
                            "TYPE_CAT",
                            "TYPE_SCHEM",
                            "TYPE_NAME",
                            "SELF_REFERENCING_COL_NAME",
                            "REF_GENERATION"));
            read(
                    metadata.getProcedures(null, "redis", "%"),
                    "PROCEDURE_NAME",
                    "PROCEDURE_TYPE",
                    "REMARKS",
                    "SPECIFIC_NAME");
            assertTrue(read(
                            metadata.getFunctions(null, "redis", "%"),
                            "FUNCTION_NAME",
                            "FUNCTION_TYPE",
                            "REMARKS",
                            "SPECIFIC_NAME")
                    .contains("redis_refresh"));
            assertTrue(connection.isValid(5));
        }
    }

    @Test
    void opensATable() throws Exception {
        try (Connection connection = connect()) {
            DatabaseMetaData metadata = connection.getMetaData();
            assertEquals(
                    List.of("_key", "id", "v", "name", "_ttl"),
                    read(
                            metadata.getColumns(null, "redis", "item", "%"),
                            "COLUMN_NAME",
                            "TABLE_NAME",
                            "DATA_TYPE",
                            "SOURCE_DATA_TYPE",
                            "TYPE_NAME",
                            "COLUMN_SIZE",
                            "NULLABLE",
                            "DECIMAL_DIGITS",
                            "NUM_PREC_RADIX",
                            "COLUMN_DEF",
                            "REMARKS",
                            "CHAR_OCTET_LENGTH",
                            "ORDINAL_POSITION",
                            "IS_NULLABLE",
                            "IS_AUTOINCREMENT",
                            "IS_GENERATEDCOLUMN"));
            assertEquals(
                    List.of("_key"),
                    read(metadata.getPrimaryKeys(null, "redis", "item"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
            assertEquals(
                    List.of("item_pkey", "idx:item"),
                    read(
                            metadata.getIndexInfo(null, "redis", "item", false, true),
                            "INDEX_NAME",
                            "NON_UNIQUE",
                            "INDEX_QUALIFIER",
                            "TYPE",
                            "ORDINAL_POSITION",
                            "COLUMN_NAME",
                            "ASC_OR_DESC",
                            "CARDINALITY",
                            "PAGES",
                            "FILTER_CONDITION"));
            read(metadata.getImportedKeys(null, "redis", "item"), "FK_NAME", "PKTABLE_NAME", "KEY_SEQ");
            read(metadata.getExportedKeys(null, "redis", "item"), "FK_NAME", "FKTABLE_NAME", "KEY_SEQ");
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(200);
                statement.setMaxRows(200);
                assertTrue(statement.execute("SELECT x.* FROM redis.item x"));
                assertEquals(-1, statement.getUpdateCount());
                ResultSet rows = statement.getResultSet();
                ResultSetMetaData columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    // A grid can be edited where its cells say which table and column they are of.
                    assertEquals("item", columns.getTableName(i));
                    assertEquals("redis", columns.getSchemaName(i));
                    assertEquals("", columns.getCatalogName(i));
                    assertEquals(columns.getColumnLabel(i), columns.getColumnName(i));
                    assertFalse(columns.isReadOnly(i) || columns.isAutoIncrement(i));
                    assertTrue(columns.getPrecision(i) >= 0 && columns.getScale(i) >= 0);
                    assertNotNull(columns.getColumnTypeName(i) + columns.getColumnClassName(i));
                }
                int count = 0;
                while (rows.next()) {
                    count++;
                    rows.getObject(1);
                }
                assertEquals(200, count);
                assertFalse(statement.getMoreResults());
                assertEquals(-1, statement.getUpdateCount());
                assertNull(statement.getWarnings());
            }
        }
    }

    /** What the grid shows of a row. */
    private static String row(Connection connection, String key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, v, name FROM redis.item WHERE \"_key\" = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) + "|" + rows.getString(2) + "|" + rows.getString(3) : "none";
            }
        }
    }

    private static void changesOneRow(PreparedStatement statement) throws SQLException {
        assertFalse(statement.execute());
        assertEquals(1, statement.getUpdateCount());
        assertNull(statement.getWarnings());
    }

    /** The statements that the grid sends: quoted where a name needs it, with the primary key's columns as their condition. */
    @Test
    void editsCellsAndRows() throws Exception {
        try (Connection connection = connect()) {
            assertTrue(connection.getAutoCommit());
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE redis.item\n\tSET name=?,v=?\n\tWHERE \"_key\"=?",
                    ResultSet.TYPE_FORWARD_ONLY,
                    ResultSet.CONCUR_READ_ONLY)) {
                update.setString(1, "edited");
                update.setLong(2, 77_777);
                update.setString(3, "item:7");
                changesOneRow(update);
            }
            assertEquals("7|77777|edited", row(connection, "item:7"));
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE redis.item\n\tSET name=?\n\tWHERE \"_key\"=?", Statement.RETURN_GENERATED_KEYS)) {
                update.setNull(1, Types.VARCHAR);
                update.setString(2, "item:7");
                changesOneRow(update);
                assertEquals(List.of(), read(update.getGeneratedKeys(), "GENERATED_KEY"));
            }
            assertEquals("7|77777|null", row(connection, "item:7"));
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO redis.item\n(id, v, name)\nVALUES(?, ?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setLong(1, 5001);
                insert.setLong(2, 1);
                insert.setString(3, "new");
                changesOneRow(insert);
            }
            assertEquals("5001|1|new", row(connection, "item:5001"));
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM redis.item\n\tWHERE \"_key\"=?")) {
                delete.setString(1, "item:5001");
                changesOneRow(delete);
            }
            assertEquals("none", row(connection, "item:5001"));
        } finally {
            Items.load(redis, 10);
        }
    }

    /** The button, which calls from a thread of its own; then the next query on the same connection. */
    @Test
    void cancels() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<String> failure = CompletableFuture.supplyAsync(() -> {
                try {
                    return "answered " + statement.execute("SELECT COUNT(*) FROM item a, item b, item c, item d");
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            while (!failure.isDone()) {
                // A cancel that comes before the statement runs is for nothing.
                statement.cancel();
            }
            assertEquals("57014", failure.get());
            assertEquals("1|1|n1", row(connection, "item:1"));
        }
    }

    /** Row by row, with what is fetched ahead bounded by the fetch size. */
    @Test
    void exports() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM redis.item")) {
                assertTrue(count.next());
                assertEquals(1000, count.getLong(1));
            }
            statement.setFetchSize(50);
            Map<String, Long> sent = new CommandCounter(redis).during(() -> {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM redis.item")) {
                    assertTrue(rows.next());
                }
            });
            assertTrue(sent.get("hmget") <= 5 * 50, sent.toString());
            statement.setFetchSize(10_000);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM redis.item ORDER BY v")) {
                for (int i = 1; i <= 1000; i++) {
                    assertTrue(rows.next());
                    assertEquals("item:" + i, rows.getObject("_key"));
                    assertEquals((long) i, rows.getObject("v"));
                    assertNull(rows.getObject("_ttl"));
                }
                assertFalse(rows.next());
            }
        }
    }
}
