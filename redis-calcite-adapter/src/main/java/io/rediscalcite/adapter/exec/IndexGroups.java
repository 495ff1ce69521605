package io.rediscalcite.adapter.exec;

import io.rediscalcite.adapter.client.Commands;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexAggregate.Function;
import io.rediscalcite.adapter.query.IndexAggregate.Measure;
import io.rediscalcite.adapter.search.AggregateCommand;
import io.rediscalcite.adapter.search.IndexDefinition;
import io.rediscalcite.adapter.search.IndexState;
import io.rediscalcite.adapter.type.BadValueException;
import io.rediscalcite.adapter.type.Codec;
import io.rediscalcite.adapter.type.Codecs;
import io.rediscalcite.adapter.type.Text;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has an index compute groups, and makes rows of them that are SQL's.
 *
 * <p>The server's numbers are doubles: a sum is taken only where no step on the way to it can have been rounded, by the number of
 * rows and the largest value; a value only below 2^53. It gives 0 for the sum, the smallest and the largest of no values; where those are
 * all 0 it is asked again whether there are any.
 */
final class IndexGroups {
    private static final int MAX_GROUPS = 1_000_000;
    private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);

    private final IndexCall call;
    private final IndexDefinition index;
    private final IndexAggregate aggregate;
    private final Execution execution;
    private @Nullable IndexState state;

    IndexGroups(IndexCall call, IndexDefinition index, IndexAggregate aggregate, Execution execution) {
        this.call = call;
        this.index = index;
        this.aggregate = aggregate;
        this.execution = execution;
    }

    /** Values and zeros that may stand for none. */
    private static final class AmbiguousException extends RuntimeException {
        AmbiguousException() {
            super(null, null, false, false);
        }
    }

    /** A row of each group: its keys, then its measures. */
    List<@Nullable Object[]> rows() {
        try {
            return rows(false);
        } catch (AmbiguousException zeros) {
            return rows(true);
        }
    }

    /** The index's state when it answered. */
    Optional<IndexState> state() {
        return Optional.ofNullable(state);
    }

    private List<@Nullable Object[]> rows(boolean careful) {
        List<AggregateCommand> parts = AggregateCommand.all(index, aggregate, execution::values, true, careful)
                .orElseThrow(() -> new IndexUnfitException("it can't compute that with these values"));
        IndexCall.Answer answer = call.ask(index, commands -> parts.forEach(part -> write(commands, part)));
        state = answer.state();
        (aggregate.approximate() ? answer.state().lacking(true) : answer.state().inexact()).ifPresent(reason -> {
            throw new IndexUnfitException(reason);
        });
        Map<List<@Nullable Object>, @Nullable Object[]> rows = new LinkedHashMap<>();
        List<IndexAggregate.Part> cut = aggregate.parts();
        for (int i = 0; i < parts.size(); i++) {
            IndexAggregate.Part part = cut.get(i);
            for (@Nullable Object[] found : read(answer.next("FT.AGGREGATE"), parts.get(i), part.aggregate())) {
                merge(found, part, i == 0, rows);
            }
        }
        if (rows.isEmpty() && aggregate.groups().isEmpty()) {
            rows.put(List.of(), emptyRow(List.of()));
        }
        return List.copyOf(rows.values());
    }

    /** Puts what a part found of a group into the group's row; the first part makes the rows. */
    private void merge(
            @Nullable Object[] found,
            IndexAggregate.Part part,
            boolean first,
            Map<List<@Nullable Object>, @Nullable Object[]> rows) {
        int groups = aggregate.groups().size();
        List<@Nullable Object> key = Arrays.asList(found).subList(0, groups);
        if (first && rows.put(key, emptyRow(key)) != null) {
            throw new IndexUnfitException("it has several groups for one value");
        }
        @Nullable Object[] row = rows.get(key);
        if (row == null) {
            throw new IndexUnfitException("some of its groups have no rows");
        }
        for (int i = 0; i < part.measures().size(); i++) {
            row[groups + part.measures().get(i)] = found[groups + i];
        }
    }

    /** A group without rows. */
    private @Nullable Object[] emptyRow(List<@Nullable Object> key) {
        List<@Nullable Object> row = new ArrayList<>(key);
        for (Measure measure : aggregate.measures()) {
            row.add(
                    switch (measure.function()) {
                        case COUNT_ROWS, COUNT, COUNT_DISTINCT -> (Object) 0L;
                        default -> measure.nullIsZero() ? result(measure.result(), BigDecimal.ZERO) : null;
                    });
        }
        return row.toArray();
    }

    private List<@Nullable Object[]> read(Replies.Cursor reply, AggregateCommand command, IndexAggregate part) {
        reply.next();
        int groups = reply.arrayLength() - 1;
        reply.next();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            reply.next();
            rows.add(row(part, command, values(reply)));
        }
        reply.next();
        if (reply.longValue() != 0) {
            call.send(new Commands().add("FT.CURSOR", "DEL", index.name(), reply.text()));
            throw new IndexUnfitException("it finds more than " + MAX_GROUPS + " groups");
        }
        return rows;
    }

    private static void write(Commands commands, AggregateCommand command) {
        List<byte[]> parameters = command.translator().parameters();
        List<String> steps = command.steps();
        int words = 4 + steps.size() + 7 + (parameters.isEmpty() ? 0 : 2 + 2 * parameters.size());
        commands.begin(words).arg("FT.AGGREGATE").arg(command.index().name());
        commands.arg(command.query()).arg("VERBATIM");
        steps.forEach(step -> commands.arg(Text.encode(step)));
        commands.arg("WITHCURSOR").arg("COUNT").arg(MAX_GROUPS).arg("TIMEOUT").arg(0);
        if (!parameters.isEmpty()) {
            commands.arg("PARAMS").arg(2L * parameters.size());
            for (int i = 0; i < parameters.size(); i++) {
                commands.arg("p" + i).arg(parameters.get(i));
            }
        }
        commands.arg("DIALECT").arg(2);
    }

    private static Map<String, byte[]> values(Replies.Cursor reply) {
        Map<String, byte[]> values = new HashMap<>();
        for (int words = reply.arrayLength(); words > 0; words -= 2) {
            reply.next();
            String name = Text.decode(reply.buffer(), reply.offset(), reply.length());
            reply.next();
            if (!reply.isNull()) {
                values.put(name, reply.bytes());
            }
        }
        return values;
    }

    private @Nullable Object[] row(IndexAggregate part, AggregateCommand command, Map<String, byte[]> values) {
        int groups = part.groups().size();
        @Nullable Object[] row = new Object[groups + part.measures().size()];
        for (int i = 0; i < groups; i++) {
            row[i] = key(part.groups().get(i), values.get(command.keyNames().get(i)));
        }
        long rows = number(AggregateCommand.ROWS, values).longValueExact();
        for (int i = 0; i < part.measures().size(); i++) {
            Measure measure = part.measures().get(i);
            row[groups + i] = measure(measure, command.measureNames().get(i), values, rows);
        }
        return row;
    }

    private static @Nullable Object key(Column column, byte @Nullable [] text) {
        if (text == null) {
            return null;
        }
        Codec codec = Codecs.of(column, ZoneOffset.UTC);
        Object value;
        try {
            value = codec.decode(text, 0, text.length);
        } catch (BadValueException bad) {
            throw new IndexUnfitException("a group's value " + bad.reason());
        }
        if (value instanceof Number number) {
            checkExact(new BigDecimal(number.toString()));
        }
        return value;
    }

    private @Nullable Object measure(
            Measure measure, AggregateCommand.Names names, Map<String, byte[]> values, long rows) {
        switch (measure.function()) {
            case COUNT_ROWS -> {
                return rows;
            }
            case COUNT, COUNT_DISTINCT -> {
                checkExact(widest(names, values));
                return number(names.value(), values).longValueExact();
            }
            default -> {
                checkFinite(values.get(names.sum()));
                BigDecimal smallest = number(names.smallest(), values);
                BigDecimal largest = number(names.largest(), values);
                boolean zeros = smallest.signum() == 0 && largest.signum() == 0;
                if (zeros && !values.containsKey(names.distinct())) {
                    throw new AmbiguousException();
                }
                if (zeros && number(names.distinct(), values).signum() == 0) {
                    return measure.nullIsZero() ? result(measure.result(), BigDecimal.ZERO) : null;
                }
                if (!aggregate.approximate()) {
                    BigDecimal widest = widest(names, values);
                    boolean adds = measure.function() == Function.SUM;
                    checkExact(adds ? widest.multiply(BigDecimal.valueOf(rows)) : widest);
                    // What doesn't fit the type of a product is for who computes it row by row to say.
                    result(measure.product(), smallest);
                    result(measure.product(), largest);
                }
                BigDecimal value =
                        switch (measure.function()) {
                            case MIN -> smallest;
                            case MAX -> largest;
                            default -> number(names.value(), values);
                        };
                return result(measure.result(), value);
            }
        }
    }

    /** The value that is farthest from zero. */
    private static BigDecimal widest(AggregateCommand.Names names, Map<String, byte[]> values) {
        return number(names.smallest(), values)
                .abs()
                .max(number(names.largest(), values).abs());
    }

    /** Of infinite numbers the server takes none for the smallest or the largest. */
    private static void checkFinite(byte @Nullable [] sum) {
        String text = sum == null ? "" : Text.decode(sum);
        if (text.contains("inf") || text.contains("nan")) {
            throw new IndexUnfitException("it has an infinite number");
        }
    }

    private static void checkExact(BigDecimal widest) {
        if (widest.abs().compareTo(EXACT) >= 0) {
            throw new IndexUnfitException("it rounds numbers of that size");
        }
    }

    /** A number that the server printed; whatever else it prints, such as {@code nan}, stands for no values. */
    private static BigDecimal number(String name, Map<String, byte[]> values) {
        byte[] text = values.get(name);
        try {
            return text == null ? BigDecimal.ZERO : new BigDecimal(Text.decode(text));
        } catch (NumberFormatException none) {
            return BigDecimal.ZERO;
        }
    }

    private Object result(Kind kind, BigDecimal value) {
        try {
            return switch (kind) {
                case TINYINT -> value.byteValueExact();
                case SMALLINT -> value.shortValueExact();
                case INTEGER -> value.intValueExact();
                case BIGINT -> value.longValueExact();
                case REAL -> value.floatValue();
                case DOUBLE -> value.doubleValue();
                default -> value;
            };
        } catch (ArithmeticException fraction) {
            throw new IndexUnfitException(value + " is no " + kind);
        }
    }
}
