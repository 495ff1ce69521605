package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Mode;
import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.exec.Execution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.schema.SchemaPlus;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a system table: asks the servers, and does without what they refuse.
 *
 * @param root the schema above all others; null where the statement has none
 */
record Session(RedisClient client, Execution execution, @Nullable SchemaPlus root) {
    /** The field that names the node of a row. */
    static final String NODE = "node";

    boolean isCluster() {
        return client.server().mode() == Mode.CLUSTER;
    }

    /**
     * The reply to a command, standing at its first value; empty if the user may not call it, which leaves a warning, or if
     * the server hasn't got it.
     */
    Optional<Replies.Cursor> ask(RedisNode node, List<String> command) {
        execution.check();
        Commands commands = new Commands().add(command.toArray(String[]::new));
        Replies.Cursor reply = client.call(node, commands, execution).cursor();
        reply.next();
        String name = String.join(" ", command);
        if (execution.isRefused(reply, name)) {
            return Optional.empty();
        }
        if (reply.isError()) {
            if (reply.text().startsWith("ERR unknown command")) {
                return Optional.empty();
            }
            throw reply.error(name);
        }
        return Optional.of(reply);
    }

    /** The rows that {@code parser} makes of each master's reply, with the field {@link #NODE}. */
    List<Map<String, String>> onMasters(
            List<String> command, Function<Replies.Cursor, List<Map<String, String>>> parser) {
        List<Map<String, String>> rows = new ArrayList<>();
        for (RedisNode node : client.masters()) {
            ask(node, command).ifPresent(reply -> {
                for (Map<String, String> fields : parser.apply(reply)) {
                    Map<String, String> row = new LinkedHashMap<>(fields);
                    row.put(NODE, node.toString());
                    rows.add(row);
                }
            });
        }
        return rows;
    }
}
