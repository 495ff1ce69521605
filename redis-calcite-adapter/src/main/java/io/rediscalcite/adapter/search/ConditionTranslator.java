package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnType.Kind;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.query.Condition;
import io.rediscalcite.adapter.query.Condition.Comparison;
import io.rediscalcite.adapter.query.Operand;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes query text of conditions: for one query of one index.
 *
 * <p>Of an AND what can't be translated is left out, so that more is found; an OR is translated whole or not at all. Texts are
 * bound as parameters, numbers are written into the text.
 */
public final class ConditionTranslator {
    /** Knows what an operand stands for. */
    @FunctionalInterface
    public interface Values {
        /** Its values, many for a lookup join's, none for NULL; null where they aren't known before the query runs. */
        @Nullable
        List<Object> of(Operand operand);
    }

    private final IndexDefinition index;
    private final Values values;
    private final boolean soundValues;
    private final List<byte[]> parameters = new ArrayList<>();
    private boolean negative;
    private int shortestPrefix = Integer.MAX_VALUE;

    /**
     * @param soundValues false where a value that its column can't hold is read as NULL: then the index, which may hold it, is
     *     never exact
     */
    public ConditionTranslator(IndexDefinition index, Values values, boolean soundValues) {
        this.index = index;
        this.values = values;
        this.soundValues = soundValues;
    }

    /** What the texts made so far bind: {@code $p0} is the first. */
    public List<byte[]> parameters() {
        return parameters;
    }

    /** Whether what was translated finds documents by what they lack: then a field that expired but is still there is amiss. */
    public boolean isNegative() {
        return negative;
    }

    /** Characters of the shortest beginning that was asked for, whose tags the server may not all look at. */
    public int shortestPrefix() {
        return shortestPrefix;
    }

    /** The query text that finds each row of the condition. */
    public Pushed translate(Condition condition) {
        Pushed pushed = term(condition);
        boolean positive =
                !negative && !(pushed instanceof Pushed.Query all && all.text().equals(Pushed.ALL));
        if (index.skipsDocuments() && !positive) {
            return new Pushed.Declined("it skips documents whose attributes are all NOINDEX");
        }
        return pushed instanceof Pushed.Query query && !soundValues ? new Pushed.Query(query.text(), false) : pushed;
    }

    private Pushed term(Condition condition) {
        if (condition instanceof Condition.And and) {
            return all(and.conditions());
        }
        if (condition instanceof Condition.Or or) {
            return any(or.conditions().stream().map(this::term).toList());
        }
        if (condition instanceof Condition.Compared compared) {
            return compared(compared);
        }
        if (condition instanceof Condition.OneOf oneOf) {
            return oneOf(oneOf);
        }
        if (condition instanceof Condition.IsNull isNull) {
            return isNull(isNull.column());
        }
        if (condition instanceof Condition.IsNotNull isNotNull) {
            return isNotNull(isNotNull.column());
        }
        if (condition instanceof Condition.StartsWith startsWith) {
            return startsWith(startsWith);
        }
        return condition instanceof Condition.Anything
                ? new Pushed.Query(Pushed.ALL, true)
                : new Pushed.Declined("it has no query for that condition");
    }

    private Pushed all(List<Condition> conditions) {
        List<String> texts = new ArrayList<>();
        Set<Column> notNull = new HashSet<>();
        boolean exact = true;
        Pushed declined = null;
        List<Condition> comparisonsFirst = conditions.stream()
                .sorted(Comparator.comparing(Condition.IsNotNull.class::isInstance))
                .toList();
        for (Condition condition : comparisonsFirst) {
            if (condition instanceof Condition.IsNotNull known && notNull.contains(known.column())) {
                continue;
            }
            Pushed pushed = term(condition);
            if (pushed instanceof Pushed.NoRows) {
                return pushed;
            }
            if (pushed instanceof Pushed.Query query) {
                exact &= query.exact();
                if (!query.text().equals(Pushed.ALL)) {
                    texts.add(query.text());
                }
                compared(condition).ifPresent(notNull::add);
            } else {
                exact = false;
                declined = declined == null ? pushed : declined;
            }
        }
        if (texts.isEmpty() && declined != null) {
            return declined;
        }
        return new Pushed.Query(texts.isEmpty() ? Pushed.ALL : join(texts, " "), exact);
    }

    /** The column that isn't NULL where the condition holds. */
    private static Optional<Column> compared(Condition condition) {
        if (condition instanceof Condition.Compared comparison) {
            return Optional.of(comparison.column());
        }
        return condition instanceof Condition.OneOf oneOf ? Optional.of(oneOf.column()) : Optional.empty();
    }

    private static Pushed any(List<Pushed> branches) {
        List<String> texts = new ArrayList<>();
        boolean exact = true;
        for (Pushed branch : branches) {
            if (branch instanceof Pushed.Declined) {
                return branch;
            }
            if (branch instanceof Pushed.Query query) {
                if (query.text().equals(Pushed.ALL)) {
                    return query;
                }
                exact &= query.exact();
                texts.add(query.text());
            }
        }
        return texts.isEmpty() ? new Pushed.NoRows() : new Pushed.Query(join(texts, " | "), exact);
    }

    private static String join(List<String> texts, String operator) {
        return texts.size() == 1 ? texts.get(0) : "(" + String.join(operator, texts) + ")";
    }

    private Optional<Attribute> attribute(Column column, String type) {
        return index.attribute(column.source(), type);
    }

    /** The attribute as query text names it, each odd character escaped. */
    static String field(Attribute attribute) {
        return "@" + attribute.name().replaceAll("([\\p{Punct}\\s&&[^_]])", "\\\\$1") + ":";
    }

    private static Pushed declined(Column column, String why) {
        return new Pushed.Declined(column.name() + " " + why);
    }

    private Pushed compared(Condition.Compared compared) {
        Column column = compared.column();
        if (column.type().kind() == Kind.BOOLEAN) {
            return isNot(compared);
        }
        Optional<Attribute> numeric = attribute(column, "NUMERIC");
        if (numeric.isPresent() && NumericTerms.canHold(column)) {
            List<Object> known = values.of(compared.operand());
            String field = field(numeric.get());
            if (known == null) {
                return NumericTerms.range(
                        field, compared.comparison(), compared.operand().toString(), NumericTerms.canBeExact(column));
            }
            return any(known.stream()
                    .map(value -> NumericTerms.compare(field, column, compared.comparison(), value))
                    .toList());
        }
        return compared.comparison() == Comparison.EQUAL
                ? oneOf(new Condition.OneOf(column, List.of(compared.operand())))
                : declined(column, "has no NUMERIC attribute to be compared by");
    }

    /** Whatever isn't the opposite: a boolean is written in many ways, and only one of them is named. */
    private Pushed isNot(Condition.Compared compared) {
        Column column = compared.column();
        Optional<Attribute> tag = attribute(column, "TAG");
        List<Object> known = values.of(compared.operand());
        boolean equality = compared.comparison() == Comparison.EQUAL || compared.comparison() == Comparison.NOT_EQUAL;
        if (tag.isEmpty() || !equality) {
            return declined(column, "has no TAG attribute to be compared by");
        }
        if (known != null && known.isEmpty()) {
            return new Pushed.NoRows();
        }
        negative = true;
        boolean equal = compared.comparison() == Comparison.EQUAL;
        String opposite = known == null
                ? bind(Text.encode("NOT " + compared.operand()))
                : bind(Text.encode(String.valueOf(known.get(0).equals(true) != equal)));
        return new Pushed.Query("-" + field(tag.get()) + "{" + opposite + "}", false);
    }

    private Pushed oneOf(Condition.OneOf oneOf) {
        Column column = oneOf.column();
        if (NumericTerms.canHold(column) && attribute(column, "NUMERIC").isPresent()) {
            return any(oneOf.operands().stream()
                    .map(operand -> compared(new Condition.Compared(column, Comparison.EQUAL, operand)))
                    .toList());
        }
        Optional<Attribute> tag = attribute(column, "TAG");
        Optional<Attribute> text = attribute(column, "TEXT");
        boolean dateTag = column.type().kind() == Kind.DATE
                && column.format() == null
                && tag.isPresent()
                && index.type() == TableType.HASH;
        if (column.type().kind() != Kind.VARCHAR && !dateTag) {
            return declined(column, "has no attribute of its type");
        }
        if (tag.isPresent()) {
            return tags(column, tag.get(), oneOf.operands());
        }
        return text.isPresent() ? words(column, text.get(), oneOf.operands()) : declined(column, "isn't in it");
    }

    private Pushed tags(Column column, Attribute attribute, List<Operand> operands) {
        String field = field(attribute);
        List<String> single = new ArrayList<>();
        List<Pushed> several = new ArrayList<>();
        for (Operand operand : operands) {
            List<Object> known = values.of(operand);
            if (known == null) {
                single.add(bind(Text.encode(operand.toString())));
                continue;
            }
            for (Object value : known) {
                String text = TagText.of(column, value);
                Optional<List<byte[]>> tags = mayBeAnArray(text) ? Optional.empty() : TextTerms.tags(attribute, text);
                if (tags.isEmpty()) {
                    return declined(column, "is compared with a text that can't be asked for as a tag");
                }
                if (tags.get().size() == 1) {
                    single.add(bind(tags.get().get(0)));
                } else if (tags.get().isEmpty()) {
                    several.add(new Pushed.Query(field + "{\"\"}", false));
                } else {
                    List<String> all = tags.get().stream()
                            .map(tag -> field + "{" + bind(tag) + "}")
                            .toList();
                    several.add(new Pushed.Query(join(all, " "), false));
                }
            }
        }
        if (!single.isEmpty()) {
            several.add(0, new Pushed.Query(field + "{" + String.join("|", single) + "}", false));
        }
        return any(several);
    }

    /** Whether the text may be that of an array of a document, whose tags are its elements. */
    private boolean mayBeAnArray(String text) {
        return index.type() == TableType.JSON && text.startsWith("[");
    }

    private Pushed words(Column column, Attribute attribute, List<Operand> operands) {
        List<Pushed> texts = new ArrayList<>();
        for (Operand operand : operands) {
            List<Object> known = values.of(operand);
            if (known == null) {
                texts.add(new Pushed.Query(field(attribute) + "(" + operand + ")", false));
                continue;
            }
            for (Object value : known) {
                Optional<String> words = TextTerms.words(index, value.toString());
                if (words.isEmpty()) {
                    return declined(column, "is compared with a text that has no words to be found by");
                }
                texts.add(new Pushed.Query(field(attribute) + "(" + words.get() + ")", false));
            }
        }
        return any(texts);
    }

    private Pushed isNull(Column column) {
        Optional<Attribute> numeric = attribute(column, "NUMERIC");
        Optional<Attribute> missing = missing(column);
        if (!soundValues && column.type().kind() != Kind.VARCHAR) {
            return declined(column, "is NULL for values that it can't hold, too");
        }
        if (numeric.isPresent() && NumericTerms.canHold(column)) {
            negative = true;
            return new Pushed.Query("-" + field(numeric.get()) + NumericTerms.ANY, true);
        }
        if (missing.isPresent() && index.type() == TableType.HASH) {
            negative = true;
            return new Pushed.Query("ismissing(" + name(missing.get()) + ")", true);
        }
        return declined(column, "has no attribute that tells whether it is missing");
    }

    private Pushed isNotNull(Column column) {
        Optional<Attribute> numeric = attribute(column, "NUMERIC");
        if (numeric.isPresent() && NumericTerms.canHold(column)) {
            return new Pushed.Query(field(numeric.get()) + NumericTerms.ANY, true);
        }
        Optional<Attribute> missing = missing(column);
        if (missing.isPresent()) {
            // A JSON null isn't missing.
            return new Pushed.Query(
                    "-ismissing(" + name(missing.get()) + ")", index.type() == TableType.HASH && soundValues);
        }
        return declined(column, "has no attribute that tells whether it is missing");
    }

    private Optional<Attribute> missing(Column column) {
        return index.attributes().stream()
                .filter(attribute ->
                        attribute.is("INDEXMISSING") && index.source(attribute).equals(column.source()))
                .findFirst();
    }

    /** The attribute as {@code ismissing} names it. */
    static String name(Attribute attribute) {
        String field = field(attribute);
        return field.substring(0, field.length() - 1);
    }

    private Pushed startsWith(Condition.StartsWith startsWith) {
        Column column = startsWith.column();
        Optional<Attribute> tag = column.type().kind() == Kind.VARCHAR ? attribute(column, "TAG") : Optional.empty();
        Optional<byte[]> prefix = tag.filter(found -> !mayBeAnArray(startsWith.prefix()))
                .flatMap(found -> TextTerms.tagPrefix(found, startsWith.prefix()));
        if (prefix.isEmpty()) {
            return declined(column, "has no tags that are found by their beginning");
        }
        shortestPrefix = Math.min(shortestPrefix, prefix.get().length);
        return new Pushed.Query(field(tag.get()) + "{" + bind(prefix.get()) + "*}", false);
    }

    private String bind(byte[] value) {
        parameters.add(value);
        return "$p" + (parameters.size() - 1);
    }
}
