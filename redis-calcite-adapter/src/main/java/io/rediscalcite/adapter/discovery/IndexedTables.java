package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds to tables what search indexes know of their keys. */
final class IndexedTables {
    private final ColumnInference inference;
    private final String keySeparator;

    IndexedTables(ColumnInference inference, String keySeparator) {
        this.inference = inference;
        this.keySeparator = keySeparator;
    }

    /**
     * Adds each index's attributes to the table whose keys it is over, if it is over all keys of that one and of no other. An
     * index over no table's keys makes tables, which have no keys yet.
     */
    void addTo(List<TableDraft> tables, List<IndexDefinition> indexes) {
        for (IndexDefinition index : indexes) {
            List<TableDraft> touched =
                    tables.stream().filter(table -> touches(index, table)).toList();
            if (touched.isEmpty()) {
                for (String prefix : index.prefixes()) {
                    if (!prefix.isEmpty()) {
                        TableDraft empty = empty(prefix, index.type());
                        describe(empty, index);
                        tables.add(empty);
                    }
                }
            } else if (touched.size() == 1) {
                describe(touched.get(0), index);
            }
        }
    }

    private static boolean touches(IndexDefinition index, TableDraft table) {
        return index.type() == table.type() && index.touches(table.pattern().literalPrefix());
    }

    private TableDraft empty(String prefix, TableType type) {
        KeyTree names = new KeyTree(keySeparator, 1);
        boolean whole = !keySeparator.isEmpty() && prefix.endsWith(keySeparator);
        names.add(whole ? prefix.substring(0, prefix.length() - keySeparator.length()) : prefix);
        KeyGroup.Named named = names.groups().get(0);
        List<KeyPattern.Segment> segments = new ArrayList<>();
        segments.add(new KeyPattern.Literal(prefix));
        segments.add(whole ? new KeyPattern.Part("id") : new KeyPattern.Wildcard());
        return new TableDraft(named.name(), new KeyPattern(segments, keySeparator), type, 0);
    }

    /** Adds the attributes of the index to the table if it is over all its keys. */
    void describe(TableDraft table, IndexDefinition index) {
        if (!touches(index, table) || !index.covers(table.pattern().literalPrefix())) {
            return;
        }
        table.describedBy(index.name());
        Map<ColumnSource, Attribute> missing = new HashMap<>();
        List<ColumnSource> order = new ArrayList<>();
        for (Attribute attribute : index.attributes()) {
            ColumnSource source = index.source(attribute);
            int known = position(table, source);
            if (known >= 0) {
                narrow(table, known, attribute, index);
            } else if (missing.putIfAbsent(source, attribute) == null) {
                order.add(source);
            }
        }
        Map<ColumnSource, FoundColumn> sampled = sample(table, order);
        for (ColumnSource source : order) {
            Attribute attribute = missing.get(source);
            String name = attribute == null ? "" : columnName(attribute, source);
            if (attribute != null && !(isMany(source) && table.hasColumn(name))) {
                table.columns().add(column(name, source, attribute, index, sampled.get(source)));
            }
        }
    }

    private static int position(TableDraft table, ColumnSource source) {
        return table.columns().stream()
                .map(found -> found.column().source())
                .toList()
                .indexOf(source);
    }

    private static boolean isMany(ColumnSource source) {
        return source instanceof ColumnSource.JsonPath path && path.matchesMany();
    }

    /** A hash's field keeps its name, as it does once keys have it; a path is called as the index calls it. */
    private static String columnName(Attribute attribute, ColumnSource source) {
        if (!(source instanceof ColumnSource.JsonPath path)) {
            return attribute.identifier();
        }
        String member = path.path().startsWith("$.") ? path.path().substring(2) : "";
        if (!member.isEmpty() && ColumnSource.JsonPath.ofMember(member).equals(source)) {
            return member;
        }
        boolean named = !attribute.name().equals(attribute.identifier());
        return named
                ? attribute.name()
                : path.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
    }

    /** A vector in a hash is bytes, though some may look like text. */
    private static void narrow(TableDraft table, int position, Attribute attribute, IndexDefinition index) {
        FoundColumn known = table.columns().get(position);
        Column column = known.column();
        if (table.type() == TableType.HASH
                && attribute.type().equals("VECTOR")
                && column.type().kind() == Kind.VARCHAR) {
            Column bytes = new Column(column.name(), ColumnType.of(Kind.VARBINARY), true, column.source());
            table.columns().set(position, new FoundColumn(bytes, index.name(), null));
        }
    }

    private Map<ColumnSource, FoundColumn> sample(TableDraft table, List<ColumnSource> sources) {
        List<String> paths = new ArrayList<>();
        for (ColumnSource source : sources) {
            if (source instanceof ColumnSource.JsonPath path && !path.matchesMany()) {
                paths.add(path.path());
            }
        }
        Map<ColumnSource, FoundColumn> sampled = new HashMap<>();
        if (!paths.isEmpty() && !table.sampledKeys().isEmpty()) {
            inference
                    .paths(table.sampledKeys(), paths)
                    .forEach(found -> sampled.put(found.column().source(), found));
        }
        return sampled;
    }

    private static FoundColumn column(
            String name,
            ColumnSource source,
            Attribute attribute,
            IndexDefinition index,
            @Nullable FoundColumn sampled) {
        if (sampled == null) {
            return new FoundColumn(new Column(name, type(source, attribute), true, source), index.name(), null);
        }
        Column column = new Column(name, sampled.column().type(), true, source);
        return new FoundColumn(column, null, sampled.sampled());
    }

    private static ColumnType type(ColumnSource source, Attribute attribute) {
        boolean json = source instanceof ColumnSource.JsonPath;
        return switch (attribute.type()) {
            case "NUMERIC" -> isMany(source) ? ColumnType.of(Kind.JSON) : ColumnType.DOUBLE;
            case "VECTOR" -> ColumnType.of(json ? Kind.JSON : Kind.VARBINARY);
            default -> isMany(source) ? ColumnType.of(Kind.JSON) : ColumnType.VARCHAR;
        };
    }
}
