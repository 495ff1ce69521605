package io.rediscalcite.adapter.rules;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.model.KeyPattern;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.KeyFilter;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.query.RedisQuery;
import io.rediscalcite.adapter.query.RowFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;

/**
 * Splits a condition into what a scan decides, by the names of the keys and by what their type gives its rows, and what must
 * be checked above it.
 *
 * <p>Understood: {@code =} and {@code IN} on {@code _key} and on key parts of text, integer and date types, either way round, with
 * literals, parameters and fields of a lookup join's other side; an OR whose every branch has such a comparison of the same column; LIKE with
 * a literal beginning on {@code _key} and on a part that all keys have behind the same text; {@code =} of a key's type with a literal. A conjunct that the key filter decides is gone from the rest; one that it only narrows stays there too.
 * What {@link RowConditions} understands goes likewise. Anything else stays: parts of type DOUBLE, say, since {@code 0.0 = -0.0} though the texts differ.
 */
final class PredicateSplitter {
    /**
     * @param keys the query's key filter with what was understood
     * @param rows the query's row filter with what was understood
     * @param remaining what the rows must still pass
     */
    record Split(KeyFilter keys, RowFilter rows, List<RexNode> remaining) {}

    /** One column's allowed values; exact if the condition says no more than that. */
    private record Values(Column column, List<Operand> operands, boolean exact) {}

    private final List<Column> columns;
    private final KeyPattern key;

    private PredicateSplitter(RedisQuery query) {
        this.columns = query.outputColumns();
        this.key = query.table().key();
    }

    static Split split(RexNode condition, RedisQuery query, RexBuilder rexBuilder) {
        PredicateSplitter splitter = new PredicateSplitter(query);
        RowConditions rowConditions = new RowConditions(query);
        KeyFilter keys = query.keys();
        RowFilter rows = query.rows();
        List<RexNode> remaining = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            KeyFilter before = keys;
            boolean exact = false;
            Optional<RowConditions.Understood> row = rowConditions.of(conjunct);
            if (row.isPresent()) {
                RowFilter.Condition found = row.get().condition();
                exact = row.get().exact();
                // What isn't exact comes again, with what remains of the filter.
                if (RowConditions.isPlace(found.column())) {
                    keys = keys.places().conditions().contains(found) ? keys : keys.withPlace(found);
                } else {
                    rows = rows.conditions().contains(found) ? rows : rows.and(found);
                }
            }
            Optional<Values> values = splitter.values(conjunct);
            if (values.isPresent()) {
                keys = splitter.add(keys, values.get());
                exact |= values.get().exact() && !keys.equals(before);
            } else {
                Optional<String> type = splitter.typeOfKey(conjunct);
                if (type.isPresent() && keys.type().isEmpty()) {
                    keys = keys.withType(type.get());
                    exact = true;
                }
                Optional<LikePattern> like = splitter.likeOnKey(conjunct);
                if (like.isPresent() && !keys.prefixes().contains(like.get().prefix())) {
                    keys = keys.withPrefix(like.get().prefix());
                    exact = like.get().exact();
                }
            }
            if (!exact) {
                remaining.add(conjunct);
            }
        }
        return new Split(keys, rows, remaining);
    }

    /** {@code keys} and the values, unless the column has values already: then the first stay, and the rows are checked. */
    private KeyFilter add(KeyFilter keys, Values values) {
        if (values.column().source() instanceof ColumnSource.KeyPart part) {
            return keys.parts().containsKey(part.part()) ? keys : keys.withPart(part.part(), values.operands());
        }
        return keys.key().isPresent() ? keys : keys.withKey(values.operands());
    }

    private Optional<Values> values(RexNode conjunct) {
        return switch (conjunct.getKind()) {
            case EQUALS -> equality((RexCall) conjunct);
            case SEARCH -> points((RexCall) conjunct);
            case OR -> disjunction((RexCall) conjunct);
            default -> Optional.empty();
        };
    }

    private Optional<Values> equality(RexCall call) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return nameColumn(left).flatMap(column -> comparison(column, right)).or(() -> nameColumn(right)
                .flatMap(column -> comparison(column, left)));
    }

    private Optional<Values> comparison(Column column, RexNode value) {
        if (!comparable(column.type(), value.getType().getSqlTypeName())) {
            return Optional.empty();
        }
        return Operands.of(value).map(operand -> new Values(column, List.of(operand), true));
    }

    private Optional<Values> points(RexCall call) {
        Optional<Column> column = nameColumn(call.getOperands().get(0));
        if (column.isEmpty() || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        Sarg<?> sarg = literal.getValueAs(Sarg.class);
        boolean understood = sarg != null
                && sarg.isPoints()
                && sarg.nullAs != RexUnknownAs.TRUE
                && comparable(column.get().type(), literal.getType().getSqlTypeName());
        if (!understood) {
            return Optional.empty();
        }
        List<Operand> operands = new ArrayList<>();
        for (var range : sarg.rangeSet.asRanges()) {
            Optional<Operand> operand = Operands.literal(range.lowerEndpoint());
            if (operand.isEmpty()) {
                return Optional.empty();
            }
            operands.add(operand.get());
        }
        return Optional.of(new Values(column.get(), operands, true));
    }

    /**
     * The values that an OR allows a column: each branch must name some for the same column. Branches that say more than that
     * ({@code _key = 'a' AND x > 1}) make it a superset.
     */
    private Optional<Values> disjunction(RexCall or) {
        Optional<Column> column = Optional.empty();
        List<Operand> operands = new ArrayList<>();
        boolean exact = true;
        for (RexNode branch : RelOptUtil.disjunctions(or)) {
            Optional<Values> found = Optional.empty();
            List<RexNode> conjuncts = RelOptUtil.conjunctions(branch);
            for (RexNode conjunct : conjuncts) {
                Optional<Values> candidate = values(conjunct);
                Optional<Column> wanted = column;
                if (candidate.isPresent()
                        && wanted.map(candidate.get().column()::equals).orElse(true)) {
                    found = candidate;
                    break;
                }
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            column = Optional.of(found.get().column());
            operands.addAll(found.get().operands());
            exact &= found.get().exact() && conjuncts.size() == 1;
        }
        List<Operand> distinct = operands.stream().distinct().toList();
        boolean all = exact;
        return column.map(c -> new Values(c, distinct, all));
    }

    /** What a LIKE pattern says of the beginning; exact if it says nothing else. */
    private record LikePattern(Operand prefix, boolean exact) {}

    private Optional<LikePattern> likeOnKey(RexNode conjunct) {
        if (conjunct.getKind() != SqlKind.LIKE
                || !(conjunct instanceof RexCall call)
                || !(call.getOperator() instanceof SqlLikeOperator operator)
                || !operator.isCaseSensitive()
                || operator.isNegated()
                || call.getOperands().size() != 2
                || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
            return Optional.empty();
        }
        Optional<ColumnSource> column = nameColumn(call.getOperands().get(0)).map(Column::source);
        Optional<String> before = column.flatMap(this::textBefore);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        String pattern = literal.getValueAs(String.class);
        if (pattern == null || pattern.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        int end = 0;
        while (end < pattern.length() && pattern.charAt(end) != '%' && pattern.charAt(end) != '_') {
            end++;
        }
        boolean exact = pattern.substring(end).equals("%") && isLast(column.orElseThrow());
        return end == 0
                ? Optional.empty()
                : Optional.of(new LikePattern(new Operand.Literal(before.get() + pattern.substring(0, end)), exact));
    }

    /** What every key has in front of the column's text; empty if that isn't the same for all. */
    private Optional<String> textBefore(ColumnSource column) {
        if (column instanceof ColumnSource.Key) {
            return Optional.of("");
        }
        int literal = key.literalPrefix().isEmpty() ? 0 : 1;
        return isPart(column, literal) ? Optional.of(key.literalPrefix()) : Optional.empty();
    }

    /** True if the column's text ends where the key does: then a key that begins with its beginning has it there. */
    private boolean isLast(ColumnSource column) {
        return column instanceof ColumnSource.Key
                || isPart(column, key.segments().size() - 1);
    }

    private boolean isPart(ColumnSource column, int segment) {
        return column instanceof ColumnSource.KeyPart part
                && segment < key.segments().size()
                && key.segments().get(segment).equals(new KeyPattern.Part(part.part()));
    }

    /**
     * The Redis type that the condition demands. Only types that we know: SCAN's TYPE ignores case, and may refuse a name
     * that it doesn't know, where SQL finds no row.
     */
    private Optional<String> typeOfKey(RexNode conjunct) {
        if (conjunct.getKind() != SqlKind.EQUALS || !(conjunct instanceof RexCall call)) {
            return Optional.empty();
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        RexNode value = isType(left) ? right : isType(right) ? left : conjunct;
        return Operands.of(value)
                .filter(Operand.Literal.class::isInstance)
                .map(literal -> ((Operand.Literal) literal).value().toString())
                .filter(type -> TableType.ofRedisType(type).isPresent());
    }

    private boolean isType(RexNode node) {
        return node instanceof RexInputRef ref && columns.get(ref.getIndex()).source() == ColumnSource.Builtin.TYPE;
    }

    /** The column that {@code node} is, if the key's name gives it. */
    private Optional<Column> nameColumn(RexNode node) {
        if (!(node instanceof RexInputRef ref)) {
            return Optional.empty();
        }
        Column column = columns.get(ref.getIndex());
        boolean named = column.source() instanceof ColumnSource.Key
                || (column.source() instanceof ColumnSource.KeyPart && column.format() == null);
        return named ? Optional.of(column) : Optional.empty();
    }

    /** True if equal values of the two types have equal texts. */
    static boolean comparable(ColumnType column, SqlTypeName value) {
        return switch (column.kind()) {
            case VARCHAR -> SqlTypeName.CHAR_TYPES.contains(value);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> SqlTypeName.EXACT_TYPES.contains(value);
            case DATE -> value == SqlTypeName.DATE;
            default -> false;
        };
    }
}
