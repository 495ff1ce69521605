package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
     * @param factors the columns whose product is its argument; mostly one; none for COUNT_ROWS alone
     * @param product the kind of the argument's type
     * @param filter which of the group's rows it is of: {@code FILTER (WHERE …)}
     * @param result the kind of its type
     * @param nullIsZero whether a group without values gives 0
     */
    public record Measure(
            Function function, List<Column> factors, Kind product, Condition filter, Kind result, boolean nullIsZero) {
        public Measure {
            factors = List.copyOf(factors);
        }

        /** Whether it counts numbers that differ: for that the server has to compute them, so as to take both zeros for one. */
        public boolean isOfDistinctNumbers() {
            return function == Function.COUNT_DISTINCT && factors.get(0).type().kind() != Kind.VARCHAR;
        }

        private Measure over(Function otherFunction, List<Column> otherFactors, Condition otherFilter) {
            return new Measure(otherFunction, otherFactors, product, otherFilter, result, nullIsZero);
        }

        /** This of rows that all have values, where it says the same; of all rows otherwise. */
        private Measure ofValues(boolean documents) {
            if (function == Function.COUNT && documents) {
                return over(Function.COUNT_ROWS, List.of(), and(filter, factors));
            }
            boolean computed = factors.size() > 1 || isOfDistinctNumbers();
            return computed ? over(function, factors, and(filter, factors)) : this;
        }
    }

    /**
     * Measures of the rows of one condition: what one command computes.
     *
     * @param aggregate whose measures have no filter
     * @param measures their positions in the whole
     */
    public record Part(IndexAggregate aggregate, List<Integer> measures) {
        public Part {
            measures = List.copyOf(measures);
        }
    }

    public IndexAggregate {
        groups = List.copyOf(groups);
        measures = List.copyOf(measures);
    }

    /**
     * This cut into what one command each computes: the first has every group; the others, for the measures of some of its rows, may
     * lack groups, which then have no such rows.
     *
     * <p>The arguments that are products are of rows that have all factors, since the server stops at a document that lacks one; and of documents
     * it counts what is missing, unless it isn't asked for.
     */
    public List<Part> parts() {
        Map<Condition, List<Measure>> measuresOf = new LinkedHashMap<>();
        Map<Condition, List<Integer>> positionsOf = new LinkedHashMap<>();
        measuresOf.put(new Condition.Anything(), new ArrayList<>());
        positionsOf.put(new Condition.Anything(), new ArrayList<>());
        for (int i = 0; i < measures.size(); i++) {
            Measure measure = measures.get(i).ofValues(table.type() == TableType.JSON);
            Condition filter = measure.filter();
            measuresOf
                    .computeIfAbsent(filter, any -> new ArrayList<>())
                    .add(measure.over(measure.function(), measure.factors(), new Condition.Anything()));
            positionsOf.computeIfAbsent(filter, any -> new ArrayList<>()).add(i);
        }
        List<Part> parts = new ArrayList<>();
        measuresOf.forEach((filter, measured) -> parts.add(new Part(
                new IndexAggregate(table, index, and(condition, filter), groups, measured, approximate, command),
                positionsOf.getOrDefault(filter, List.of()))));
        return parts;
    }

    /** In one level, since each conjunct is asked in its own way. */
    private static Condition and(Condition condition, Condition other) {
        List<Condition> all = Stream.of(condition, other)
                .flatMap(one -> one instanceof Condition.And and ? and.conditions().stream() : Stream.of(one))
                .filter(one -> !(one instanceof Condition.Anything))
                .toList();
        return switch (all.size()) {
            case 0 -> new Condition.Anything();
            case 1 -> all.get(0);
            default -> new Condition.And(all);
        };
    }

    private static Condition and(Condition condition, List<Column> columns) {
        Condition all = condition;
        for (Column column : new LinkedHashSet<>(columns)) {
            all = and(all, new Condition.IsNotNull(column));
        }
        return all;
    }

    /** All that it is asked with. */
    public Stream<Operand> operands() {
        return Stream.concat(condition.allOperands(), measures.stream().flatMap(measure -> measure.filter()
                .allOperands()));
    }

    @Override
    public String toString() {
        return command;
    }
}
