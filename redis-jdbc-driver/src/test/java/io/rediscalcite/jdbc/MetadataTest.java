package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MetadataTest {
    private static final ToyDatabase DATABASE = new ToyDatabase();
    private static Connection connection;
    private static DatabaseMetaData metadata;

    @BeforeAll
    static void connect() throws Exception {
        connection = DATABASE.connect();
        metadata = connection.getMetaData();
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    /** Columns {@code labels} of every row. */
    private static List<String> rows(ResultSet result, String... labels) throws SQLException {
        try (result) {
            Stream.Builder<String> rows = Stream.builder();
            while (result.next()) {
                String[] row = new String[labels.length];
                for (int i = 0; i < labels.length; i++) {
                    row[i] = result.getString(labels[i]);
                }
                rows.add(String.join("|", Arrays.asList(row)));
            }
            return rows.build().toList();
        }
    }

    /** Every method of the interface, with nulls, blanks and zeros. */
    @TestFactory
    Stream<DynamicTest> everyMethodAnswers() {
        return Arrays.stream(DatabaseMetaData.class.getMethods())
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> answers(method)));
    }

    private static Object blank(Class<?> type) {
        return type == int.class
                ? Integer.valueOf(0)
                : type == boolean.class ? (Object) false : type == Class.class ? Connection.class : null;
    }

    private static void answers(Method method) throws Exception {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(MetadataTest::blank)
                .toArray();
        try {
            Object answer = method.invoke(metadata, arguments);
            if (answer instanceof ResultSet result) {
                assertTrue(result.getMetaData().getColumnCount() > 0);
                result.close();
            }
        } catch (InvocationTargetException e) {
            assertTrue(
                    e.getCause() instanceof SQLException thrown && thrown.getSQLState() != null,
                    () -> "threw " + e.getCause());
        }
    }

    @Test
    void tables() throws Exception {
        assertEquals(
                List.of(
                        "redis|airline|TABLE|a toy",
                        "redis|endless|TABLE|null",
                        "redis|flight|TABLE|a toy",
                        "redis|queue|TABLE|a toy",
                        "redis|scores|TABLE|a toy"),
                rows(metadata.getTables(null, null, "%", null), "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"));
        assertEquals(List.of("flight"), rows(metadata.getTables(null, "redis", "FL_GHT", null), "TABLE_NAME"));
        assertEquals(List.of(), rows(metadata.getTables(null, "redis", "fl\\_ght", null), "TABLE_NAME"));
        assertEquals(List.of(), rows(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"));
        assertEquals(List.of("flight"), rows(metadata.getTables(null, null, "flight", new String[0]), "TABLE_NAME"));
        assertEquals(List.of("redis"), rows(metadata.getSchemas(), "TABLE_SCHEM"));
        assertEquals(List.of(), rows(metadata.getCatalogs(), "TABLE_CAT"));
        assertEquals(List.of("SYSTEM TABLE", "TABLE", "VIEW"), rows(metadata.getTableTypes(), "TABLE_TYPE"));
    }

    @Test
    void columns() throws Exception {
        assertEquals(
                List.of(
                        "_key|VARCHAR|12|2147483647|null|null|NO|1|the key",
                        "id|BIGINT|-5|19|0|10|YES|2|field id",
                        "carrier|VARCHAR|12|2147483647|null|null|YES|3|field carrier",
                        "delay|INTEGER|4|10|0|10|YES|4|field delay",
                        "price|DECIMAL|3|10|2|10|YES|5|field price",
                        "day|DATE|91|10|null|null|YES|6|field day",
                        "at|TIME|92|12|3|null|YES|7|field at",
                        "ts|TIMESTAMP|93|23|3|null|YES|8|field ts",
                        "raw|VARBINARY|-3|2147483647|null|null|YES|9|field raw",
                        "ok|BOOLEAN|16|1|null|null|YES|10|field ok",
                        "km|DOUBLE|8|15|null|10|YES|11|field km",
                        "_ttl|BIGINT|-5|19|0|10|YES|12|milliseconds until the key expires, NULL for never"),
                rows(
                        metadata.getColumns(null, null, "flight", null),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "DATA_TYPE",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "NUM_PREC_RADIX",
                        "IS_NULLABLE",
                        "ORDINAL_POSITION",
                        "REMARKS"));
        assertEquals(List.of("_key", "_ttl"), rows(metadata.getColumns(null, null, "flight", "\\_%"), "COLUMN_NAME"));
    }

    @Test
    void keys() throws Exception {
        assertEquals(
                List.of("_key|1|airline_pkey"),
                rows(metadata.getPrimaryKeys(null, null, "airline"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"));
        assertEquals(
                List.of("_key|1", "position|2"),
                rows(metadata.getPrimaryKeys(null, "redis", "queue"), "COLUMN_NAME", "KEY_SEQ"));
        assertEquals(
                List.of("scores_pkey|_key|1|false", "scores_pkey|member|2|false"),
                rows(
                        metadata.getIndexInfo(null, null, "scores", true, true),
                        "INDEX_NAME",
                        "COLUMN_NAME",
                        "ORDINAL_POSITION",
                        "NON_UNIQUE"));
        assertEquals(
                List.of("_key", "member"),
                rows(metadata.getBestRowIdentifier(null, null, "scores", 2, true), "COLUMN_NAME"));
    }

    @Test
    void whatTheDatabaseIs() throws Exception {
        assertAll(
                () -> assertEquals("Redis", metadata.getDatabaseProductName()),
                () -> assertEquals("7.4.1", metadata.getDatabaseProductVersion()),
                () -> assertEquals(7, metadata.getDatabaseMajorVersion()),
                () -> assertEquals(4, metadata.getDatabaseMinorVersion()),
                () -> assertTrue(
                        metadata.getDriverVersion().matches("\\d+\\.\\d+\\.\\d+.*"), metadata.getDriverVersion()),
                () -> assertEquals("sam", metadata.getUserName()),
                () -> assertEquals("jdbc:redis-sql://sam@toy:6379", metadata.getURL()),
                () -> assertEquals("\"", metadata.getIdentifierQuoteString()),
                () -> assertTrue(metadata.storesMixedCaseIdentifiers()),
                () -> assertFalse(metadata.supportsMixedCaseIdentifiers()),
                () -> assertTrue(metadata.nullsAreSortedHigh()),
                () -> assertFalse(metadata.isReadOnly()),
                () -> assertEquals(connection, metadata.getConnection()));
    }

    @Test
    void columnsOfAResult() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT f.carrier AS c, COUNT(*), price, price * 2 AS twice, 'x' AS x"
                                + " FROM flight f GROUP BY f.carrier, price")) {
            ResultSetMetaData columns = result.getMetaData();
            assertEquals(5, columns.getColumnCount());
            assertEquals("c", columns.getColumnLabel(1));
            assertEquals("carrier", columns.getColumnName(1));
            assertEquals("flight", columns.getTableName(1));
            assertEquals("redis", columns.getSchemaName(1));
            assertEquals("", columns.getTableName(2));
            assertTrue(columns.isWritable(1));
            assertTrue(columns.isReadOnly(2));
            assertEquals("BIGINT", columns.getColumnTypeName(2));
            assertEquals(10, columns.getPrecision(3));
            assertEquals(2, columns.getScale(3));
            assertEquals("java.math.BigDecimal", columns.getColumnClassName(4));
            assertEquals("VARCHAR", columns.getColumnTypeName(5));
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                assertTrue(columns.getColumnDisplaySize(i) > 0);
            }
        }
    }
}
