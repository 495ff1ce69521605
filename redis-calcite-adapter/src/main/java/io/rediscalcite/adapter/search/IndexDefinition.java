package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.model.TableDefinition;
import io.rediscalcite.adapter.model.TableType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search index as it was defined.
 *
 * @param type HASH or JSON
 * @param prefixes what the names of its keys begin with; one empty text for all keys
 * @param filter the expression that its documents must fulfil; null where there is none
 * @param stopWords words that TEXT attributes don't have; null for the server's own list
 */
public record IndexDefinition(
        String name,
        TableType type,
        List<String> prefixes,
        @Nullable String filter,
        @Nullable String language,
        @Nullable List<String> stopWords,
        List<Attribute> attributes) {
    public IndexDefinition {
        prefixes = List.copyOf(prefixes);
        stopWords = stopWords == null ? null : List.copyOf(stopWords);
        attributes = List.copyOf(attributes);
    }

    /**
     * What an index knows of its keys.
     *
     * @param identifier a hash's field or a JSONPath
     * @param name what queries of the index call it
     * @param type in capitals: TAG, TEXT, NUMERIC, GEO, GEOSHAPE, VECTOR
     * @param separator what splits a TAG into several; empty where nothing does
     * @param flags in capitals: SORTABLE, UNF, NOINDEX, CASESENSITIVE, INDEXMISSING, INDEXEMPTY …
     */
    public record Attribute(String identifier, String name, String type, String separator, Set<String> flags) {
        public Attribute {
            flags = Set.copyOf(flags);
        }

        public boolean is(String flag) {
            return flags.contains(flag.toUpperCase(Locale.ROOT));
        }
    }

    /** Where the attribute's value comes from, as a column of a table says it. */
    public ColumnSource source(Attribute attribute) {
        String identifier = attribute.identifier();
        if (type != TableType.JSON) {
            return new ColumnSource.Field(identifier);
        }
        if (identifier.startsWith("$")) {
            return new ColumnSource.JsonPath(identifier);
        }
        return identifier.startsWith(".")
                ? new ColumnSource.JsonPath("$" + identifier)
                : ColumnSource.JsonPath.ofMember(identifier);
    }

    /** The attribute of that type with the values of {@code source}, which queries can ask for. */
    public Optional<Attribute> attribute(ColumnSource source, String attributeType) {
        return attributes.stream()
                .filter(attribute -> attribute.type().equals(attributeType)
                        && !attribute.is("NOINDEX")
                        && source(attribute).equals(source))
                .findFirst();
    }

    /** The field or path of {@code source} as the index has it; empty if it hasn't. */
    public Optional<String> identifier(ColumnSource source) {
        return attributes.stream()
                .filter(attribute -> source(attribute).equals(source))
                .map(Attribute::identifier)
                .findFirst();
    }

    /**
     * Whether a document may be left out without a word: the server skips one whose attributes are all NOINDEX, though it takes one
     * without any.
     */
    public boolean skipsDocuments() {
        return attributes.stream().anyMatch(attribute -> attribute.is("NOINDEX"));
    }

    /** Whether each key that begins with {@code prefix} is in the index, if it has the index's type. */
    public boolean covers(String prefix) {
        return prefixes.stream().anyMatch(prefix::startsWith);
    }

    /** Whether some key that begins with {@code prefix} may be in the index. */
    public boolean touches(String prefix) {
        return covers(prefix) || prefixes.stream().anyMatch(own -> own.startsWith(prefix));
    }

    /** Why the index doesn't have every row of {@code table}; empty where it does by its definition. */
    public Optional<String> refusal(TableDefinition table) {
        if (type != table.type()) {
            return Optional.of("it is over keys of type " + type);
        }
        if (filter != null) {
            return Optional.of("it leaves documents out by FILTER " + filter);
        }
        if (!covers(table.key().literalPrefix())) {
            return Optional.of("its keys begin with " + String.join(" or ", prefixes));
        }
        return Optional.empty();
    }
}
