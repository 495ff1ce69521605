package io.rediscalcite.adapter.query;

import io.rediscalcite.adapter.model.ColumnSource.Builtin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands for one key as EXPLAIN shows them: values that aren't known yet by their names, pages by none. */
final class CommandText {
    private static final int MAX_SHOWN = 3;
    private static final String LAST_SLOT = "16383";

    private final RedisQuery query;
    private final FetchPlan plan;
    private final String key;

    private CommandText(RedisQuery query, FetchPlan plan, String key) {
        this.query = query;
        this.plan = plan;
        this.key = key;
    }

    static List<String> of(RedisQuery query, FetchPlan plan, String key) {
        return new CommandText(query, plan, key).commands();
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>(reads(plan.read()));
        for (FetchPlan.KeyProperty property : plan.properties()) {
            commands.add(String.join(" ", property.command()) + " " + key);
        }
        return commands;
    }

    private List<String> reads(KeyRead read) {
        if (read instanceof KeyRead.NameOnly || read instanceof KeyRead.PageCounts) {
            return List.of();
        } else if (read instanceof KeyRead.Existence) {
            return List.of("TYPE " + key);
        } else if (read instanceof KeyRead.HashFields hash) {
            return List.of("HMGET " + key + " " + String.join(" ", hash.fields()));
        } else if (read instanceof KeyRead.StringValue) {
            return List.of("MGET " + key);
        } else if (read instanceof KeyRead.JsonPaths json) {
            return json(json);
        } else if (read instanceof KeyRead.SetMembers) {
            return List.of("SSCAN " + key);
        } else if (read instanceof KeyRead.SetLookup) {
            return List.of("SMISMEMBER " + key + " " + members());
        } else if (read instanceof KeyRead.ListElements) {
            return list();
        } else if (read instanceof KeyRead.StreamEntries) {
            return stream();
        } else if (read instanceof KeyRead.Samples samples) {
            return samples(samples);
        } else if (read instanceof KeyRead.Summary || read instanceof KeyRead.Buckets) {
            return aggregates();
        }
        return sortedSet(read);
    }

    private List<String> json(KeyRead.JsonPaths json) {
        List<String> commands = new ArrayList<>();
        if (!json.paths().isEmpty()) {
            commands.add("JSON.GET " + key + " " + String.join(" ", json.paths()));
        }
        if (json.document()) {
            commands.add("JSON.GET " + key);
        }
        return commands;
    }

    private List<String> list() {
        if (isReversed()) {
            return List.of(
                    "LLEN " + key,
                    "LRANGE " + key + ranges(Builtin.POSITION, "0", "-1", false).orElse(" 0 -1") + " backwards");
        }
        return List.of(
                "LRANGE " + key + ranges(Builtin.POSITION, "0", "-1", false).orElse(""));
    }

    private List<String> sortedSet(KeyRead read) {
        String reversed = isReversed() ? " REV" : "";
        if (read instanceof KeyRead.ZsetLookup lookup) {
            String members = members();
            return lookup.ranks()
                    ? List.of("ZMSCORE " + key + " " + members, "ZRANK " + key + " " + members)
                    : List.of("ZMSCORE " + key + " " + members);
        } else if (read instanceof KeyRead.ZsetScores scores) {
            String range = ranges(Builtin.SCORE, "-inf", "+inf", isReversed()).orElseThrow();
            String command = "ZRANGE " + key + range + " BYSCORE" + reversed + " WITHSCORES";
            return scores.ranks() ? List.of("ZCOUNT " + key, command) : List.of(command);
        } else if (read instanceof KeyRead.ZsetRanks) {
            return List.of(
                    "ZRANGE " + key + ranges(Builtin.RANK, "0", "-1", false).orElse("") + reversed + " WITHSCORES");
        }
        return List.of("ZSCAN " + key);
    }

    private List<String> stream() {
        boolean byId = query.rows().has(Builtin.ENTRY_ID);
        String range = ranges(byId ? Builtin.ENTRY_ID : Builtin.TIMESTAMP, "-", "+", isReversed())
                .orElse(isReversed() ? " + -" : " - +");
        String command = (isReversed() ? "XREVRANGE " : "XRANGE ") + key + range;
        boolean ordered = query.order()
                .filter(order -> order.column() == Builtin.ENTRY_ID)
                .isPresent();
        boolean needsEnds = ordered
                || (byId
                        && query.rows().points(Builtin.ENTRY_ID).isEmpty()
                        && !query.rows().has(Builtin.TIMESTAMP));
        return needsEnds
                ? List.of("XRANGE " + key + " - + COUNT 1", "XREVRANGE " + key + " + - COUNT 1", command)
                : List.of(command);
    }

    private List<String> samples(KeyRead.Samples samples) {
        List<String> commands = new ArrayList<>();
        if (samples.labels()) {
            commands.add("TS.INFO " + key);
        }
        String command = isReversed() ? "TS.REVRANGE " : "TS.RANGE ";
        commands.add(command
                + key
                + ranges(Builtin.TIMESTAMP, "-", "+", false).orElse(" - +")
                + ranges(Builtin.VALUE, "-inf", "+inf", false)
                        .map(range -> " FILTER_BY_VALUE" + range)
                        .orElse(""));
        return commands;
    }

    private List<String> aggregates() {
        KeyAggregate aggregate = query.aggregate().orElseThrow();
        List<String> commands = new ArrayList<>();
        boolean labels = (plan.read() instanceof KeyRead.Summary summary && summary.labels())
                || (plan.read() instanceof KeyRead.Buckets buckets && buckets.labels());
        if (labels) {
            commands.add("TS.INFO " + key);
        }
        long bucket = aggregate.bucket().map(KeyAggregate.Bucket::millis).orElse(KeyAggregate.WHOLE_MILLIS);
        for (KeyAggregate.Measure measure : aggregate.measures()) {
            commands.add(
                    switch (query.table().type()) {
                        case SET -> "SCARD " + key;
                        case LIST -> "LLEN " + key;
                        case ZSET -> ofSortedSet(measure);
                        case STREAM ->
                            measure.function() == KeyAggregate.Function.COUNT ? "XLEN " + key : endOfStream(measure);
                        default ->
                            isTime(measure)
                                    ? endOfSeries(measure)
                                    : "TS.RANGE " + key + times() + values() + " AGGREGATION "
                                            + measure.function().name().toLowerCase(Locale.ROOT) + " " + bucket;
                    });
        }
        return commands;
    }

    private String ofSortedSet(KeyAggregate.Measure measure) {
        boolean last = measure.function() == KeyAggregate.Function.MAX;
        Optional<String> scores = ranges(Builtin.SCORE, "-inf", "+inf", last);
        if (measure.function() == KeyAggregate.Function.COUNT) {
            return scores.map(range -> "ZCOUNT " + key + range).orElse("ZCARD " + key);
        }
        String reversed = last ? " REV" : "";
        return scores.map(range -> "ZRANGE " + key + range + " BYSCORE" + reversed + " LIMIT 0 1 WITHSCORES")
                .orElse("ZRANGE " + key + " 0 0" + reversed + " WITHSCORES");
    }

    private String endOfStream(KeyAggregate.Measure measure) {
        boolean last = measure.function() == KeyAggregate.Function.MAX;
        String range = ranges(Builtin.TIMESTAMP, "-", "+", last).orElse(last ? " + -" : " - +");
        return (last ? "XREVRANGE " : "XRANGE ") + key + range + " COUNT 1";
    }

    private String endOfSeries(KeyAggregate.Measure measure) {
        String command = measure.function() == KeyAggregate.Function.MAX ? "TS.REVRANGE " : "TS.RANGE ";
        return command + key + times() + values() + " COUNT 1";
    }

    private boolean isTime(KeyAggregate.Measure measure) {
        return measure.function() != KeyAggregate.Function.COUNT
                && query.table().columns().get(measure.column()).source() == Builtin.TIMESTAMP;
    }

    private String times() {
        return ranges(Builtin.TIMESTAMP, "-", "+", false).orElse(" - +");
    }

    private String values() {
        return ranges(Builtin.VALUE, "-inf", "+inf", false)
                .map(range -> " FILTER_BY_VALUE" + range)
                .orElse("");
    }

    private boolean isReversed() {
        return query.order().filter(RowOrder::descending).isPresent();
    }

    /** {@code from to} with a blank in front, or how many ranges there are; the higher end first if {@code turned}. */
    private Optional<String> ranges(Builtin column, String lowest, String highest, boolean turned) {
        return query.rows().conditions().stream()
                .filter(condition -> condition.column() == column)
                .findFirst()
                .map(condition -> condition.intervals().size() == 1
                        ? " " + range(column, condition.intervals().get(0), lowest, highest, turned)
                        : " (" + condition.intervals().size() + " ranges)");
    }

    private static String range(Builtin column, Interval interval, String lowest, String highest, boolean turned) {
        String lower = interval.lower().map(bound -> bound(column, bound, 1)).orElse(lowest);
        String upper = interval.upper().map(bound -> bound(column, bound, -1)).orElse(highest);
        return turned ? upper + " " + lower : lower + " " + upper;
    }

    /** A bound in the command's terms, which for whole numbers is the first value inside. */
    private static String bound(Builtin column, Interval.Bound bound, int inwards) {
        boolean whole = column != Builtin.SCORE && column != Builtin.VALUE && column != Builtin.ENTRY_ID;
        if (whole && bound.value() instanceof Operand.Literal literal && literal.value() instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            BigDecimal inside = bound.inclusive() ? exact : exact.add(BigDecimal.valueOf(inwards));
            return (inwards > 0 ? inside.max(BigDecimal.ZERO) : inside).toPlainString();
        }
        return (bound.inclusive() || column == Builtin.VALUE ? "" : "(") + plain(bound.value());
    }

    /** Which slots and which nodes are wanted: {@code SLOTS 0 4095} for {@code _slot < 4096}. */
    static List<String> places(RowFilter places) {
        List<String> texts = new ArrayList<>();
        for (RowFilter.Condition condition : places.conditions()) {
            boolean slots = condition.column() == Builtin.SLOT;
            texts.add(condition.intervals().stream()
                    .map(interval -> interval.isPoint()
                            ? plain(interval.lower().orElseThrow().value())
                            : range(Builtin.SLOT, interval, "0", LAST_SLOT, false))
                    .collect(Collectors.joining(", ", slots ? "SLOTS " : "NODE ", "")));
        }
        return texts;
    }

    private String members() {
        List<Interval> points =
                query.rows().points(Builtin.MEMBER).orElseThrow().intervals();
        return points.size() > MAX_SHOWN
                ? "(" + points.size() + " members)"
                : points.stream()
                        .map(point -> plain(point.lower().orElseThrow().value()))
                        .collect(Collectors.joining(" "));
    }

    static String plain(Operand operand) {
        if (!(operand instanceof Operand.Literal literal)) {
            return operand.toString();
        }
        String text = literal.value().toString();
        return literal.value() instanceof Number && text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
