package io.rediscalcite.shell;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.rediscalcite.adapter.RedisSchemaFactory;
import io.rediscalcite.adapter.discovery.InferredColumn;
import io.rediscalcite.adapter.discovery.InferredTable;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ConnectionSpec;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.SystemColumn;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.type.InferredType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a Calcite model of tables that were found: the same tables again, once it is loaded. */
final class ModelText {
    private final StringBuilder text = new StringBuilder();

    private ModelText() {}

    /** The model, with comments on what each column's type was chosen by. Holds no password. */
    static String of(ConnectionSpec spec, List<InferredTable> tables) {
        ModelText model = new ModelText();
        model.write(spec, tables);
        return model.text.toString();
    }

    private void write(ConnectionSpec spec, List<InferredTable> tables) {
        line(0, "// Found by sampling up to " + spec.discoverSample() + " keys a table. Change what you know better.");
        line(
                0,
                "// Where a table says \"inferColumns\": true, columns that aren't listed are inferred at each connection.");
        line(0, "{");
        line(2, "\"version\": \"1.0\",");
        line(2, "\"defaultSchema\": " + quote(spec.schema()) + ",");
        line(2, "\"schemas\": [{");
        line(4, "\"name\": " + quote(spec.schema()) + ",");
        line(4, "\"type\": \"custom\",");
        line(4, "\"factory\": " + quote(RedisSchemaFactory.class.getName()) + ",");
        line(4, "\"operand\": {");
        line(6, "\"url\": " + quote(spec.redactedUrl()) + ",");
        line(6, "\"discover\": false,");
        line(6, "\"tables\": [");
        List<InferredTable> sayable = new ArrayList<>();
        for (InferredTable table : tables) {
            if (isSayable(table.definition())) {
                sayable.add(table);
            } else {
                line(
                        8,
                        comment("The keys of " + table.definition().name() + " can't be written as a pattern: "
                                + table.definition().key()));
            }
        }
        for (int i = 0; i < sayable.size(); i++) {
            write(sayable.get(i), i == sayable.size() - 1 ? "" : ",");
        }
        line(6, "]");
        line(4, "}");
        line(2, "}]");
        line(0, "}");
    }

    private void write(InferredTable table, String comma) {
        TableDefinition definition = table.definition();
        List<InferredColumn> columns = table.columns().stream()
                .filter(column -> isDeclarable(column.column()))
                .toList();
        List<String> system = systemColumns(definition);
        line(8, "{");
        line(10, "\"name\": " + quote(definition.name()) + ",");
        line(10, "\"type\": " + quote(definition.type().modelName()) + ",");
        line(10, "\"key\": " + quote(pattern(definition).toString()) + ",");
        if (hasFields(definition.type())) {
            line(10, "\"inferColumns\": false,");
        }
        if (!system.isEmpty()) {
            line(
                    10,
                    "\"systemColumns\": "
                            + system.stream().map(ModelText::quote).toList() + ",");
        }
        line(10, "\"columns\": [" + (columns.isEmpty() ? "]" : ""));
        for (int i = 0; i < columns.size(); i++) {
            InferredColumn column = columns.get(i);
            String end = i == columns.size() - 1 ? " }" : " },";
            line(12, "{ " + entries(column.column()) + end + evidence(column));
        }
        if (!columns.isEmpty()) {
            line(10, "]");
        }
        line(8, "}" + comma);
    }

    private static boolean hasFields(TableType type) {
        return type == TableType.HASH
                || type == TableType.JSON
                || type == TableType.STREAM
                || type == TableType.TIMESERIES;
    }

    /** Whether the key pattern, written and read again, is the same: a key's own braces and stars can't be written. */
    private static boolean isSayable(TableDefinition definition) {
        KeyPattern pattern = pattern(definition);
        try {
            return KeyPattern.parse(pattern.toString(), pattern.separator()).equals(pattern);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** The pattern with parts called as their columns are, which differ where a field has a part's name. */
    private static KeyPattern pattern(TableDefinition definition) {
        List<KeyPattern.Segment> segments = new ArrayList<>();
        for (KeyPattern.Segment segment : definition.key().segments()) {
            segments.add(
                    segment instanceof KeyPattern.Part part
                            ? new KeyPattern.Part(columnName(definition, part.name()))
                            : segment);
        }
        return new KeyPattern(segments, definition.key().separator());
    }

    private static String columnName(TableDefinition definition, String part) {
        return definition.columns().stream()
                .filter(column -> column.source().equals(new ColumnSource.KeyPart(part)))
                .map(Column::name)
                .findFirst()
                .orElse(part);
    }

    private static List<String> systemColumns(TableDefinition definition) {
        List<Column> system =
                Arrays.stream(SystemColumn.values()).map(SystemColumn::column).toList();
        return definition.columns().stream()
                .filter(system::contains)
                .map(Column::name)
                .toList();
    }

    private static boolean isDeclarable(Column column) {
        ColumnSource source = column.source();
        return source instanceof ColumnSource.KeyPart
                || (source instanceof ColumnSource.Field field && !field.field().isEmpty())
                || source instanceof ColumnSource.JsonPath
                || (source instanceof ColumnSource.Label label && !label.label().isEmpty());
    }

    private static String entries(Column column) {
        StringBuilder entries = new StringBuilder("\"name\": ").append(quote(column.name()));
        entries.append(", \"type\": ").append(quote(column.type().toString()));
        ColumnSource source = column.source();
        if (source instanceof ColumnSource.Field field && !isOwnName(column, field.field())) {
            entries.append(", \"field\": ").append(quote(field.field()));
        } else if (source instanceof ColumnSource.Label label && !isOwnName(column, label.label())) {
            entries.append(", \"field\": ").append(quote(label.label()));
        } else if (source instanceof ColumnSource.JsonPath path) {
            entries.append(", \"path\": ").append(quote(path.path()));
        }
        return entries.toString();
    }

    /** Whether the column, without saying so, is that field. */
    private static boolean isOwnName(Column column, String field) {
        return column.name().equals(field);
    }

    private static String evidence(InferredColumn column) {
        InferredType sampled = column.sampled();
        @Nullable String index = column.index();
        if (index != null) {
            return "  " + comment("of the search index " + index);
        }
        if (sampled == null) {
            return "";
        }
        String candidates = sampled.candidates().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(candidate -> candidate.getKey() + " " + candidate.getValue())
                .collect(Collectors.joining(", "));
        return "  "
                + comment(sampled.valid() + " values in " + sampled.samples() + " samples"
                        + (candidates.isEmpty() ? "" : ", fit: " + candidates));
    }

    private static String comment(String words) {
        return "// " + words.replaceAll("\\R", " ");
    }

    private static String quote(String words) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(words)) + "\"";
    }

    private void line(int indent, String words) {
        text.append(" ".repeat(indent)).append(words).append('\n');
    }
}
