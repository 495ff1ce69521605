package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands that each key of a query costs, in the order of their replies.
 *
 * @param fields hash fields that HMGET asks for; empty where no HMGET is sent
 * @param value whether a string's value is asked for (GET, or MGET for a whole batch)
 * @param type whether TYPE must tell that the key is there: nothing else would
 * @param properties what the server knows of any key: TTL, memory, idle time
 */
public record FetchPlan(List<String> fields, boolean value, boolean type, List<KeyProperty> properties) {
    /** A number that the server knows of any key, and the command that asks for it. */
    public enum KeyProperty {
        TTL("PTTL"),
        MEMORY("MEMORY", "USAGE"),
        IDLE("OBJECT", "IDLETIME");

        private final List<String> command;

        KeyProperty(String... command) {
            this.command = List.of(command);
        }

        /** The words of the command that stand before the key. */
        public List<String> command() {
            return command;
        }
    }

    public FetchPlan {
        fields = List.copyOf(fields);
        properties = List.copyOf(properties);
    }

    /**
     * What {@code columns} of the table cost.
     *
     * @param keysAreKnownToExist true where SCAN gave the keys, with their type; false where the query named them
     */
    public static FetchPlan of(TableDefinition table, List<Column> columns, boolean keysAreKnownToExist) {
        Set<String> fields = new LinkedHashSet<>();
        Set<KeyProperty> properties = new LinkedHashSet<>();
        boolean value = false;
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Field field) {
                fields.add(field.field());
            } else if (column.source() instanceof ColumnSource.Builtin builtin) {
                switch (builtin) {
                    case VALUE -> value = true;
                    case TTL -> properties.add(KeyProperty.TTL);
                    case MEMORY -> properties.add(KeyProperty.MEMORY);
                    case IDLE -> properties.add(KeyProperty.IDLE);
                    default -> {}
                }
            }
        }
        boolean readsValue = !fields.isEmpty() || (value && table.type() == TableType.STRING);
        return new FetchPlan(
                new ArrayList<>(fields), value, !readsValue && !keysAreKnownToExist, new ArrayList<>(properties));
    }

    /** True if a key costs no command: its name is all that the query wants. */
    public boolean isNameOnly() {
        return fields.isEmpty() && !value && !type && properties.isEmpty();
    }
}
