package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.RedisDatabase;
import io.rediscalcite.adapter.RedisSchema;
import io.rediscalcite.adapter.discovery.InferredTable;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.testing.RedisServerExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A model that is printed and loaded gives the tables that discovery gives. */
class ModelTextTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @TempDir
    Path folder;

    @BeforeEach
    void store() {
        redis.flush();
    }

    private static String model(String url) {
        ConnectionSpec spec = ConnectionSpec.parse(url, Map.of());
        try (RedisDatabase database = RedisDatabase.connect(spec)) {
            List<InferredTable> tables = new RedisSchema(database, List.of(), true).inferredTables();
            return ModelText.of(spec, tables);
        }
    }

    /** Every table's columns, as JDBC shows them. */
    private static List<String> columns(String url) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet rows = connection.getMetaData().getColumns(null, "redis", "%", "%")) {
            while (rows.next()) {
                columns.add(rows.getString("TABLE_NAME") + "." + rows.getString("COLUMN_NAME") + " "
                        + rows.getString("TYPE_NAME") + "(" + rows.getInt("COLUMN_SIZE") + ","
                        + rows.getInt("DECIMAL_DIGITS") + ") " + rows.getString("IS_NULLABLE"));
            }
        }
        return columns;
    }

    private String reload(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("model.json"), text);
        return redis.url() + "?model=" + file;
    }

    @Test
    void aLoadedModelGivesTheSameTables() throws Exception {
        redis.exec("HSET", "user:1", "name", "Ann", "Name", "x", "id", 5, "_ttl", "y", "two words", 1.5, "né\"e", 1);
        redis.exec("HSET", "user:2", "money", "12345678901234567890.5", "born", "1990-01-31", "ok", "true");
        redis.exec("SADD", "user:2:cart", "x");
        redis.exec("ZADD", "board:2024-01-31", 1, "x");
        redis.exec("RPUSH", "queue", "x");
        redis.exec("SET", "session:6fa459ea-ee8a-3ca4-894e-db77e160355e", "x");
        redis.exec(
                "JSON.SET", "doc:1:2", "$", "{\"a\":1,\"b c\":[1],\"at\":{\"city\":\"Rome\"},\"q\\\"\":1,\"s\":\"7\"}");
        redis.exec("JSON.SET", "list", "$", "[1]");
        redis.exec("XADD", "event:1", "1-1", "a", 1, "_id", "x");
        redis.exec("TS.CREATE", "temp:1", "LABELS", "site", "attic", "value", "v");
        redis.exec(
                "FT.CREATE", "idx:doc", "ON", "JSON", "PREFIX", 1, "doc:", "SCHEMA", "$.at.city", "AS", "city", "TAG");
        redis.exec("FT.CREATE", "idx:new", "PREFIX", 1, "new:", "SCHEMA", "n", "NUMERIC");
        List<String> found = columns(redis.url());
        assertTrue(found.contains("doc.city VARCHAR(10485760,0) YES") || found.size() > 40, found::toString);
        assertEquals(found, columns(reload(model(redis.url()))));
    }

    @Test
    void aValueOfEachColumnIsRead() throws Exception {
        redis.exec("HSET", "user:1", "id", 5, "Name", "Ann", "name", "x");
        try (Connection connection = DriverManager.getConnection(reload(model(redis.url())));
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT \"key_id\", \"id\", \"name\", \"name_2\" FROM \"user\"")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getLong(1));
            assertEquals(5, rows.getLong(2));
            assertEquals("Ann", rows.getString(3));
            assertEquals("x", rows.getString(4));
        }
    }

    @Test
    void commentsTellTheEvidenceAndNoPassword() {
        redis.exec("HSET", "user:1", "age", 41);
        redis.exec("SET", "odd{", "x");
        String model = model(redis.url() + "?password=&discoverSample=7");
        assertTrue(
                model.contains(
                        "{ \"name\": \"age\", \"type\": \"BIGINT\" }  // 1 values in 1 samples, fit: BIGINT 1, "),
                model);
        assertTrue(model.contains("// The keys of odd{ can't be written as a pattern: odd{"), model);
        assertFalse(model.contains("\"odd{\""), model);
    }

    @Test
    void aTableThatKeepsInferringHasNewColumns() throws Exception {
        redis.exec("HSET", "user:1", "age", 41);
        String model = model(redis.url()).replace("\"inferColumns\": false", "\"inferColumns\": true");
        redis.exec("HSET", "user:1", "email", "a@example.com");
        assertTrue(columns(reload(model)).stream().anyMatch(column -> column.startsWith("user.email ")));
    }
}
