package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Text;
import io.rediscalcite.adapter.type.TypeInference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds a hash table's columns in a sample of its keys: every field met, with the narrowest type that fits all its values. */
final class ColumnInference {
    /** A hash with more fields than this is a dictionary, not a row; its fields are no columns. */
    private static final long MAX_FIELDS = 1000;

    private final KeySampler sampler;

    ColumnInference(KeySampler sampler) {
        this.sampler = sampler;
    }

    /** Columns of the fields of {@code keys}, in the order in which they are met; keys that hold no hash are passed over. */
    List<Column> columns(List<String> keys) {
        List<String> rows = new ArrayList<>();
        sampler.ask(keys, List.of("HLEN"), (key, reply) -> {
            if (!reply.isError() && reply.longValue() <= MAX_FIELDS) {
                rows.add(key);
            }
        });
        Map<String, TypeInference> fields = new LinkedHashMap<>();
        sampler.ask(rows, List.of("HGETALL"), (key, reply) -> {
            if (!reply.isError()) {
                readFields(reply, fields);
            }
        });
        List<Column> columns = new ArrayList<>();
        fields.forEach((field, inference) ->
                columns.add(new Column(field, inference.result().type(), true, new ColumnSource.Field(field))));
        return columns;
    }

    private static void readFields(Replies.Cursor reply, Map<String, TypeInference> fields) {
        for (int pairs = reply.arrayLength() / 2; pairs > 0; pairs--) {
            reply.next();
            String field = Text.decode(reply.buffer(), reply.offset(), reply.length());
            reply.next();
            fields.computeIfAbsent(field, name -> TypeInference.ofValues()).add(reply.bytes());
        }
    }
}
