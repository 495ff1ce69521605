package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.RedisClient;
import io.rediscalcite.adapter.exec.Execution;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.SqlTypes;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A table of the schema {@code system}: read anew, whole, whenever a plan scans it. Public because generated code calls it. */
public final class SystemTable extends AbstractTable implements TranslatableTable {
    private final RedisClient client;
    private final List<Column> columns;
    private final String commands;
    private final RowSource source;

    /**
     * @param columns each from the field that its source names
     * @param commands what EXPLAIN shows; empty where nothing is sent
     */
    SystemTable(RedisClient client, List<Column> columns, String commands, RowSource source) {
        this.client = client;
        this.columns = List.copyOf(columns);
        this.commands = commands;
        this.source = source;
    }

    String commands() {
        return commands;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        return SqlTypes.rowType(columns, typeFactory);
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.SYSTEM_TABLE;
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
        return new SystemScan(context.getCluster(), relOptTable, this);
    }

    /** The rows, read when they are first asked for; called by generated code. */
    public Enumerable<Object> open(DataContext context) {
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                Session session = new Session(client, new Execution(context, Map.of()), context.getRootSchema());
                Codec[] codecs = columns.stream()
                        .map(column -> Codecs.of(column, ZoneOffset.UTC))
                        .toArray(Codec[]::new);
                Iterator<Map<String, String>> rows = source.rows(session).iterator();
                return Linq4j.transform(Linq4j.iterableEnumerator(() -> rows), fields -> row(fields, codecs));
            }
        };
    }

    private Object row(Map<String, String> fields, Codec[] codecs) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < codecs.length; i++) {
            String text = fields.get(((ColumnSource.Field) columns.get(i).source()).field());
            row.add(text == null ? null : codecs[i].decode(text));
        }
        return row.toArray();
    }
}
