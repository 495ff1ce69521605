package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexInfo;
import io.rediscalcite.adapter.search.TableIndexes;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The search indexes: FT.INFO of each that FT._LIST names, asked of the first master that has it, and the tables that it is over. */
final class IndexRows {
    static final String NAME = "name";
    static final String KEY_TYPE = "key_type";
    static final String PREFIXES = "prefixes";
    static final String FILTER = "filter";
    static final String ATTRIBUTES = "attributes";
    static final String LAST_ERROR = "last_error";
    static final String TABLES = "tables";
    static final String REFUSED = "refused";

    private IndexRows() {}

    static List<Map<String, String>> of(Session session) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RedisNode node : session.client().masters()) {
            List<String> names =
                    session.ask(node, List.of("FT._LIST")).map(IndexRows::names).orElse(List.of());
            for (String name : names.stream().sorted().toList()) {
                if (seen.add(name)) {
                    session.ask(node, List.of("FT.INFO", name))
                            .flatMap(IndexInfo::read)
                            .ifPresent(info -> {
                                Map<String, String> row = row(info);
                                row.put(Session.NODE, node.toString());
                                rows.add(row);
                            });
                }
            }
        }
        if (!rows.isEmpty()) {
            Map<String, TableIndexes> tables = SchemaRows.indexes(session);
            rows.forEach(row -> addTables(row, tables));
        }
        return rows;
    }

    private static List<String> names(Replies.Cursor reply) {
        List<String> names = new ArrayList<>();
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            names.add(Text.decode(reply.bytes()));
        }
        return names;
    }

    private static Map<String, String> row(IndexInfo info) {
        IndexDefinition index = info.definition();
        Map<String, String> row = new LinkedHashMap<>(info.texts());
        row.put(NAME, index.name());
        row.put(KEY_TYPE, index.type().name());
        row.put(
                PREFIXES,
                index.prefixes().stream()
                        .map(prefix -> prefix.isEmpty() ? "*" : prefix)
                        .collect(Collectors.joining(", ")));
        String filter = index.filter();
        if (filter != null) {
            row.put(FILTER, filter);
        }
        row.put(
                ATTRIBUTES,
                index.attributes().stream()
                        .map(attribute -> attribute.name() + " " + attribute.type())
                        .collect(Collectors.joining(", ")));
        if (!info.lastFailure().isEmpty()) {
            row.put(LAST_ERROR, info.lastFailure());
        }
        return row;
    }

    private static void addTables(Map<String, String> row, Map<String, TableIndexes> tables) {
        String index = row.get(NAME);
        List<String> served = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        tables.forEach((table, indexes) -> {
            if (indexes.usable().stream().anyMatch(usable -> usable.name().equals(index))) {
                served.add(table);
            }
            indexes.refusals().stream()
                    .filter(refusal -> refusal.index().equals(index))
                    .forEach(refusal -> refused.add(table + ": " + refusal.reason()));
        });
        row.put(TABLES, String.join(", ", served));
        row.put(REFUSED, String.join("; ", refused));
    }
}
