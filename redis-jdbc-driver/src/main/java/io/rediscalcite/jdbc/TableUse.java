package io.rediscalcite.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.schema.Table;
import org.jspecify.annotations.Nullable;

/**
 * A table that a plan was made with.
 *
 * @param path names of its schemas and its own
 * @param rows how many rows it was taken to have; empty if nobody asked
 */
record TableUse(List<String> path, Table table, OptionalDouble rows) {
    /** Where a table doubles from little to little, any plan is quick. */
    private static final double SMALL = 1000;

    private static final double FACTOR = 4;

    TableUse {
        path = List.copyOf(path);
    }

    /** The tables that a statement reads and writes, one as often as it is named. */
    static List<RelOptTable> tables(RelNode logical) {
        List<RelOptTable> found = new ArrayList<>();
        collect(logical, found);
        return found;
    }

    private static void collect(RelNode node, List<RelOptTable> found) {
        RelOptTable table = node.getTable();
        if (table != null || node instanceof TableModify) {
            found.add(table);
        }
        node.accept(new RexShuttle() {
            @Override
            public RexSubQuery visitSubQuery(RexSubQuery subQuery) {
                collect(subQuery.rel, found);
                return (RexSubQuery) super.visitSubQuery(subQuery);
            }
        });
        node.getInputs().forEach(input -> collect(input, found));
    }

    /** True if its name still means this table. */
    boolean isIn(CalciteSchema root) {
        @Nullable CalciteSchema schema = root;
        for (String name : path.subList(0, path.size() - 1)) {
            schema = schema == null ? null : schema.getSubSchema(name, true);
        }
        CalciteSchema.TableEntry entry = schema == null ? null : schema.getTable(path.get(path.size() - 1), true);
        return entry != null && entry.getTable() == table;
    }

    /** True if it has now about the rows that the plan was weighed with. */
    boolean isAsLargeAs(OptionalDouble now) {
        if (rows.isEmpty() || now.isEmpty()) {
            return true;
        }
        double more = Math.max(rows.getAsDouble(), now.getAsDouble());
        double less = Math.min(rows.getAsDouble(), now.getAsDouble());
        return more <= SMALL || more <= FACTOR * less;
    }
}
