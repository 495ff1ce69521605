package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.search.TableIndexes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.lookup.LikePattern;

/** The Redis tables of all schemas, and their columns. */
final class SchemaRows {
    private SchemaRows() {}

    private record Known(String schema, TableDefinition definition, Wrapper table) {}

    static List<Map<String, String>> tables(Session session) {
        return definitions(session).stream()
                .map(known -> Map.of(
                        "schema", known.schema(),
                        "name", known.definition().name(),
                        "type", known.definition().type().modelName(),
                        "key_pattern", known.definition().key().toString(),
                        "remarks", known.definition().remarks()))
                .toList();
    }

    static List<Map<String, String>> columns(Session session) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Known known : definitions(session)) {
            int position = 0;
            for (Column column : known.definition().columns()) {
                position++;
                rows.add(Map.of(
                        "schema", known.schema(),
                        "table_name", known.definition().name(),
                        "name", column.name(),
                        "position", String.valueOf(position),
                        "type", column.type().toString(),
                        "nullable", String.valueOf(column.nullable()),
                        "source", column.source().describe()));
            }
        }
        return rows;
    }

    /** What indexes the session's server has for each of its tables, by schema and name: {@code redis.flight}. */
    static Map<String, TableIndexes> indexes(Session session) {
        Map<String, TableIndexes> byTable = new LinkedHashMap<>();
        for (Known known : definitions(session)) {
            TableIndexes indexes = known.table().unwrap(RedisClient.class) == session.client()
                    ? known.table().unwrap(TableIndexes.class)
                    : null;
            if (indexes != null) {
                byTable.put(known.schema() + "." + known.definition().name(), indexes);
            }
        }
        return byTable;
    }

    private static List<Known> definitions(Session session) {
        List<Known> found = new ArrayList<>();
        SchemaPlus root = session.root();
        if (root != null) {
            for (String name : sorted(root.subSchemas().getNames(LikePattern.any()))) {
                SchemaPlus schema = root.subSchemas().get(name);
                if (schema != null) {
                    if (CalciteSchema.from(schema).schema instanceof Discovered discovered) {
                        discovered.discover(session.execution());
                    }
                    addTables(name, schema, found);
                }
            }
        }
        return found;
    }

    private static void addTables(String name, SchemaPlus schema, List<Known> found) {
        for (String tableName : sorted(schema.tables().getNames(LikePattern.any()))) {
            Table table = schema.tables().get(tableName);
            if (table instanceof Wrapper wrapper && table.getJdbcTableType() == Schema.TableType.TABLE) {
                TableDefinition definition = wrapper.unwrap(TableDefinition.class);
                if (definition != null) {
                    found.add(new Known(name, definition, wrapper));
                }
            }
        }
    }

    private static List<String> sorted(java.util.Set<String> names) {
        return names.stream().sorted().toList();
    }
}
