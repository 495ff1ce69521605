package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Groups of a table's rows, and what is counted and added up in each, as a search index may compute them.
 *
 * @param index its name
 * @param condition what the rows fulfil that count
 * @param groups by which columns; none for one group of all rows
 * @param approximate whether numbers may be rounded, and keys counted that have just expired
 * @param command the command as EXPLAIN shows it, operands that aren't known yet by their texts
 */
public record IndexAggregate(
        TableDefinition table,
        String index,
        Condition condition,
        List<Column> groups,
        List<Measure> measures,
        boolean approximate,
        String command) {
    /** What is computed of the rows of a group. */
    public enum Function {
        COUNT_ROWS,
        COUNT,
        COUNT_DISTINCT,
        SUM,
        MIN,
        MAX
    }

    /**
     * One result of a group.
     *
     * @param column empty for COUNT_ROWS alone
     * @param result the kind of its type
     * @param nullIsZero whether a group without values gives 0
     */
    public record Measure(Function function, Optional<Column> column, Kind result, boolean nullIsZero) {}

    public IndexAggregate {
        groups = List.copyOf(groups);
        measures = List.copyOf(measures);
    }

    /** All that it is asked with. */
    public Stream<Operand> operands() {
        return condition.allOperands();
    }

    @Override
    public String toString() {
        return command;
    }
}
