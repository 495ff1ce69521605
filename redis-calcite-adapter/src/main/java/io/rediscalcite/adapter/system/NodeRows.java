package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.SlotRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The nodes of the topology. What only a node itself can tell is known of masters alone: replicas aren't connected to. */
final class NodeRows {
    private static final String MASTER = "master";

    private NodeRows() {}

    static List<Map<String, String>> of(Session session) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RedisNode node : session.client().masters()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put(Session.NODE, node.toString());
            row.put("role", MASTER);
            if (session.isCluster()) {
                row.put("slots", node.slots().stream().map(NodeRows::text).collect(Collectors.joining(",")));
            }
            ask(session, node, "server", "redis_version", "version", row);
            // A single server that the URL names may be a replica.
            ask(session, node, "replication", "role", "role", row);
            row.computeIfPresent("role", (any, role) -> role.equals("slave") ? "replica" : role);
            rows.add(row);
            for (Endpoint replica : node.replicas()) {
                rows.add(Map.of(Session.NODE, replica.toString(), "role", "replica", MASTER, node.toString()));
            }
        }
        return rows;
    }

    private static String text(SlotRange range) {
        return range.first() == range.last() ? String.valueOf(range.first()) : range.first() + "-" + range.last();
    }

    private static void ask(
            Session session, RedisNode node, String section, String name, String field, Map<String, String> row) {
        session.ask(node, List.of("INFO", section)).ifPresent(reply -> ReplyRows.info(reply).stream()
                .filter(line -> name.equals(line.get("name")))
                .forEach(line -> row.put(field, line.getOrDefault("value", ""))));
    }
}
