package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.Column;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a query demands of a row's values, with SQL's three truth values: a row passes where it is true.
 *
 * <p>There is no NOT: it is carried down to the comparisons, which SQL allows, since the opposite of unknown is unknown.
 */
public sealed interface Condition {
    /** How a column is compared. */
    enum Comparison {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        /** What is true where this is false. */
        public Comparison negated() {
            return switch (this) {
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case GREATER -> LESS_OR_EQUAL;
                case GREATER_OR_EQUAL -> LESS;
            };
        }

        /** The same with its sides exchanged. */
        public Comparison mirrored() {
            return switch (this) {
                case EQUAL, NOT_EQUAL -> this;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }
    }

    /** {@code column < operand}. */
    record Compared(Column column, Comparison comparison, Operand operand) implements Condition {
        @Override
        public String toString() {
            return column.name() + " " + comparison.sql + " " + operand;
        }
    }

    /** {@code column IN (operands)}; an operand of a lookup join stands for many values. */
    record OneOf(Column column, List<Operand> operands) implements Condition {
        public OneOf {
            operands = List.copyOf(operands);
        }
    }

    /** {@code column IS NULL}. */
    record IsNull(Column column) implements Condition {}

    /** {@code column IS NOT NULL}. */
    record IsNotNull(Column column) implements Condition {}

    /** {@code column LIKE 'prefix%'}. */
    record StartsWith(Column column, String prefix) implements Condition {}

    /** All of them. */
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    /** One of them at least. */
    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    /** Always true. */
    record Anything() implements Condition {}

    /** What is computed on this side alone: a function of columns, a comparison of two. */
    record Unknown() implements Condition {}

    /** All that columns are compared with. */
    default Stream<Operand> allOperands() {
        if (this instanceof And and) {
            return and.conditions().stream().flatMap(Condition::allOperands);
        }
        if (this instanceof Or or) {
            return or.conditions().stream().flatMap(Condition::allOperands);
        }
        if (this instanceof Compared compared) {
            return Stream.of(compared.operand());
        }
        return this instanceof OneOf oneOf ? oneOf.operands().stream() : Stream.empty();
    }
}
