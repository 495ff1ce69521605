package io.rediscalcite.adapter;

import io.rediscalcite.adapter.discovery.InferredColumn;
import io.rediscalcite.adapter.type.InferredType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code redis_columns}: a row for each column of each Redis table, in the order of {@code SELECT *}.
 *
 * <p>{@code source} is {@code type}, {@code model}, {@code sample} or {@code index NAME}; {@code candidates} is JSON: how many of
 * the sampled values each type would hold. What wasn't sampled has NULL for {@code samples} and all behind it.
 */
final class InferredColumnsTable extends AbstractTable implements ScannableTable {
    static final String NAME = "redis_columns";

    private final Supplier<List<InferredColumn>> columns;

    InferredColumnsTable(Supplier<List<InferredColumn>> columns) {
        this.columns = columns;
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.SYSTEM_TABLE;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        RelDataType text = typeFactory.createSqlType(SqlTypeName.VARCHAR);
        RelDataType number =
                typeFactory.createTypeWithNullability(typeFactory.createSqlType(SqlTypeName.INTEGER), true);
        return typeFactory
                .builder()
                .add("table_name", text)
                .add("column_name", text)
                .add("data_type", text)
                .add("source", text)
                .add("confidence", SqlTypeName.DOUBLE)
                .add("samples", number)
                .add("valid", number)
                .add("nulls", number)
                .add("candidates", typeFactory.createTypeWithNullability(text, true))
                .build();
    }

    @Override
    public Enumerable<@Nullable Object[]> scan(DataContext root) {
        return Linq4j.asEnumerable(
                columns.get().stream().map(InferredColumnsTable::row).toList());
    }

    private static @Nullable Object[] row(InferredColumn column) {
        InferredType sampled = column.sampled();
        return new @Nullable Object[] {
            column.table(),
            column.column().name(),
            column.column().type().toString(),
            source(column),
            column.confidence(),
            sampled == null ? null : sampled.samples(),
            sampled == null ? null : sampled.valid(),
            sampled == null ? null : sampled.nulls(),
            sampled == null ? null : candidates(sampled)
        };
    }

    private static String source(InferredColumn column) {
        return switch (column.origin()) {
            case KEY_TYPE -> "type";
            case INDEX -> "index " + column.index();
            case MODEL, SAMPLE -> column.origin().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String candidates(InferredType sampled) {
        Map<String, Integer> byName = new TreeMap<>();
        sampled.candidates().forEach((kind, values) -> byName.put(kind.name(), values));
        return byName.entrySet().stream()
                .map(candidate -> "\"" + candidate.getKey() + "\":" + candidate.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }
}
