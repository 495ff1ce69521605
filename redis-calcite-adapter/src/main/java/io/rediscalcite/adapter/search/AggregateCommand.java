package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.IndexAggregate;
import io.rediscalcite.adapter.query.IndexAggregate.Function;
import io.rediscalcite.adapter.query.IndexAggregate.Measure;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * FT.AGGREGATE for one part of an {@link IndexAggregate}: the words of the command, and under which names the results come.
 *
 * <p>What a condition's query can't tell exactly, a text of a hash, is compared once more by a FILTER, byte by byte. Groups are by one
 * text at most, since the server takes those of two for the same whose texts run together alike; a text comes as it is stored only
 * where it isn't SORTABLE, is UNF, or is loaded.
 *
 * <p>A measure that is of some rows of a group has a command of its own; so has one whose argument is a product.
 */
public final class AggregateCommand {
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern PLAIN_LITERAL = Pattern.compile("[^\\\\'\"\\p{Cntrl}]*");
    private static final int MOST_COMPARED = 100;

    /** The name of the number of a group's rows. */
    public static final String ROWS = "__n";

    /**
     * Names of one measure's results: itself, the smallest and the largest value, whether there are any, and their sum, which tells of
     * infinite ones, that the others pass over; each empty where it isn't asked for.
     */
    public record Names(String value, String smallest, String largest, String distinct, String sum) {}

    private final IndexDefinition index;
    private final IndexAggregate aggregate;
    private final ConditionTranslator translator;
    private final ConditionTranslator.Values values;
    private final boolean careful;
    private final Map<String, String> loaded = new LinkedHashMap<>();
    private final List<String> filters = new ArrayList<>();
    private final Map<String, String> applied = new LinkedHashMap<>();
    private final Map<String, String> reducers = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private final List<Names> measures = new ArrayList<>();
    private String query = Pushed.ALL;

    private AggregateCommand(
            IndexDefinition index,
            IndexAggregate aggregate,
            ConditionTranslator.Values values,
            boolean soundValues,
            boolean careful) {
        this.index = index;
        this.aggregate = aggregate;
        this.values = values;
        this.translator = new ConditionTranslator(index, values, soundValues);
        this.careful = careful;
        reducers.put("COUNT 0", ROWS);
    }

    /**
     * The commands for {@link IndexAggregate#parts()}; empty if the index can't compute all of them.
     *
     * @param careful as in {@link #of}
     */
    public static Optional<List<AggregateCommand>> all(
            IndexDefinition index,
            IndexAggregate aggregate,
            ConditionTranslator.Values values,
            boolean soundValues,
            boolean careful) {
        List<AggregateCommand> commands = new ArrayList<>();
        for (IndexAggregate.Part part : aggregate.parts()) {
            Optional<AggregateCommand> command = of(index, part.aggregate(), values, soundValues, careful);
            if (command.isEmpty()) {
                return Optional.empty();
            }
            commands.add(command.get());
        }
        return Optional.of(commands);
    }

    /**
     * The command; empty if the index can't compute just that.
     *
     * @param careful whether to ask too whether there are values at all, which all zeros don't tell
     */
    private static Optional<AggregateCommand> of(
            IndexDefinition index,
            IndexAggregate aggregate,
            ConditionTranslator.Values values,
            boolean soundValues,
            boolean careful) {
        AggregateCommand command = new AggregateCommand(index, aggregate, values, soundValues, careful);
        return soundValues && command.isPossible() ? Optional.of(command) : Optional.empty();
    }

    private boolean isPossible() {
        return asksExactly() && groups() && measures();
    }

    private boolean asksExactly() {
        List<Condition> conjuncts =
                aggregate.condition() instanceof Condition.And and ? and.conditions() : List.of(aggregate.condition());
        for (Condition conjunct : conjuncts) {
            Pushed pushed = new ConditionTranslator(index, values, true).translate(conjunct);
            boolean exact = pushed instanceof Pushed.NoRows || (pushed instanceof Pushed.Query text && text.exact());
            if (!exact && !compares(conjunct)) {
                return false;
            }
        }
        Pushed pushed = translator.translate(aggregate.condition());
        query = pushed instanceof Pushed.Query text ? text.text() : Pushed.ALL;
        boolean all = query.equals(Pushed.ALL);
        return !(pushed instanceof Pushed.NoRows) && !(all && index.skipsDocuments());
    }

    /** Adds the comparison of a text with others to the filters. */
    private boolean compares(Condition condition) {
        Optional<Condition.OneOf> oneOf = condition instanceof Condition.OneOf given
                ? Optional.of(given)
                : condition instanceof Condition.Compared compared
                                && compared.comparison() == Condition.Comparison.EQUAL
                        ? Optional.of(new Condition.OneOf(compared.column(), List.of(compared.operand())))
                        : Optional.empty();
        Optional<String> property = oneOf.flatMap(given -> text(given.column()));
        if (property.isEmpty() || index.type() != TableType.HASH) {
            return false;
        }
        List<String> literals = new ArrayList<>();
        for (var operand : oneOf.get().operands()) {
            List<Object> known = values.of(operand);
            if (known == null) {
                literals.add(operand.toString());
            } else {
                known.forEach(value -> literals.add(value.toString()));
            }
        }
        boolean plain = literals.size() <= MOST_COMPARED
                && !literals.isEmpty()
                && literals.stream()
                        .allMatch(literal -> PLAIN_LITERAL.matcher(literal).matches());
        if (plain) {
            List<String> equalities = literals.stream()
                    .map(literal -> property.get() + "=='" + literal + "'")
                    .toList();
            filters.add("exists(" + property.get() + ") && (" + String.join(" || ", equalities) + ")");
        }
        return plain;
    }

    private boolean groups() {
        int texts = 0;
        for (Column column : aggregate.groups()) {
            boolean isText = column.type().kind() == Kind.VARCHAR;
            texts += isText ? 1 : 0;
            Optional<String> property = isText ? text(column) : isInteger(column) ? number(column) : Optional.empty();
            if (property.isEmpty()) {
                return false;
            }
            keys.add(property.get());
        }
        return texts <= 1;
    }

    private static boolean isInteger(Column column) {
        return switch (column.type().kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> true;
            default -> false;
        };
    }

    private boolean isAddable(Column column) {
        return switch (column.type().kind()) {
            case REAL, DOUBLE, DECIMAL -> aggregate.approximate();
            default -> isInteger(column);
        };
    }

    private boolean measures() {
        for (Measure measure : aggregate.measures()) {
            Optional<String> property = argument(measure);
            boolean addable = measure.factors().stream().allMatch(this::isAddable);
            boolean possible =
                    switch (measure.function()) {
                        case COUNT_ROWS -> true;
                        case COUNT -> property.isPresent() && index.type() == TableType.HASH;
                        case COUNT_DISTINCT ->
                            property.isPresent()
                                    && (isIntegers(measure) || (index.type() == TableType.HASH && isText(measure)));
                        case SUM, MIN, MAX -> property.isPresent() && addable;
                    };
            if (!possible) {
                return false;
            }
            measures.add(names(measure, property.orElse("")));
        }
        return true;
    }

    private static boolean isIntegers(Measure measure) {
        return measure.factors().stream().allMatch(AggregateCommand::isInteger);
    }

    private static boolean isText(Measure measure) {
        return measure.factors().get(0).type().kind() == Kind.VARCHAR;
    }

    /** The property of the one column, or of the product of several. */
    private Optional<String> argument(Measure measure) {
        List<String> factors = new ArrayList<>();
        for (Column column : measure.factors()) {
            Optional<String> factor = measure.factors().size() == 1 ? property(column) : number(column);
            if (factor.isEmpty()) {
                return factor;
            }
            factors.add(factor.get());
        }
        if (factors.size() > 1) {
            return Optional.of(applied(String.join("*", factors)));
        }
        return measure.isOfDistinctNumbers()
                ? Optional.of(applied(factors.get(0) + "+0"))
                : factors.stream().findFirst();
    }

    private Names names(Measure measure, String property) {
        Function function = measure.function();
        return switch (function) {
            case COUNT_ROWS -> new Names(ROWS, "", "", "", "");
            case COUNT -> new Names(reduced("SUM", applied("exists(" + property + ")")), "", "", "", "");
            case COUNT_DISTINCT -> {
                String distinct = reduced("COUNT_DISTINCT", property);
                yield isText(measure)
                        ? new Names(distinct, "", "", "", "")
                        : new Names(distinct, reduced("MIN", property), reduced("MAX", property), "", "");
            }
            case SUM, MIN, MAX -> {
                String smallest = reduced("MIN", property);
                String largest = reduced("MAX", property);
                String value =
                        switch (function) {
                            case MIN -> smallest;
                            case MAX -> largest;
                            default -> reduced("SUM", property);
                        };
                yield new Names(
                        value,
                        smallest,
                        largest,
                        careful ? reduced("COUNT_DISTINCT", property) : "",
                        aggregate.approximate() ? reduced("SUM", property) : "");
            }
        };
    }

    private String applied(String expression) {
        return "@" + applied.computeIfAbsent(expression, any -> "__e" + applied.size());
    }

    /** The name of the reducer's result; the same one is asked for once. */
    private String reduced(String reducer, String property) {
        return reducers.computeIfAbsent(reducer + " 1 " + property, any -> "__r" + reducers.size());
    }

    private Optional<String> property(Column column) {
        return column.type().kind() == Kind.VARCHAR ? text(column) : number(column);
    }

    /** The property with a number, which the server may print anew: of integers that changes nothing. */
    private Optional<String> number(Column column) {
        return index.attribute(column.source(), "NUMERIC")
                .map(attribute -> attribute.is("SORTABLE") && isPlain(attribute)
                        ? "@" + attribute.name()
                        : load("@" + attribute.name()));
    }

    /** The property with a text as it is stored. */
    private Optional<String> text(Column column) {
        Optional<Attribute> unfolded = index.attributes().stream()
                .filter(attribute -> attribute.is("SORTABLE")
                        && attribute.is("UNF")
                        && isPlain(attribute)
                        && isText(attribute)
                        && index.source(attribute).equals(column.source()))
                .findFirst();
        if (column.type().kind() != Kind.VARCHAR) {
            return Optional.empty();
        }
        if (index.type() == TableType.JSON) {
            // The first of several values stands for all.
            return aggregate.approximate() && column.source() instanceof ColumnSource.JsonPath path
                    ? Optional.of(load(path.path()))
                    : Optional.empty();
        }
        if (unfolded.isPresent()) {
            return Optional.of("@" + unfolded.get().name());
        }
        if (!(column.source() instanceof ColumnSource.Field field)) {
            return Optional.empty();
        }
        // Loaded under an attribute's name, it would be another field, or a number that the server prints anew.
        boolean other = index.attributes().stream()
                .anyMatch(attribute -> attribute.name().equals(field.field())
                        && (!attribute.identifier().equals(field.field()) || !isText(attribute)));
        return other ? Optional.empty() : Optional.of(load("@" + field.field()));
    }

    private static boolean isText(Attribute attribute) {
        return attribute.type().equals("TAG") || attribute.type().equals("TEXT");
    }

    private static boolean isPlain(Attribute attribute) {
        return PLAIN_NAME.matcher(attribute.name()).matches();
    }

    private String load(String source) {
        return "@" + loaded.computeIfAbsent(source, any -> "__f" + loaded.size());
    }

    public IndexDefinition index() {
        return index;
    }

    /** What it finds the documents by, and what that binds. */
    public ConditionTranslator translator() {
        return translator;
    }

    /** The query text. */
    public String query() {
        return query;
    }

    /** The words behind the query text, up to the last reducer. */
    public List<String> steps() {
        List<String> words = new ArrayList<>();
        if (!loaded.isEmpty()) {
            words.add("LOAD");
            words.add(String.valueOf(3 * loaded.size()));
            loaded.forEach((source, name) -> words.addAll(List.of(source, "AS", name)));
        }
        filters.forEach(filter -> words.addAll(List.of("FILTER", filter)));
        applied.forEach((expression, name) -> words.addAll(List.of("APPLY", expression, "AS", name)));
        words.add("GROUPBY");
        words.add(String.valueOf(keys.size()));
        words.addAll(keys);
        reducers.forEach((reducer, name) -> {
            words.add("REDUCE");
            words.addAll(List.of(reducer.split(" ", 3)));
            words.addAll(List.of("AS", name));
        });
        return words;
    }

    /** The name under which each group's key comes, without the @ in front. */
    public List<String> keyNames() {
        return keys.stream().map(key -> key.substring(1)).toList();
    }

    /** Names of the measures' results, in order. */
    public List<Names> measureNames() {
        return measures;
    }

    /** True if values are read from documents, which costs more than what the index holds. */
    public boolean loads() {
        return !loaded.isEmpty();
    }

    /** The command, as EXPLAIN shows it. */
    public String describe() {
        return "FT.AGGREGATE " + index.name() + " " + query + " " + String.join(" ", steps())
                + IndexChoice.describeParameters(translator.parameters());
    }
}
