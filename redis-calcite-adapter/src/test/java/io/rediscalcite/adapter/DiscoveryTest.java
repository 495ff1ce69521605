package io.rediscalcite.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rediscalcite.adapter.discovery.InferredColumn;
import io.rediscalcite.adapter.discovery.InferredTable;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.adapter.model.DeclaredSchema;
import io.rediscalcite.adapter.model.SchemaParser;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DiscoveryTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static RedisDatabase database;

    @BeforeAll
    static void connect() {
        database = RedisDatabase.connect(ConnectionSpec.parse(redis.url(), Map.of()));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        redis.flush();
    }

    private static List<InferredTable> tables() {
        return new RedisSchema(database, List.of(), true).inferredTables();
    }

    /** Each table as {@code name: type pattern}. */
    private static List<String> names() {
        return tables().stream()
                .map(table -> table.definition().name() + ": "
                        + table.definition().type().modelName() + " "
                        + table.definition().key())
                .toList();
    }

    private static InferredTable table(String name) {
        return table(tables(), name);
    }

    private static InferredTable table(List<InferredTable> tables, String name) {
        return tables.stream()
                .filter(table -> table.definition().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table " + name));
    }

    /** The columns as {@code name TYPE}, without {@code _key} and {@code _ttl}. */
    private static List<String> columns(InferredTable table) {
        return table.definition().columns().stream()
                .filter(column ->
                        !column.name().equals("_key") && !column.name().equals("_ttl"))
                .map(column -> column.name() + " " + column.type())
                .toList();
    }

    private static InferredColumn column(InferredTable table, String name) {
        return table.columns().stream()
                .filter(column -> column.column().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no column " + name));
    }

    private static InferredTable declared(String table) throws JsonProcessingException {
        Object operand = new ObjectMapper().readValue(table, Map.class);
        DeclaredSchema schema = SchemaParser.parse("redis", Map.of("tables", List.of(operand)), database.spec());
        return new RedisSchema(database, schema.tables(), false)
                .inferredTables()
                .get(0);
    }

    @Test
    void typesThatShareAPatternAreTablesOfTheirOwn() {
        for (int i = 0; i < 60; i++) {
            redis.exec("HSET", "user:" + i, "name", "n" + i, "age", i);
        }
        redis.exec("SADD", "user:x1", "a");
        redis.exec("SADD", "user:x2", "a");
        redis.exec("SET", "user:y", "a");
        redis.exec("JSON.SET", "user:z", "$", "{\"a\":1}");
        assertEquals(
                List.of(
                        "user: hash user:{id}",
                        "user_json: json user:{id}",
                        "user_set: set user:{id}",
                        "user_string: string user:{id}"),
                names());
        assertEquals(List.of("id VARCHAR", "name VARCHAR", "age BIGINT"), columns(table("user")));
        assertEquals(List.of("id VARCHAR", "a BIGINT"), columns(table("user_json")));
    }

    @Test
    void patternsOfNumbersUuidsUlidsAndLoneKeys() {
        redis.exec("HSET", "user:1", "name", "a");
        redis.exec("SADD", "user:2:cart", "x");
        redis.exec("SET", "session:6fa459ea-ee8a-3ca4-894e-db77e160355e", "x");
        redis.exec("SET", "order:01ARZ3NDEKTSV4RRFFQ69G5FAV", "x");
        redis.exec("HSET", "weather:2013-01-31", "temp", "1.5");
        redis.exec("SET", "settings", "x");
        redis.exec("SET", "{7}:tagged", "x");
        redis.exec("SET", "", "x");
        redis.exec("SET", ":", "x");
        assertEquals(
                List.of(
                        "keys: string ",
                        "keys_2: string :",
                        "order: string order:{id}",
                        "session: string session:{id}",
                        "settings: string settings",
                        "tagged: string {id}:tagged",
                        "user: hash user:{id}",
                        "user_cart: set user:{id}:cart",
                        "weather: hash weather:{id}"),
                names());
        assertEquals(List.of("id DATE", "temp DOUBLE"), columns(table("weather")));
        assertEquals(List.of("id BIGINT", "member VARCHAR"), columns(table("user_cart")));
    }

    @Test
    void namesThatCollideGetNumbers() {
        redis.exec("SET", "a_b:1", "x");
        redis.exec("SET", "a:b:1", "x");
        redis.exec("SET", "A:B:1", "x");
        redis.exec("SET", "redis:columns:1", "x");
        assertEquals(
                List.of(
                        "A_B: string A:B:{id}",
                        "a_b_2: string a:b:{id}",
                        "a_b_3: string a_b:{id}",
                        "redis_columns_2: string redis:columns:{id}"),
                names());
    }

    @Test
    void aDocumentsMembersAreColumns() {
        redis.exec(
                "JSON.SET",
                "doc:1",
                "$",
                "{\"n\":1,\"d\":1.5,\"s\":\"x\",\"zip\":\"12345\",\"day\":\"2020-01-31\",\"b\":true,\"o\":{\"x\":1},"
                        + "\"l\":[1],\"mixed\":1,\"none\":null,\"two words\":2,\"big\":9223372036854775807}");
        redis.exec("JSON.SET", "doc:2", "$", "{\"n\":2,\"mixed\":[1],\"late\":\"x\"}");
        redis.exec("JSON.SET", "doc:3", "$", "[1,2]");
        InferredTable doc = table("doc");
        assertEquals(
                List.of(
                        "b BOOLEAN",
                        "big BIGINT",
                        "d DOUBLE",
                        "day DATE",
                        "id BIGINT",
                        "l JSON",
                        "late VARCHAR",
                        "mixed JSON",
                        "n BIGINT",
                        "none VARCHAR",
                        "o JSON",
                        "s VARCHAR",
                        "two words BIGINT",
                        "zip VARCHAR"),
                columns(doc).stream().sorted().toList());
        assertEquals(
                "JsonPath[path=$[\"two words\"]]",
                column(doc, "two words").column().source().toString());
        InferredColumn n = column(doc, "n");
        assertEquals("[2, 2, 0, 0.75]", sampled(n));
        assertEquals("[2, 1, 1, 0.6666666666666666]", sampled(column(doc, "d")));
        assertEquals("[2, 0, 2, 1.0]", sampled(column(doc, "none")));
    }

    private static String sampled(InferredColumn column) {
        return List.of(
                        column.sampled().samples(),
                        column.sampled().valid(),
                        column.sampled().nulls(),
                        column.confidence())
                .toString();
    }

    @Test
    void documentsThatAreNoObjectsAreShownWhole() {
        redis.exec("JSON.SET", "list:1", "$", "[1,2]");
        assertEquals(List.of("id BIGINT", "_document JSON"), columns(table("list")));
    }

    @Test
    void streamsHaveTheFieldsOfTheirFirstAndLastEntries() {
        for (int i = 0; i < 1000; i++) {
            redis.exec("XADD", "event:1", i + 1 + "-0", i < 500 ? "old" : "new", i, "both", "x" + i);
        }
        assertEquals(
                List.of(
                        "id BIGINT",
                        "_id VARCHAR",
                        "_ts TIMESTAMP",
                        "_seq BIGINT",
                        "old BIGINT",
                        "both VARCHAR",
                        "new BIGINT"),
                columns(table("event")));
        assertEquals(100, column(table("event"), "both").sampled().samples());
    }

    @Test
    void seriesHaveTheirLabels() {
        redis.exec("TS.CREATE", "sensor:1", "LABELS", "site", "attic", "floor", 3);
        redis.exec("TS.CREATE", "sensor:2", "LABELS", "site", "cellar");
        assertEquals(
                List.of("id BIGINT", "_ts TIMESTAMP", "value DOUBLE", "floor BIGINT", "site VARCHAR"),
                columns(table("sensor")).stream()
                        .sorted((a, b) -> a.startsWith("site") ? 1 : b.startsWith("site") ? -1 : 0)
                        .toList());
    }

    @Test
    void giantKeysAreLeftOut() {
        redis.exec("HSET", "blob:1", "small", 1);
        redis.exec("HSET", "blob:2", "huge", "x".repeat(3 << 20));
        List<Object[]> fields = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            fields.add(new Object[] {"HSET", "blob:3", "field" + i, i});
        }
        redis.pipeline(fields);
        assertEquals(List.of("id BIGINT", "small BIGINT"), columns(table("blob")));
    }

    @Test
    void anIndexAddsWhatNoSampledKeyHas() {
        redis.exec("HSET", "item:1", "price", "12", "vec", "abcd");
        redis.exec(
                "FT.CREATE",
                "idx:item",
                "ON",
                "HASH",
                "PREFIX",
                1,
                "item:",
                "SCHEMA",
                "price",
                "NUMERIC",
                "tag",
                "TAG",
                "weight",
                "NUMERIC",
                "vec",
                "VECTOR",
                "FLAT",
                6,
                "TYPE",
                "FLOAT32",
                "DIM",
                1,
                "DISTANCE_METRIC",
                "L2");
        InferredTable item = table("item");
        assertEquals(
                List.of("id BIGINT", "price BIGINT", "vec VARBINARY", "tag VARCHAR", "weight DOUBLE"), columns(item));
        assertEquals("idx:item", column(item, "weight").index());
        assertEquals(0.5, column(item, "weight").confidence());
        assertEquals(InferredColumn.Origin.SAMPLE, column(item, "price").origin());
        assertEquals(
                "hash item:{id}, found by sampling keys, described by the search index idx:item",
                item.definition().remarks());
    }

    @Test
    void anIndexOfDocumentsAddsNestedPaths() {
        redis.exec("JSON.SET", "shop:1", "$", "{\"at\":{\"city\":\"Paris\",\"no\":7},\"tags\":[\"a\"]}");
        redis.exec(
                "FT.CREATE",
                "idx:shop",
                "ON",
                "JSON",
                "PREFIX",
                1,
                "shop:",
                "SCHEMA",
                "$.at.city",
                "AS",
                "city",
                "TAG",
                "$.at.no",
                "NUMERIC",
                "$.at.zip",
                "AS",
                "zip",
                "TEXT",
                "$.tags[*]",
                "AS",
                "tags",
                "TAG");
        assertEquals(
                List.of("id BIGINT", "at JSON", "tags JSON", "city VARCHAR", "at_no BIGINT", "zip VARCHAR"),
                columns(table("shop")));
    }

    @Test
    void anIndexWithoutKeysIsATable() {
        redis.exec("FT.CREATE", "idx:u", "PREFIX", 1, "user:", "SCHEMA", "name", "TEXT", "age", "NUMERIC");
        redis.exec("FT.CREATE", "idx:v", "ON", "JSON", "PREFIX", 1, "v", "SCHEMA", "$.x", "AS", "y", "NUMERIC");
        assertEquals(List.of("user: hash user:{id}", "v: json v*"), names());
        assertEquals(List.of("id VARCHAR", "name VARCHAR", "age DOUBLE"), columns(table("user")));
        assertEquals(List.of("x DOUBLE"), columns(table("v")));
    }

    @Test
    void anIndexOverSeveralTablesAddsNothing() {
        redis.exec("HSET", "a:1", "x", 1);
        redis.exec("HSET", "b:1", "x", 1);
        redis.exec("FT.CREATE", "idx", "PREFIX", 2, "a:", "b:", "SCHEMA", "y", "TAG");
        assertEquals(List.of("id BIGINT", "x BIGINT"), columns(table("a")));
        assertEquals(List.of("id BIGINT", "x BIGINT"), columns(table("b")));
    }

    @Test
    void aModelOverridesColumnByColumn() throws Exception {
        redis.exec("HSET", "flight:1", "carrier", "UA", "arr_delay", 5, "day", "2013-01-31");
        assertEquals(
                List.of("id VARCHAR", "delay INTEGER", "carrier VARCHAR", "day DATE"),
                columns(
                        declared(
                                """
                        {"name": "f", "type": "hash", "key": "flight:{id}", "inferColumns": true,
                         "columns": [{"name": "delay", "type": "INTEGER", "field": "arr_delay"}]}""")));
        assertEquals(
                List.of("id INTEGER", "date DATE", "carrier VARCHAR", "arr_delay BIGINT"),
                columns(
                        declared(
                                """
                        {"name": "f", "type": "hash", "key": "flight:{id}", "inferColumns": true,
                         "columns": [{"name": "id", "type": "INTEGER"}, {"name": "date", "field": "day"}]}""")));
        assertEquals(
                List.of("id VARCHAR", "date VARCHAR"),
                columns(
                        declared(
                                """
                        {"name": "f", "type": "hash", "key": "flight:{id}",
                         "columns": [{"name": "date", "field": "day"}]}""")));
    }

    @Test
    void aDeclaredTableGetsItsIndexsAttributes() throws Exception {
        redis.exec("HSET", "p:1", "x", 1);
        redis.exec("FT.CREATE", "idx:p", "PREFIX", 1, "p:", "SCHEMA", "y", "TAG");
        String table = "{\"name\": \"p\", \"type\": \"hash\", \"key\": \"p:{id}\"%s}";
        assertEquals(List.of("id VARCHAR", "x BIGINT", "y VARCHAR"), columns(declared(table.formatted(""))));
        assertEquals(List.of("id VARCHAR", "x BIGINT"), columns(declared(table.formatted(", \"index\": \"none\""))));
    }

    @Test
    void aMillionKeysInTwentyPatternsAreFewCommands() throws Exception {
        for (int pattern = 0; pattern < 20; pattern++) {
            List<Object[]> commands = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                commands.add(new Object[] {"HSET", "table" + pattern + ":" + i, "a", i});
            }
            redis.pipeline(commands);
        }
        CommandCounter counter = new CommandCounter(redis);
        List<InferredTable> found = new ArrayList<>();
        Map<String, Long> sent = counter.during(() -> found.addAll(tables()));
        assertEquals(20, found.size());
        assertTrue(sent.get("scan") <= 210, sent::toString);
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        assertTrue(all < 4500, sent::toString);
        assertEquals(
                List.of("id BIGINT, a BIGINT"),
                found.stream()
                        .map(table -> String.join(", ", columns(table)))
                        .distinct()
                        .toList());
    }
}
