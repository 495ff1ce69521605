package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands that each key of a query costs.
 *
 * @param read what gives its rows
 * @param properties what the server knows of any key, asked for beside the first of its rows
 */
public record FetchPlan(KeyRead read, List<KeyProperty> properties) {
    /** What the server knows of any key, and the command that asks for it. */
    public enum KeyProperty {
        TYPE(Builtin.TYPE, true, "TYPE"),
        TTL(Builtin.TTL, false, "PTTL"),
        MEMORY(Builtin.MEMORY, false, "MEMORY", "USAGE"),
        ENCODING(Builtin.ENCODING, true, "OBJECT", "ENCODING"),
        IDLE(Builtin.IDLE, false, "OBJECT", "IDLETIME");

        private final Builtin source;
        private final boolean text;
        private final List<String> command;

        KeyProperty(Builtin source, boolean text, String... command) {
            this.source = source;
            this.text = text;
            this.command = List.of(command);
        }

        /** The source of the columns that show it. */
        public Builtin source() {
            return source;
        }

        /** True if it is text, false if it is a number. */
        public boolean isText() {
            return text;
        }

        /** The words of the command that stand before the key. */
        public List<String> command() {
            return command;
        }
    }

    public FetchPlan {
        properties = List.copyOf(properties);
    }

    /** What each key of {@code query} costs. */
    public static FetchPlan of(RedisQuery query) {
        List<Column> columns = query.outputColumns();
        List<KeyProperty> properties = new ArrayList<>();
        for (KeyProperty property : KeyProperty.values()) {
            boolean known = property == KeyProperty.TYPE && query.redisType().isPresent();
            if (!known && wants(columns, property.source())) {
                properties.add(property);
            }
        }
        // SCAN gives keys that are there, with their type; those that a query or an index names may not be.
        boolean keysAreKnownToExist = query.isScanned() || query.unasked();
        // The reply to any property tells whether there is a key, and that is all that a key of any type must meet.
        boolean propertiesTell = query.redisType().isEmpty() && !properties.isEmpty();
        return new FetchPlan(read(query, columns, keysAreKnownToExist || propertiesTell), properties);
    }

    private static KeyRead read(RedisQuery query, List<Column> columns, boolean keysAreKnownToExist) {
        KeyRead nothing = keysAreKnownToExist ? new KeyRead.NameOnly() : new KeyRead.Existence();
        Set<String> names = new LinkedHashSet<>();
        for (Column column : columns) {
            if (column.source() instanceof ColumnSource.Field field) {
                names.add(field.field());
            } else if (column.source() instanceof ColumnSource.JsonPath path) {
                names.add(path.path());
            }
        }
        List<String> asked = new ArrayList<>(names);
        if (query.aggregate().isPresent() && !query.isOfCollections()) {
            return new KeyRead.PageCounts();
        }
        if (query.aggregate().isPresent()) {
            KeyAggregate aggregate = query.aggregate().get();
            boolean labels = wantsLabels(query, columns);
            return aggregate.bucket().isPresent()
                    ? new KeyRead.Buckets(aggregate, labels)
                    : new KeyRead.Summary(aggregate, labels);
        }
        return switch (query.table().type()) {
            case HASH -> asked.isEmpty() ? nothing : new KeyRead.HashFields(asked);
            case STRING -> wants(columns, Builtin.VALUE) ? new KeyRead.StringValue() : nothing;
            case JSON -> {
                boolean document = wants(columns, Builtin.DOCUMENT);
                yield asked.isEmpty() && !document ? nothing : new KeyRead.JsonPaths(asked, document);
            }
            case KEY -> nothing;
            case SET -> query.rows().has(Builtin.MEMBER) ? new KeyRead.SetLookup() : new KeyRead.SetMembers();
            case LIST -> new KeyRead.ListElements();
            case ZSET -> KeyRead.ofSortedSet(query.rows(), query.order().isPresent(), wants(columns, Builtin.RANK));
            case STREAM -> new KeyRead.StreamEntries();
            case TIMESERIES -> new KeyRead.Samples(wantsLabels(query, columns));
        };
    }

    private static boolean wantsLabels(RedisQuery query, List<Column> columns) {
        return columns.stream().anyMatch(column -> column.source() instanceof ColumnSource.Label)
                || query.rows().conditions().stream()
                        .anyMatch(condition -> condition.column() instanceof ColumnSource.Label);
    }

    private static boolean wants(List<Column> columns, Builtin source) {
        return columns.stream().anyMatch(column -> column.source() == source);
    }

    /** True if a key costs no command: its name is all that the query wants, or less. */
    public boolean isNameOnly() {
        boolean named = read instanceof KeyRead.NameOnly || read instanceof KeyRead.PageCounts;
        return named && properties.isEmpty();
    }

    /** How many values a row costs beside the key's own command. */
    public int valueCount() {
        if (read instanceof KeyRead.HashFields hash) {
            return hash.fields().size();
        }
        return read instanceof KeyRead.JsonPaths json ? json.paths().size() : 0;
    }
}
