package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.ConnectionProperty;
import io.rediscalcite.adapter.model.SchemaParser;
import io.rediscalcite.adapter.model.TableType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema of models: it takes the examples, refuses mistakes, and says what the code says. */
class ModelSchemaTest {
    /** The model says these by itself: they are no operands. */
    private static final Set<String> NO_OPERANDS = Set.of("model", "schema");

    private static final JsonNode TEXT = schemaText();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(TEXT);

    private static JsonNode schemaText() {
        try {
            return ModelExample.MAPPER.readTree(
                    ModelExample.folder().resolve("redis-sql-model.schema.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ModelExample> examples() {
        return ModelExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itTakesTheExamples(ModelExample example) {
        assertEquals(Set.of(), SCHEMA.validate(example.json()));
    }

    private static Set<?> mistakes(String operand) throws IOException {
        String model = "{\"version\": \"1.0\", \"schemas\": [{\"name\": \"redis\", \"type\": \"custom\", \"factory\":"
                + " \"io.rediscalcite.adapter.RedisSchemaFactory\", \"operand\": " + operand.replace('\'', '"') + "}]}";
        return SCHEMA.validate(ModelExample.MAPPER.readTree(model));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'batchSise': 7}",
                "{'batchSize': 0}",
                "{'mode': 'clustr'}",
                "{'tls': 'maybe'}",
                "{'parallelism': 65}",
                "{'model': 'another.json'}",
                "{'url': 'redis://localhost'}",
                "{'tables': {}}",
                "{'tables': [{'type': 'hash', 'key': 'a:{b}'}]}",
                "{'tables': [{'name': 't', 'type': 'hsh', 'key': 'a:{b}'}]}",
                "{'tables': [{'name': 't', 'type': 'hash'}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a:{b}', 'colums': []}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a:{b}', 'valueType': 'DATE'}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a:{b}', 'columns': [{'name': 'c', 'type': 'INTEGR'}]}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a:{b}', 'columns': [{'name': 'c', 'path': '$.c'}]}]}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a:{b}', 'columns': [{'name': 'c', 'path': 'c'}]}]}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a:{b}', 'columns': [{'name': 'c', 'field': 'c'}]}]}",
                "{'tables': [{'name': 't', 'type': 'set', 'key': 'a:{b}', 'columns': [{'name': 'b', 'field': 'c'}]}]}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a:{b}', 'columns': [{'type': 'DATE'}]}]}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a', 'columns': [{'name': 'c', 'type': 'DECIMAL(39)'}]}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a:{b}', 'systemColumns': ['_document']}]}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a:{b}', 'systemColumns': ['_slots']}]}"
            })
    void itRefusesAMistake(String operand) throws IOException {
        assertFalse(mistakes(operand).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'discover': true, 'parallelism': 'auto', 'timeZone': 'Europe/Berlin'}",
                "{'tables': [{'name': 't', 'type': 'json', 'key': 'a', 'systemColumns': ['_document', '_slot']}]}",
                "{'tables': [{'name': 't', 'type': 'hash', 'key': 'a', 'columns': [{'name': 'c', 'type': 'DECIMAL(38, 0)'},"
                        + " {'name': 'd', 'type': 'TIMESTAMP(3)', 'field': 'x', 'format': 'epoch_millis'}]}]}"
            })
    void itTakesWhatIsRight(String operand) throws IOException {
        assertEquals(Set.of(), mistakes(operand));
    }

    @Test
    void itHasThePropertiesOfAConnection() {
        JsonNode operands = TEXT.at("/$defs/operand/properties");
        Set<String> expected = new TreeSet<>(ConnectionProperty.names());
        expected.removeAll(NO_OPERANDS);
        expected.addAll(Set.of("url", "tables"));
        Set<String> found = new TreeSet<>();
        operands.fieldNames().forEachRemaining(found::add);
        assertEquals(expected, found);
        for (ConnectionProperty property : ConnectionProperty.values()) {
            if (NO_OPERANDS.contains(property.propertyName())) {
                continue;
            }
            JsonNode said = operands.get(property.propertyName());
            assertEquals(property.description(), said.get("description").asText());
            String defaultValue = property.defaultValue();
            assertEquals(
                    defaultValue == null ? "" : defaultValue,
                    said.path("default").asText(),
                    property.propertyName());
            if (property.kind() == ConnectionProperty.Kind.CHOICE) {
                assertEquals(property.choices(), texts(said.get("enum")), property.propertyName());
            }
            if (property.kind() == ConnectionProperty.Kind.INTEGER) {
                assertEquals(
                        property.expected(), "an integer from " + said.get("minimum") + " to " + said.get("maximum"));
            }
        }
    }

    @Test
    void itHasTheEntriesOfATable() {
        RedisSqlException refused = assertThrows(
                RedisSqlException.class,
                () -> SchemaParser.parse("s", Map.of("tables", List.of(Map.of("unknown", "entry")))));
        String message = String.valueOf(refused.getMessage());
        String list = "expected one of ";
        Set<String> expected =
                Set.of(message.substring(message.indexOf(list) + list.length()).split(", "));
        Set<String> found = new TreeSet<>();
        TEXT.at("/$defs/table/properties").fieldNames().forEachRemaining(found::add);
        assertEquals(new TreeSet<>(expected), found);
    }

    @Test
    void itHasTheTypesOfTablesAndColumns() {
        assertEquals(
                TableType.DECLARABLE.stream().map(TableType::modelName).toList(),
                texts(TEXT.at("/$defs/table/properties/type/enum")));
        assertEquals(
                Arrays.stream(ColumnType.Kind.values()).map(Enum::name).toList(),
                texts(TEXT.at("/$defs/columnType/anyOf/0/enum")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
