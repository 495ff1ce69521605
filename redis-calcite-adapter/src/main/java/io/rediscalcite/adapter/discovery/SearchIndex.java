package io.rediscalcite.adapter.discovery;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.model.TableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search index as the server describes it.
 *
 * @param type HASH or JSON
 * @param prefixes what the names of its keys begin with; one empty text for all keys
 */
record SearchIndex(String name, TableType type, List<String> prefixes, List<Attribute> attributes) {
    private static final Logger LOG = LoggerFactory.getLogger(SearchIndex.class);

    /** Indexes that a discovery looks at. */
    private static final int MAX_INDEXES = 500;

    SearchIndex {
        prefixes = List.copyOf(prefixes);
        attributes = List.copyOf(attributes);
    }

    /**
     * What an index knows of its keys.
     *
     * @param identifier a hash's field or a JSONPath
     * @param name what queries of the index call it
     * @param type in capitals: TAG, TEXT, NUMERIC, GEO, GEOSHAPE, VECTOR
     */
    record Attribute(String identifier, String name, String type) {}

    /** All indexes; none where the server has no search, or the user no permission for it. */
    static List<SearchIndex> all(KeySampler sampler) {
        Replies.Cursor names = sampler.call("FT._LIST");
        if (names.isError()) {
            LOG.debug("no search indexes are looked at: {}", names.text());
            return List.of();
        }
        List<SearchIndex> indexes = new ArrayList<>();
        for (Object name : ReplyValues.list(ReplyValues.read(names))) {
            if (indexes.size() >= MAX_INDEXES) {
                LOG.debug("more than {} search indexes: the others are not looked at", MAX_INDEXES);
                break;
            }
            Replies.Cursor info = sampler.call("FT.INFO", String.valueOf(name));
            if (info.isError()) {
                LOG.debug("the search index {} is not looked at: {}", name, info.text());
            } else {
                indexes.add(of(String.valueOf(name), ReplyValues.map(info)));
            }
        }
        return indexes;
    }

    private static SearchIndex of(String name, Map<String, @Nullable Object> info) {
        Map<String, @Nullable Object> definition = ReplyValues.pairs(info.get("index_definition"));
        List<String> prefixes = new ArrayList<>();
        for (Object prefix : ReplyValues.list(definition.get("prefixes"))) {
            prefixes.add("*".equals(prefix) ? "" : String.valueOf(prefix));
        }
        List<Attribute> attributes = new ArrayList<>();
        for (Object attribute : ReplyValues.list(info.get("attributes"))) {
            attributes.add(attribute(attribute));
        }
        TableType type = "JSON".equals(definition.get("key_type")) ? TableType.JSON : TableType.HASH;
        return new SearchIndex(name, type, prefixes.isEmpty() ? List.of("") : prefixes, attributes);
    }

    /** Reads {@code [identifier, $.a, attribute, a, type, TAG, …]}, in which flags without a value may follow. */
    private static Attribute attribute(@Nullable Object described) {
        Map<String, @Nullable Object> words = ReplyValues.pairs(described);
        return new Attribute(
                String.valueOf(words.get("identifier")),
                String.valueOf(words.get("attribute")),
                String.valueOf(words.get("type")).toUpperCase(Locale.ROOT));
    }

    /** Whether each key that begins with {@code prefix} is in the index, if it has the index's type. */
    boolean covers(String prefix) {
        return prefixes.stream().anyMatch(prefix::startsWith);
    }

    /** Whether some key that begins with {@code prefix} may be in the index. */
    boolean touches(String prefix) {
        return covers(prefix) || prefixes.stream().anyMatch(own -> own.startsWith(prefix));
    }
}
