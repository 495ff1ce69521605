package io.rediscalcite.adapter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.adapter.model.ColumnSource.Field;
import io.rediscalcite.adapter.model.ColumnSource.KeyPart;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableDefinitionTest {
    private static DeclaredTable inferred(TableType type, String key) {
        return new DeclaredTable("t", type, KeyPattern.parse(key, ":"), null, null, null, List.of());
    }

    private static TableDefinition declared(String type, String rest) {
        return define("{'name': 't', 'type': '" + type + "', " + rest.replace('\'', '"') + "}");
    }

    private static TableDefinition define(String json) {
        try {
            Object table =
                    new com.fasterxml.jackson.databind.ObjectMapper().readValue(json.replace('\'', '"'), Map.class);
            DeclaredSchema schema = SchemaParser.parse("s", Map.of("tables", List.of(table)));
            return TableDefinition.of(schema.tables().get(0), List.of(), "declared");
        } catch (com.fasterxml.jackson.core.JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static String describe(TableDefinition table) {
        return table.columns().stream()
                .map(column -> column.name() + " " + column.type() + (column.nullable() ? "" : "!"))
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HASH | _key VARCHAR!, id VARCHAR!, _ttl BIGINT",
                "JSON | _key VARCHAR!, id VARCHAR!, _ttl BIGINT",
                "STRING | _key VARCHAR!, id VARCHAR!, value VARCHAR!, _ttl BIGINT",
                "SET | _key VARCHAR!, id VARCHAR!, member VARCHAR!, _ttl BIGINT",
                "LIST | _key VARCHAR!, id VARCHAR!, position BIGINT!, element VARCHAR!, _ttl BIGINT",
                "ZSET | _key VARCHAR!, id VARCHAR!, member VARCHAR!, score DOUBLE!, rank BIGINT!, _ttl BIGINT",
                "STREAM | _key VARCHAR!, id VARCHAR!, _id VARCHAR!, _ts TIMESTAMP, _seq BIGINT, _ttl BIGINT",
                "TIMESERIES | _key VARCHAR!, id VARCHAR!, _ts TIMESTAMP!, value DOUBLE!, _ttl BIGINT"
            })
    void everyTypeHasItsColumns(TableType type, String columns) {
        assertEquals(columns, describe(TableDefinition.of(inferred(type, "k:{id}"), List.of(), "")));
    }

    @ParameterizedTest
    @CsvSource({
        "HASH, '_key'",
        "JSON, '_key'",
        "STRING, '_key'",
        "SET, '_key,member'",
        "LIST, '_key,position'",
        "ZSET, '_key,member'",
        "STREAM, '_key,_id'",
        "TIMESERIES, '_key,_ts'"
    })
    void everyTypeHasItsPrimaryKey(TableType type, String columns) {
        assertEquals(
                List.of(columns.split(",")),
                TableDefinition.of(inferred(type, "k:{id}"), List.of(), "").primaryKey());
    }

    @Test
    void declaredColumnsStandBetweenPartsAndExpiry() {
        TableDefinition table = declared(
                "hash",
                "'key': 'flight:{year}:{id}', 'systemColumns': ['_idle', '_slot'], 'columns': [{'name': 'carrier'},"
                        + " {'name': 'id', 'type': 'BIGINT'}, {'name': 'delay', 'type': 'INT', 'field': 'arr_delay'}]");

        assertEquals(
                "_key VARCHAR!, year VARCHAR!, id BIGINT, carrier VARCHAR, delay INTEGER, _ttl BIGINT, _idle BIGINT, _slot INTEGER!",
                describe(table));
        assertEquals(
                List.of(
                        new ColumnSource.Key(),
                        new KeyPart("year"),
                        new KeyPart("id"),
                        new Field("carrier"),
                        new Field("arr_delay"),
                        ColumnSource.Builtin.TTL,
                        ColumnSource.Builtin.IDLE,
                        ColumnSource.Builtin.SLOT),
                table.columns().stream().map(Column::source).toList());
    }

    @Test
    void aFieldWithTheNameOfAKeyPartMovesThePart() {
        TableDefinition table =
                declared("hash", "'key': 'u:{id}', 'columns': [{'name': 'id', 'field': 'id', 'type': 'INT'}]");

        assertEquals("_key VARCHAR!, key_id VARCHAR!, id INTEGER, _ttl BIGINT", describe(table));
        assertEquals(new KeyPart("id"), table.columns().get(1).source());
        assertEquals(new Field("id"), table.columns().get(2).source());
    }

    @Test
    void aPartWithTheNameOfATypesOwnColumnMoves() {
        assertEquals(
                "_key VARCHAR!, key_value VARCHAR!, value VARCHAR!, _ttl BIGINT",
                describe(TableDefinition.of(inferred(TableType.STRING, "k:{value}"), List.of(), "")));
        assertEquals(
                "_key VARCHAR!, key_member VARCHAR!, member VARCHAR!, _ttl BIGINT",
                describe(TableDefinition.of(inferred(TableType.SET, "k:{member}"), List.of(), "")));
    }

    @Test
    void inferredNamesNeverCollide() {
        List<Column> found = List.of(
                new Column("id", ColumnType.BIGINT, true, new Field("id")),
                new Column("ID", ColumnType.DOUBLE, true, new Field("ID")),
                new Column("key_id", ColumnType.VARCHAR, true, new Field("key_id")),
                new Column("_ttl", ColumnType.VARCHAR, true, new Field("_ttl")),
                new Column("part", ColumnType.BIGINT, true, new KeyPart("id")));
        TableDefinition table = TableDefinition.of(inferred(TableType.HASH, "u:{id}"), found, "found");

        assertEquals(
                "_key VARCHAR!, key_key_id BIGINT, id BIGINT, ID_2 DOUBLE, key_id VARCHAR, _ttl_2 VARCHAR, _ttl BIGINT",
                describe(table));
        assertEquals(new Field("_ttl"), table.columns().get(5).source());
        assertEquals("found", table.remarks());
    }

    @Test
    void aStringsValueHasTheTypeThatIsDeclaredOrElseFound() {
        List<Column> found = List.of(new Column("value", ColumnType.BIGINT, true, ColumnSource.Builtin.VALUE));

        assertEquals(
                "_key VARCHAR!, value BIGINT, _ttl BIGINT",
                describe(TableDefinition.of(inferred(TableType.STRING, "k*"), found, "")));
        assertEquals(
                "_key VARCHAR!, value DOUBLE, _ttl BIGINT",
                describe(declared("string", "'key': 'k*', 'valueType': 'DOUBLE'")));
    }

    @Test
    void aJsonColumnsPathIsItsNameUnlessGiven() {
        TableDefinition table = define(
                "{'name': 't', 'type': 'json', 'key': 'p:{id}', 'systemColumns': ['_document'], 'columns': ["
                        + "{'name': 'engines', 'type': 'INT', 'path': '$.spec.engines'}, {'name': 'seats'}, {'name': 'odd name'}]}");

        assertEquals(
                "_key VARCHAR!, id VARCHAR!, engines INTEGER, seats VARCHAR, odd name VARCHAR, _ttl BIGINT, _document JSON",
                describe(table));
        assertEquals(
                List.of(
                        new ColumnSource.JsonPath("$.spec.engines"),
                        new ColumnSource.JsonPath("$.seats"),
                        new ColumnSource.JsonPath("$[\"odd name\"]")),
                table.columns().subList(2, 5).stream().map(Column::source).toList());
    }

    @Test
    void labelsAndStreamFieldsAreColumns() {
        assertEquals(
                new ColumnSource.Label("loc"),
                declared("timeseries", "'key': 'ts:{id}', 'columns': [{'name': 'location', 'field': 'loc'}]")
                        .columns()
                        .get(4)
                        .source());
        assertEquals(
                new Field("amount"),
                declared("stream", "'key': 's', 'columns': [{'name': 'amount', 'type': 'DECIMAL(10, 2)'}]")
                        .columns()
                        .get(4)
                        .source());
    }

    @Test
    void aKeyPartKeepsItsFormat() {
        Column part = declared(
                        "set", "'key': 'log:{day}', 'columns': [{'name': 'DAY', 'type': 'DATE', 'format': 'yyyyMMdd'}]")
                .columns()
                .get(1);

        assertEquals(
                new Column("day", ColumnType.of(ColumnType.Kind.DATE), true, new KeyPart("day"), "yyyyMMdd"), part);
    }
}
