package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType;
import io.rediscalcite.adapter.query.Condition.Comparison;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Comparisons as ranges of a NUMERIC attribute, which holds each value as a double.
 *
 * <p>Exact where the double tells all values of the column apart that the comparison does. Otherwise the bound is
 * included, since values that rounding moved onto it may be on either side, and the rows are checked.
 */
final class NumericTerms {
    static final String ANY = "[-inf +inf]";

    /** Integers below 2^53 are doubles. */
    private static final BigDecimal EXACT_INTEGERS = BigDecimal.valueOf(1L << 53);

    /** Two decimals of so many digits are never the same double. */
    private static final int EXACT_DIGITS = 15;

    private static final int MILLIS_SCALE = 3;

    private NumericTerms() {}

    /** Whether a column of such values can be compared by ranges. */
    static boolean canHold(Column column) {
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
            case DATE, TIMESTAMP -> column.format() != null && column.format().startsWith("epoch_");
            default -> false;
        };
    }

    /** Whether comparisons with the column can be exact, if the value allows it. */
    static boolean canBeExact(Column column) {
        return column.type().kind() != ColumnType.Kind.REAL && digits(column) <= EXACT_DIGITS;
    }

    /** Digits of the column's decimals; 0 for integers and doubles. */
    private static int digits(Column column) {
        return column.type().kind() == ColumnType.Kind.DECIMAL ? column.type().precision() : 0;
    }

    /** The query text for a column that {@code field} ({@code @age:}) names; {@code value} is in Calcite's internal form. */
    static Pushed compare(String field, Column column, Comparison comparison, Object value) {
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> integer(field, comparison, value);
            case DOUBLE -> floating(field, comparison, value);
            case REAL -> single(field, comparison, value);
            case DATE, TIMESTAMP -> epoch(field, column, comparison, value);
            default -> decimal(field, column.type().precision(), column.type().scale(), comparison, value);
        };
    }

    private static Optional<BigDecimal> number(Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? Optional.of(new BigDecimal(number)) : Optional.empty();
        }
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }

    private static Pushed notANumber(String field) {
        return new Pushed.Declined(field.replaceAll("[@:]", "") + " isn't compared with a finite number");
    }

    private static Pushed integer(String field, Comparison comparison, Object value) {
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return notANumber(field);
        }
        BigDecimal exact = number.get();
        BigDecimal floor = exact.setScale(0, RoundingMode.FLOOR);
        if (floor.compareTo(exact) == 0) {
            boolean precise = floor.abs().compareTo(EXACT_INTEGERS) < 0;
            return precise
                    ? range(field, comparison, floor.toBigInteger().toString(), true)
                    : range(field, comparison, text(floor.doubleValue()), false);
        }
        // Between two integers.
        return switch (comparison) {
            case EQUAL -> new Pushed.NoRows();
            case NOT_EQUAL -> new Pushed.Query(field + ANY, true);
            case LESS, LESS_OR_EQUAL -> integer(field, Comparison.LESS_OR_EQUAL, floor);
            case GREATER, GREATER_OR_EQUAL -> integer(field, Comparison.GREATER_OR_EQUAL, floor.add(BigDecimal.ONE));
        };
    }

    private static Pushed floating(String field, Comparison comparison, Object value) {
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number) ? range(field, comparison, text(number), true) : notANumber(field);
        }
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return notANumber(field);
        }
        double nearest = number.get().doubleValue();
        boolean same = Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(number.get()) == 0;
        return same
                ? range(field, comparison, text(nearest), true)
                : around(field, comparison, Math.nextDown(nearest), Math.nextUp(nearest));
    }

    /** The column has the float that is nearest to what the index holds. */
    private static Pushed single(String field, Comparison comparison, Object value) {
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return notANumber(field);
        }
        float nearest = number.get().floatValue();
        return around(field, comparison, Math.nextDown(nearest), Math.nextUp(nearest));
    }

    private static Pushed epoch(String field, Column column, Comparison comparison, Object value) {
        Optional<byte[]> text = Codecs.of(column, ZoneOffset.UTC).encodeOperand(value);
        return text.isEmpty()
                ? notANumber(field)
                : decimal(field, EXACT_DIGITS, MILLIS_SCALE, comparison, new BigDecimal(Text.decode(text.get())));
    }

    private static Pushed decimal(String field, int precision, int scale, Comparison comparison, Object value) {
        Optional<BigDecimal> number = number(value);
        if (number.isEmpty()) {
            return notANumber(field);
        }
        BigDecimal exact = number.get().stripTrailingZeros();
        boolean precise = precision <= EXACT_DIGITS && exact.scale() <= scale && exact.precision() <= EXACT_DIGITS;
        double nearest = exact.doubleValue();
        return Double.isFinite(nearest) ? range(field, comparison, text(nearest), precise) : notANumber(field);
    }

    private static Pushed around(String field, Comparison comparison, double low, double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            return notANumber(field);
        }
        return switch (comparison) {
            case EQUAL -> new Pushed.Query(field + "[" + text(low) + " " + text(high) + "]", false);
            case NOT_EQUAL -> new Pushed.Query(field + ANY, false);
            case LESS, LESS_OR_EQUAL -> new Pushed.Query(field + "[-inf " + text(high) + "]", false);
            case GREATER, GREATER_OR_EQUAL -> new Pushed.Query(field + "[" + text(low) + " +inf]", false);
        };
    }

    /** @param precise whether a value that isn't the bound is another double than the bound */
    static Pushed.Query range(String field, Comparison comparison, String bound, boolean precise) {
        String open = precise ? "(" : "";
        String text =
                switch (comparison) {
                    case EQUAL -> field + "[" + bound + " " + bound + "]";
                    case NOT_EQUAL ->
                        precise
                                ? "(" + field + "[-inf (" + bound + "] | " + field + "[(" + bound + " +inf])"
                                : field + ANY;
                    case LESS -> field + "[-inf " + open + bound + "]";
                    case LESS_OR_EQUAL -> field + "[-inf " + bound + "]";
                    case GREATER -> field + "[" + open + bound + " +inf]";
                    case GREATER_OR_EQUAL -> field + "[" + bound + " +inf]";
                };
        return new Pushed.Query(text, precise);
    }

    private static String text(double value) {
        return Double.toString(value);
    }
}
