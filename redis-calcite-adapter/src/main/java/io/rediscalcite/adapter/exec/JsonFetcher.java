package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.query.FetchPlan;
import io.rediscalcite.adapter.query.KeyRead;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads JSON documents: by JSON.GET of just the asked paths, and of the whole text if that is asked for. */
final class JsonFetcher extends KeyFetcher {
    /** A path's columns: those that want the value's text, and those that want it as JSON. */
    private record Target(String path, int[] asText, int[] asJson) {}

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Set<String> many;
    private final int[] documentColumns;
    private final boolean document;

    JsonFetcher(RowMaker rows, FetchPlan plan, KeyRead.JsonPaths read) {
        super(rows, plan);
        for (String path : read.paths()) {
            List<Integer> asText = new ArrayList<>();
            List<Integer> asJson = new ArrayList<>();
            for (int column : rows.columnsOf(new ColumnSource.JsonPath(path))) {
                boolean json = rows.column(column).type().kind() == ColumnType.Kind.JSON;
                (json ? asJson : asText).add(column);
            }
            targets.put(
                    path,
                    new Target(
                            path,
                            asText.stream().mapToInt(Integer::intValue).toArray(),
                            asJson.stream().mapToInt(Integer::intValue).toArray()));
        }
        many = read.paths().stream()
                .filter(path -> new ColumnSource.JsonPath(path).matchesMany())
                .collect(Collectors.toSet());
        document = read.document();
        documentColumns = rows.columnsOf(Builtin.DOCUMENT);
    }

    @Override
    void write(Commands commands, Step step, long wanted) {
        byte[] key = step.key().raw();
        if (!targets.isEmpty()) {
            commands.begin(2 + targets.size()).arg("JSON.GET").arg(key);
            targets.keySet().forEach(path -> commands.arg(Text.encode(path)));
        }
        if (document) {
            commands.begin(2).arg("JSON.GET").arg(key);
        }
        writeProperties(commands, step.key());
    }

    @Override
    void read(Step step, Replies.Cursor replies, RowSink sink) {
        @Nullable Object[] row = rows.start(step.key());
        boolean there = true;
        if (!targets.isEmpty()) {
            there = isThere(replies);
            if (there) {
                readPaths(step.key(), row, replies);
            }
        }
        if (document) {
            boolean found = isThere(replies);
            there &= found;
            if (found) {
                rows.fill(row, documentColumns, step.key(), replies);
            }
        }
        there &= readProperties(row, replies);
        if (there) {
            sink.row(row);
        }
    }

    private static boolean isThere(Replies.Cursor replies) {
        replies.next();
        return !saysNoSuchKey(replies, "JSON.GET") && !replies.isNull();
    }

    private void readPaths(TableKey key, @Nullable Object[] row, Replies.Cursor reply) {
        String only = targets.size() == 1 ? targets.keySet().iterator().next() : null;
        JsonReply.read(reply.buffer(), reply.offset(), reply.length(), only, many, (path, text, json) -> {
            Target target = targets.get(path);
            if (target != null) {
                rows.fill(row, target.asText(), key, text, 0, text.length);
                rows.fill(row, target.asJson(), key, json, 0, json.length);
            }
        });
    }
}
