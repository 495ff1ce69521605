package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An index to be made, as CREATE INDEX says it.
 *
 * @param name its name
 * @param unlessThere whether one of that name may be there already
 */
public record NewIndex(String name, boolean unlessThere, List<Part> parts) {
    /** Splits a TAG, and no text that a person typed has it. */
    private static final String SEPARATOR = "\u001f";

    public NewIndex {
        parts = List.copyOf(parts);
    }

    /**
     * A column of it.
     *
     * @param definition its type and options in the words of FT.CREATE; empty for what suits the column
     */
    public record Part(String column, List<String> definition) {
        public Part {
            definition = List.copyOf(definition);
        }
    }

    /**
     * The words of FT.CREATE for the table's keys.
     *
     * @throws RedisSqlException FEATURE_NOT_SUPPORTED for a table that has no fields, INVALID_STATEMENT for a column that is none
     */
    public List<String> command(TableDefinition table) {
        if (table.type() != TableType.HASH && table.type() != TableType.JSON) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "table '" + table.name() + "' is a " + table.type().modelName()
                            + ": Redis has search indexes over hashes and JSON documents alone");
        }
        List<String> words =
                new ArrayList<>(List.of("FT.CREATE", name, "ON", table.type().name()));
        words.addAll(List.of("PREFIX", "1", table.key().literalPrefix(), "SCHEMA"));
        for (Part part : parts) {
            Column column = column(table, part.column());
            words.add(identifier(table, column));
            words.addAll(List.of("AS", column.name()));
            words.addAll(part.definition().isEmpty() ? suiting(table, column) : part.definition());
        }
        return words;
    }

    private static Column column(TableDefinition table, String name) {
        return table.columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new RedisSqlException(
                        SqlState.INVALID_STATEMENT,
                        "table '" + table.name() + "' has no column '" + name + "'; it has "
                                + table.columns().stream().map(Column::name).collect(Collectors.joining(", "))));
    }

    private static String identifier(TableDefinition table, Column column) {
        if (column.source() instanceof ColumnSource.Field field) {
            return field.field();
        }
        if (column.source() instanceof ColumnSource.JsonPath path) {
            return path.path();
        }
        throw new RedisSqlException(
                SqlState.INVALID_STATEMENT,
                "column '" + column.name() + "' of table '" + table.name() + "' is "
                        + column.source().describe()
                        + ": a search index is over fields of hashes and paths of documents");
    }

    /** What makes comparisons, orders and groups SQL's: each value as it is, and told whether it is missing or empty. */
    private static List<String> suiting(TableDefinition table, Column column) {
        List<String> words = new ArrayList<>();
        if (NumericTerms.canHold(column)) {
            words.add("NUMERIC");
            if (table.type() == TableType.HASH) {
                // Where NULLs come first, they are asked for beside the first values.
                words.add("INDEXMISSING");
            }
            words.add("SORTABLE");
            return words;
        }
        words.add("TAG");
        if (table.type() == TableType.HASH) {
            words.addAll(List.of("SEPARATOR", SEPARATOR));
        }
        words.addAll(List.of("CASESENSITIVE", "INDEXEMPTY", "INDEXMISSING"));
        if (table.type() == TableType.HASH) {
            // A document with an empty array at a sortable path would be left out.
            words.addAll(List.of("SORTABLE", "UNF"));
        }
        return words;
    }
}
