package io.rediscalcite.adapter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.model.JsonView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaParserTest {
    private static final ObjectMapper JSON = new ObjectMapper().configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true);

    @SuppressWarnings("unchecked")
    private static Map<String, Object> operands(String json) {
        try {
            return JSON.readValue(json, Map.class);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static DeclaredSchema parse(String json) {
        return SchemaParser.parse("redis", operands(json));
    }

    private static String refusal(Map<String, Object> operands) {
        RedisSqlException refused =
                assertThrows(RedisSqlException.class, () -> SchemaParser.parse("redis", operands), operands::toString);
        assertEquals(SqlState.INVALID_STATEMENT, refused.state());
        return String.valueOf(refused.getMessage());
    }

    /** The refusal, which in a model file also names that file and the line, and nothing else is different. */
    private static String refusalInFile(String json, Path folder) {
        String plain = refusal(operands(json));
        try {
            Path file = Files.writeString(
                    folder.resolve("model.json"),
                    "{ 'version': '1.0',\n 'schemas': [ {'name': 'redis',\n 'operand':\n" + json + "} ] }");
            Map<String, Object> operands = operands(json);
            operands.put("modelUri", file.toString());
            int path = plain.indexOf(": ", plain.indexOf(", ") + 2);
            int end = path < 0 ? plain.indexOf(": ") : path;
            assertEquals(
                    plain.substring(0, end) + " (line 4 of " + file + ")" + plain.substring(end), refusal(operands));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return plain;
    }

    private static DeclaredTable table(String json) {
        return parse("{'tables': [" + json + "]}").tables().get(0);
    }

    @Test
    void readsTheModelOfTheContract() {
        DeclaredSchema schema = parse(
                """
                { 'url': 'jdbc:redis-sql://localhost:6380', 'discover': false, 'batchSize': 50, 'onBadValue': 'null',
                  'tables': [
                    { 'name': 'flights', 'type': 'hash', 'key': 'flight:{id}',
                      'columns': [ { 'name': 'id', 'type': 'BIGINT' },
                                   { 'name': 'carrier', 'type': 'VARCHAR' },
                                   { 'name': 'delay', 'type': 'INTEGER', 'field': 'arr_delay' } ],
                      'index': 'idx:flights', 'systemColumns': ['_slot'] },
                    { 'name': 'planes', 'type': 'json', 'key': 'plane:{tailnum}',
                      'columns': [ { 'name': 'tailnum' },
                                   { 'name': 'engines', 'type': 'INTEGER', 'path': '$.spec.engines' } ] },
                    { 'name': 'airlines', 'type': 'STRING', 'key': 'airline:{carrier}', 'valueType': 'VARCHAR' } ] }
                """);

        assertEquals(
                List.of(new Endpoint("localhost", 6380)), schema.connection().endpoints());
        assertFalse(schema.connection().discover());
        assertEquals(50, schema.connection().batchSize());
        assertEquals(ConnectionSpec.OnBadValue.NULL, schema.connection().onBadValue());
        assertEquals(
                List.of("flights", "planes", "airlines"),
                schema.tables().stream().map(DeclaredTable::name).toList());
        DeclaredTable flights = schema.tables().get(0);
        assertEquals(TableType.HASH, flights.type());
        assertEquals(KeyPattern.parse("flight:{id}", ":"), flights.key());
        assertEquals(
                List.of(
                        new DeclaredColumn("id", ColumnType.BIGINT, null, null, null),
                        new DeclaredColumn("carrier", ColumnType.VARCHAR, null, null, null),
                        new DeclaredColumn("delay", ColumnType.of(ColumnType.Kind.INTEGER), "arr_delay", null, null)),
                flights.columns());
        assertEquals("idx:flights", flights.index());
        assertEquals(List.of(SystemColumn.SLOT), flights.systemColumns());
        DeclaredTable airlines = schema.tables().get(2);
        assertEquals(ColumnType.VARCHAR, airlines.valueType());
        assertNull(airlines.columns());
        assertNull(airlines.index());
    }

    @Test
    void aSchemaThatDeclaresNothingDiscoversOnLocalhost() {
        DeclaredSchema schema = parse("{}");

        assertEquals(
                List.of(new Endpoint("localhost", 6379)), schema.connection().endpoints());
        assertTrue(schema.connection().discover());
        assertTrue(schema.tables().isEmpty());
        assertFalse(parse("{'tables': [{'name': 't', 'type': 'hash', 'key': 't:{id}'}]}")
                .connection()
                .discover());
        assertTrue(parse("{'discover': 'true', 'tables': [{'name': 't', 'type': 'hash', 'key': 't:{id}'}]}")
                .connection()
                .discover());
    }

    @Test
    void whatCalciteAddsToTheOperandsIsNoMistake() {
        Map<String, Object> operands = new LinkedHashMap<>();
        operands.put("modelUri", "model.json");
        operands.put("baseDirectory", new java.io.File("."));
        operands.put("tables", List.of(new JsonView("v", null, "select 1", null, null)));

        assertTrue(SchemaParser.parse("redis", operands).tables().isEmpty());
    }

    @Test
    void theDriversUrlWinsOverTheOperands() {
        ConnectionSpec driver =
                ConnectionSpec.parse("jdbc:redis-sql://new:2?batchSize=7&model=m.json", Map.of("user", "bob"));
        DeclaredSchema schema = SchemaParser.parse(
                "redis",
                operands("{'url': 'jdbc:redis-sql://a:b@old:1', 'batchSize': 5, 'keySeparator': '/', 'tables': "
                        + "[{'name': 't', 'type': 'hash', 'key': 't/{id}'}]}"),
                driver);

        assertEquals(List.of(new Endpoint("new", 2)), schema.connection().endpoints());
        assertEquals("bob", schema.connection().user());
        assertNull(schema.connection().password());
        assertEquals(7, schema.connection().batchSize());
        assertEquals("/", schema.tables().get(0).key().separator());
        assertFalse(schema.connection().discover());
    }

    @Test
    void theModeOfAnOperandChoosesTheDefaultPort() {
        DeclaredSchema schema = parse("{'url': 'jdbc:redis-sql://h', 'mode': 'sentinel', 'masterName': 'm'}");

        assertEquals(List.of(new Endpoint("h", 26379)), schema.connection().endpoints());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT | INTEGER",
                "integer | INTEGER",
                "Bigint | BIGINT",
                "' decimal ( 10 , 2 ) ' | DECIMAL(10, 2)",
                "NUMERIC(5) | DECIMAL(5, 0)",
                "DECIMAL | DECIMAL(38, 18)",
                "double  precision | DOUBLE",
                "FLOAT | DOUBLE",
                "REAL | REAL",
                "varchar(20) | VARCHAR",
                "TEXT | VARCHAR",
                "bool | BOOLEAN",
                "TIMESTAMP(3) | TIMESTAMP",
                "TIME(0) | TIME",
                "VARBINARY(16) | VARBINARY",
                "json | JSON",
                "date | DATE",
                "TINYINT | TINYINT",
                "DECIMAL(38,38) | DECIMAL(38, 38)"
            })
    void readsColumnTypes(String text, String type) {
        assertEquals(type, ColumnType.parse(text).toString());
        assertEquals(
                ColumnType.parse(type), ColumnType.parse(ColumnType.parse(text).toString()));
    }

    @Test
    void readsTheFurtherEntriesOfAColumn() {
        DeclaredTable table = table("{'name': 't', 'type': 'stream', 'key': 's:{at}', 'columns': ["
                + "{'name': 'at', 'type': 'DATE', 'format': 'yyyyMMdd'},"
                + "{'name': 'sent', 'type': 'TIMESTAMP', 'field': 'at', 'format': 'epoch_millis'}]}");

        assertEquals(
                List.of(
                        new DeclaredColumn("at", ColumnType.of(ColumnType.Kind.DATE), null, null, "yyyyMMdd"),
                        new DeclaredColumn(
                                "sent", ColumnType.of(ColumnType.Kind.TIMESTAMP), "at", null, "epoch_millis")),
                table.columns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tabels': []} | tabels: there is no operand 'tabels' here; closest valid names: tables",
                "{'model': 'x'} | model: there is no operand 'model' here",
                "{'url': 7} | url: expected a string, found the number 7",
                "{'url': 'jdbc:redis-sql://h:x'} | url: The URL's host 'h' has the port 'x'",
                "{'url': 'jdbc:redis-sql://h?batchsize=1'} | url: There is no connection property 'batchsize'; closest"
                        + " valid names: batchSize",
                "{'batchSize': 0} | batchSize: the connection property batchSize can't be '0': expected an integer"
                        + " from 1 to 1000000",
                "{'batchSize': [1]} | batchSize: expected a string, a number, true or false, found a list",
                "{'password': {}} | password: expected a string, a number, true or false, found an object",
                "{'tls': null} | tls: expected a string, a number, true or false, found null",
                "{'tables': {}} | tables: expected a list, found an object",
                "{'tables': ['x']} | tables[0]: expected an object, found the string 'x'",
                "{'tables': [null]} | tables[0]: expected a value, found null",
                "{'tables': [{}]} | tables[0]: 'name' is missing: expected the table's name"
            })
    void everyMistakeOfTheSchemaIsNamedWithItsPlace(String json, String message, @TempDir Path folder) {
        String refusal = refusalInFile(json, folder);

        assertTrue(refusal.startsWith("Schema 'redis', " + message), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name': '', 'type': 'hash', 'key': 'k'} | .name: 'name' is empty: expected the table's name",
                "{'name': 5, 'type': 'hash', 'key': 'k'} | .name: expected a string, found the number 5",
                "{'name': 't', 'key': 'k'} | : 'type' is missing: expected one of hash, json, string, set, list, zset,"
                        + " stream, timeseries",
                "{'name': 't', 'type': 'hahs', 'key': 'k'} | .type: 'hahs' is no table type: expected one of hash,"
                        + " json",
                "{'name': 't', 'type': 'hash'} | : 'key' is missing: expected which keys are rows, such as"
                        + " \"flight:{id}\"",
                "{'name': 't', 'type': 'hash', 'key': 'k:{id'} | .key: key pattern 'k:{id' has a { without a }",
                "{'name': 't', 'type': 'hash', 'key': '{a}{b}'} | .key: key pattern '{a}{b}' has no text between",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'colums': []} | .colums: there is no operand 'colums' here;"
                        + " closest valid names: columns",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'columns': {}} | .columns: expected a list, found an object",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'columns': 'a'} | .columns: expected a list, found the"
                        + " string 'a'",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'columns': [7]} | .columns[0]: expected an object, found"
                        + " the number 7",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'columns': null} | .columns: expected a list, found null",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'valueType': 'INT'} | .valueType: a hash table has no"
                        + " valueType; a string table has",
                "{'name': 't', 'type': 'string', 'key': 'k', 'valueType': 'INTT'} | .valueType: 'INTT' is no column"
                        + " type: expected one of BOOLEAN, TINYINT",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'index': ''} | .index: 'index' is empty: expected a search"
                        + " index's name, or \"none\"",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'systemColumns': '_slot'} | .systemColumns: expected a"
                        + " list, found the string '_slot'",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'systemColumns': ['_slots']} | .systemColumns[0]: a hash"
                        + " table has no system column '_slots': expected one of _slot, _node, _memory, _idle",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'systemColumns': ['_document']} | .systemColumns[0]: a hash"
                        + " table has no system column '_document'",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'systemColumns': [1]} | .systemColumns[0]: expected a"
                        + " string, found the number 1",
                "{'name': 't', 'type': 'hash', 'key': 'k', 'systemColumns': ['_slot', '_slot']} | .systemColumns[1]:"
                        + " the system column '_slot' is there twice"
            })
    void everyMistakeOfATableIsNamedWithItsPlace(String json, String message, @TempDir Path folder) {
        String refusal = refusalInFile("{'tables': [" + json + "]}", folder);

        assertTrue(refusal.startsWith("Schema 'redis', tables[0]" + message), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hash | {'type': 'INT'} | : 'name' is missing: expected the column's name",
                "hash | {'name': 'c', 'typ': 'INT'} | .typ: there is no operand 'typ' here; closest valid names: type",
                "hash | {'name': 'c', 'type': 'INTEGR'} | .type: 'INTEGR' is no column type: expected one of BOOLEAN,"
                        + " TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL(p, s), VARCHAR, VARBINARY, DATE,"
                        + " TIME, TIMESTAMP, JSON; closest valid names: INTEGER",
                "hash | {'name': 'c', 'type': 7} | .type: expected a string, found the number 7",
                "hash | {'name': 'c', 'type': 'DECIMAL(39,2)'} | .type: 'DECIMAL(39,2)' is out of range: expected"
                        + " DECIMAL(p, s) with p from 1 to 38 and s from 0 to p",
                "hash | {'name': 'c', 'type': 'DECIMAL(4,5)'} | .type: 'DECIMAL(4,5)' is out of range",
                "hash | {'name': 'c', 'type': 'DECIMAL(0)'} | .type: 'DECIMAL(0)' is out of range",
                "hash | {'name': 'c', 'type': 'DECIMAL(99999999999)'} | .type: 'DECIMAL(99999999999)' is out of range",
                "hash | {'name': 'c', 'type': 'DECIMAL(4,-1)'} | .type: 'DECIMAL(4,-1)' is no column type",
                "hash | {'name': 'c', 'type': 'INTEGER(4)'} | .type: 'INTEGER(4)' has more in its parentheses than"
                        + " INTEGER takes",
                "hash | {'name': 'c', 'type': 'TIMESTAMP(6)'} | .type: 'TIMESTAMP(6)' asks for more than the"
                        + " milliseconds",
                "hash | {'name': '_key'} | .name: every hash table has a column '_key' of its own",
                "hash | {'name': '_TTL'} | .name: every hash table has a column '_ttl' of its own",
                "hash | {'name': '_slot'} | .name: every hash table has a column '_slot' of its own",
                "stream | {'name': '_id'} | .name: every stream table has a column '_id' of its own",
                "timeseries | {'name': 'value'} | .name: every timeseries table has a column 'value' of its own",
                "hash | {'name': 'D'} | .name: there is a column 'D' already",
                "hash | {'name': 'c', 'path': '$.c'} | .path: only a column of a json table has a 'path'; this table"
                        + " is a hash",
                "hash | {'name': 'c', 'field': ''} | .field: 'field' is empty",
                "json | {'name': 'c', 'field': 'c'} | .field: a column of a json table has a 'path', no 'field'",
                "json | {'name': 'c', 'path': 'c.d'} | .path: 'c.d' is no JSONPath: expected one that begins with $",
                "hash | {'name': 'c', 'generated': 'ulid'} | .generated: only a part of the key is generated, and 'c'"
                        + " is no part of '",
                "hash | {'name': 'c', 'generated': 'guid'} | .generated: 'guid' can't be generated: expected one of"
                        + " ulid, uuid",
                "hash | {'name': 'c', 'type': 'INT', 'generated': 'uuid'} | .type: a generated uuid is a VARCHAR, not"
                        + " INTEGER",
                "hash | {'name': 'c', 'format': 'epoch_millis'} | .format: the type VARCHAR has no format; DATE, TIME"
                        + " and TIMESTAMP have",
                "hash | {'name': 'c', 'type': 'INT', 'format': 'x'} | .format: the type INTEGER has no format",
                "hash | {'name': 'c', 'type': 'TIME', 'format': 'epoch_millis'} | .format: 'epoch_millis' says a day,"
                        + " and a TIME has none",
                "hash | {'name': 'c', 'type': 'DATE', 'format': 'epoch_milis'} | .format: 'epoch_milis' is neither"
                        + " epoch_seconds nor epoch_millis nor a pattern such as",
                "hash | {'name': 'c', 'type': 'DATE', 'format': 'HH:mm'} | .format: 'HH:mm' doesn't say which day it"
                        + " is, and a DATE needs that",
                "hash | {'name': 'c', 'type': 'TIME', 'format': 'yyyy-MM-dd'} | .format: 'yyyy-MM-dd' doesn't say"
                        + " which time of day",
                "hash | {'name': 'c', 'type': 'DATE', 'format': 'yyyy-MM'} | .format: 'yyyy-MM' doesn't say which day"
            })
    void everyMistakeOfAColumnIsNamedWithItsPlace(String type, String column, String message, @TempDir Path folder) {
        String refusal = refusalInFile(
                "{'tables': [{'name': 'first', 'type': 'set', 'key': 's'}, {'name': 't', 'type': '" + type
                        + "', 'key': 'k:{id}', 'systemColumns': ['_slot'], 'columns': [{'name': 'd'}, " + column
                        + "]}]}",
                folder);

        assertTrue(refusal.startsWith("Schema 'redis', tables[1].columns[1]" + message), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set | {'name': 'c'} | .name: a set table has no fields to declare: expected a part of its key, one of"
                        + " 'id'",
                "list | {'name': 'id', 'field': 'x'} | .field: a list table has no fields",
                "zset | {'name': 'score', 'type': 'INT'} | .name: a zset table has no fields to declare",
                "string | {'name': 'id', 'path': '$'} | .path: only a column of a json table has a 'path'"
            })
    void onlyKeyPartsAreDeclaredWhereThereAreNoFields(String type, String column, String message) {
        Map<String, Object> operands = operands(
                "{'tables': [{'name': 't', 'type': '" + type + "', 'key': 'k:{id}', 'columns': [" + column + "]}]}");

        assertTrue(
                refusal(operands).startsWith("Schema 'redis', tables[0].columns[0]" + message),
                () -> refusal(operands));
    }

    @Test
    void aKeyPartOfAnyTableMayHaveAType() {
        for (TableType type : TableType.DECLARABLE) {
            DeclaredTable table = table("{'name': 't', 'type': '" + type.modelName()
                    + "', 'key': 'k:{id}', 'columns': [{'name': 'id', 'type': 'BIGINT'}]}");

            assertEquals(
                    List.of(new DeclaredColumn("id", ColumnType.BIGINT, null, null, null)),
                    table.columns(),
                    type.name());
        }
    }

    @Test
    void tableNamesDifferInMoreThanCase() {
        assertEquals(
                "Schema 'redis', tables[1].name: there is a table 'T' already: names differ in more than case",
                refusal(operands("{'tables': [{'name': 't', 'type': 'hash', 'key': 'a'}, {'name': 'T', 'type': 'set',"
                        + " 'key': 'b'}]}")));
    }

    @Test
    void aMistakeNamesTheLineOfTheModelFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.json");
        String operand =
                """
                {
                  "tables": [
                    { "name": "t", "type": "hash", "key": "t:{id}",
                      "columns": [
                        { "name": "a" },
                        { "name": "b",
                          "type": "INTEGR" } ] } ]
                }""";
        Files.writeString(
                file,
                "/* a model */ {\n \"schemas\": [\n {\"name\": \"other\", \"operand\": {\"tables\": []}},\n"
                        + "{\"operand\":\n" + operand + ", 'name': 'redis'}]}");
        Map<String, Object> operands = operands(operand);
        operands.put("modelUri", file.toString());

        assertTrue(
                refusal(operands)
                        .startsWith("Schema 'redis', tables[0].columns[1].type (line 11 of " + file + "): 'INTEGR'"),
                () -> refusal(operands));
        operands.put("modelUri", "inline:" + Files.readString(file));
        assertTrue(refusal(operands).contains("(line 11 of the inline model)"), () -> refusal(operands));
        operands.put("modelUri", folder.resolve("absent.json").toString());
        assertFalse(refusal(operands).contains("line"), () -> refusal(operands));
        operands.put("modelUri", "inline:not json");
        assertFalse(refusal(operands).contains("line"), () -> refusal(operands));
    }

    @Test
    void aMissingEntryIsOnTheLineOfItsObject() {
        Map<String, Object> operands = operands("{'tables': [{'name': 't'}]}");
        operands.put(
                "modelUri", "inline:{'schemas': [{'name': 'redis', 'operand':\n{'tables': [\n\n{'name': 't'}]}}]}");

        assertTrue(refusal(operands)
                .startsWith("Schema 'redis', tables[0] (line 4 of the inline model): 'type' is missing"));
    }
}
