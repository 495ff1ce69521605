package io.rediscalcite.adapter.rules;

import com.google.common.collect.BoundType;
import com.google.common.collect.Range;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.Interval;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;

/**
 * Reads conditions on what a key's type gives its rows: comparisons with one column, either way round, ranges and lists of
 * values, and an OR or AND of such on the same column. Likewise those on the place of any key, its slot and its node.
 *
 * <p>Understood are positions and ranks against whole numbers, scores and samples' values against DOUBLE, times against
 * TIMESTAMP, entries' ids against text, slots against whole numbers; members, labels and nodes by {@code =} and IN alone, since Redis has no
 * order of them.
 */
final class RowConditions {
    /** A condition; exact if the conjunct says no more than that. */
    record Understood(RowFilter.Condition condition, boolean exact) {}

    private final TableType table;
    private final List<Column> columns;

    RowConditions(RedisQuery query) {
        this.table = query.table().type();
        this.columns = query.outputColumns();
    }

    Optional<Understood> of(RexNode conjunct) {
        return understood(conjunct)
                .filter(found -> found.condition().isPoints()
                        || !isUnordered(found.condition().column()));
    }

    private Optional<Understood> understood(RexNode node) {
        return switch (node.getKind()) {
            case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
                comparison((RexCall) node);
            case SEARCH -> ranges((RexCall) node);
            case OR -> disjunction((RexCall) node);
            case AND -> conjunction((RexCall) node);
            default -> Optional.empty();
        };
    }

    private Optional<Understood> comparison(RexCall call) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (left instanceof RexCall texts && texts.getOperator().getName().equals("COMPARE") && isZero(right)) {
            // The driver's order of text. Ids are ASCII, which any order of text puts alike.
            return comparison(call.clone(call.getType(), texts.getOperands()));
        }
        return comparison(left, call.getKind(), right)
                .or(() -> comparison(right, call.getKind().reverse(), left));
    }

    private static boolean isZero(RexNode node) {
        return node instanceof RexLiteral literal
                && literal.getValueAs(Object.class) instanceof BigDecimal number
                && number.signum() == 0;
    }

    private Optional<Understood> comparison(RexNode node, SqlKind kind, RexNode value) {
        Optional<Column> column =
                column(node).filter(c -> comparable(c.type(), value.getType().getSqlTypeName()));
        return column.flatMap(c -> Operands.of(value).map(operand -> {
            Interval interval =
                    switch (kind) {
                        case EQUALS -> Interval.at(operand);
                        case LESS_THAN, LESS_THAN_OR_EQUAL -> Interval.to(operand, kind != SqlKind.LESS_THAN);
                        default -> Interval.from(operand, kind != SqlKind.GREATER_THAN);
                    };
            return new Understood(new RowFilter.Condition(c.source(), List.of(interval)), true);
        }));
    }

    private Optional<Understood> ranges(RexCall call) {
        Optional<Column> column = column(call.getOperands().get(0));
        if (column.isEmpty() || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        Sarg<?> sarg = literal.getValueAs(Sarg.class);
        boolean understood = sarg != null
                && sarg.nullAs != RexUnknownAs.TRUE
                && comparable(column.get().type(), literal.getType().getSqlTypeName());
        if (!understood) {
            return Optional.empty();
        }
        List<Interval> intervals = new ArrayList<>();
        for (Range<?> range : sarg.rangeSet.asRanges()) {
            Optional<Interval> interval = interval(range);
            if (interval.isEmpty()) {
                return Optional.empty();
            }
            intervals.add(interval.get());
        }
        return Optional.of(new Understood(new RowFilter.Condition(column.get().source(), intervals), true));
    }

    private static Optional<Interval> interval(Range<?> range) {
        Optional<Interval.Bound> lower = Optional.empty();
        Optional<Interval.Bound> upper = Optional.empty();
        if (range.hasLowerBound()) {
            lower = Operands.literal(range.lowerEndpoint())
                    .map(value -> new Interval.Bound(value, range.lowerBoundType() == BoundType.CLOSED));
        }
        if (range.hasUpperBound()) {
            upper = Operands.literal(range.upperEndpoint())
                    .map(value -> new Interval.Bound(value, range.upperBoundType() == BoundType.CLOSED));
        }
        boolean understood = lower.isPresent() == range.hasLowerBound() && upper.isPresent() == range.hasUpperBound();
        return understood ? Optional.of(new Interval(lower, upper)) : Optional.empty();
    }

    private Optional<Understood> disjunction(RexCall or) {
        Optional<ColumnSource> column = Optional.empty();
        List<Interval> intervals = new ArrayList<>();
        boolean exact = true;
        for (RexNode branch : RelOptUtil.disjunctions(or)) {
            Optional<Understood> found = understood(branch);
            if (found.isEmpty()
                    || !column.map(found.get().condition().column()::equals).orElse(true)) {
                return Optional.empty();
            }
            column = Optional.of(found.get().condition().column());
            intervals.addAll(found.get().condition().intervals());
            exact &= found.get().exact();
        }
        boolean all = exact;
        return column.map(c -> new Understood(
                new RowFilter.Condition(c, intervals.stream().distinct().toList()), all));
    }

    /** Inside an OR: the bounds of one column; whatever else the AND says makes them say less than it does. */
    private Optional<Understood> conjunction(RexCall and) {
        Optional<RowFilter.Condition> bounds = Optional.empty();
        boolean exact = true;
        for (RexNode conjunct : RelOptUtil.conjunctions(and)) {
            Optional<Understood> found = understood(conjunct);
            Optional<RowFilter.Condition> before = bounds;
            Optional<RowFilter.Condition> both = found.flatMap(next -> before.isEmpty()
                    ? Optional.of(next.condition())
                    : before.get().and(next.condition()));
            exact &= both.isPresent() && found.get().exact();
            bounds = both.or(() -> before);
        }
        boolean whole = exact;
        return bounds.map(condition -> new Understood(condition, whole));
    }

    /** The column that {@code node} is, if Redis can tell rows by it without reading the others. */
    private Optional<Column> column(RexNode node) {
        if (!(node instanceof RexInputRef ref)) {
            return Optional.empty();
        }
        Column column = columns.get(ref.getIndex());
        boolean told = isPlace(column.source())
                || switch (table) {
                    case SET -> column.source() == Builtin.MEMBER;
                    case LIST -> column.source() == Builtin.POSITION;
                    case ZSET ->
                        column.source() == Builtin.MEMBER
                                || column.source() == Builtin.SCORE
                                || column.source() == Builtin.RANK;
                    case STREAM -> column.source() == Builtin.ENTRY_ID || column.source() == Builtin.TIMESTAMP;
                    case TIMESERIES ->
                        column.source() == Builtin.TIMESTAMP || column.source() == Builtin.VALUE || isTextLabel(column);
                    case HASH, JSON, STRING, KEY -> false;
                };
        return told ? Optional.of(column) : Optional.empty();
    }

    /** True if the column is the same for all rows of a key, since it tells where that is. */
    static boolean isPlace(ColumnSource column) {
        return column == Builtin.SLOT || column == Builtin.NODE;
    }

    private static boolean isTextLabel(Column column) {
        return column.source() instanceof ColumnSource.Label && column.type().kind() == ColumnType.Kind.VARCHAR;
    }

    private static boolean isUnordered(ColumnSource column) {
        return column == Builtin.MEMBER || column == Builtin.NODE || column instanceof ColumnSource.Label;
    }

    /** True if the reader compares such values as SQL does. */
    private static boolean comparable(ColumnType column, SqlTypeName value) {
        return switch (column.kind()) {
            case DOUBLE -> value == SqlTypeName.DOUBLE || value == SqlTypeName.FLOAT;
            case TIMESTAMP -> value == SqlTypeName.TIMESTAMP;
            default -> PredicateSplitter.comparable(column, value);
        };
    }
}
