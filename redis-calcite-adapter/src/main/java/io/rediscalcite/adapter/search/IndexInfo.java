package io.rediscalcite.adapter.search;

import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.client.ReplyValues;
import io.rediscalcite.adapter.model.TableType;
import io.rediscalcite.adapter.search.IndexDefinition.Attribute;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What FT.INFO says of an index at one moment.
 *
 * @param documents how many it holds
 * @param terms an upper bound of the distinct values that it holds
 * @param building whether documents are still being added to it in the background
 * @param failures documents that it couldn't take since it was made
 * @param lastFailure the last of these with its reason; empty where the server doesn't tell
 * @param texts whatever else it says in a text or a number, by the server's names
 */
public record IndexInfo(
        IndexDefinition definition,
        long documents,
        long terms,
        boolean building,
        long failures,
        String lastFailure,
        Map<String, String> texts) {
    public IndexInfo {
        texts = Map.copyOf(texts);
    }

    /** Reads the reply to FT.INFO, at which the cursor is; empty where it is an error. */
    public static Optional<IndexInfo> read(Replies.Cursor reply) {
        if (reply.isError()) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> info = ReplyValues.map(reply, Text::decode);
        Map<String, @Nullable Object> errors = ReplyValues.pairs(info.get("Index Errors"));
        String lastError = text(errors.get("last indexing error"));
        String lastKey = text(errors.get("last indexing error key"));
        return Optional.of(new IndexInfo(
                definition(info),
                number(info.get("num_docs")),
                number(info.get("num_records")),
                number(info.get("indexing")) != 0
                        || !text(info.get("percent_indexed")).equals("1"),
                number(info.get("hash_indexing_failures")),
                lastKey.isEmpty() || lastKey.equals("N/A") ? "" : lastKey + ": " + lastError,
                texts(info)));
    }

    /** How much of the keys has been looked at, from 0 to 1, in the server's words. */
    public String share() {
        return texts.getOrDefault("percent_indexed", "an unknown share");
    }

    private static Map<String, String> texts(Map<String, @Nullable Object> info) {
        Map<String, String> texts = new HashMap<>();
        info.forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    private static IndexDefinition definition(Map<String, @Nullable Object> info) {
        Map<String, @Nullable Object> definition = ReplyValues.pairs(info.get("index_definition"));
        List<String> prefixes = new ArrayList<>();
        for (Object prefix : ReplyValues.list(definition.get("prefixes"))) {
            prefixes.add("*".equals(prefix) ? "" : text(prefix));
        }
        List<Attribute> attributes = new ArrayList<>();
        for (Object attribute : ReplyValues.list(info.get("attributes"))) {
            attributes.add(attribute(ReplyValues.list(attribute)));
        }
        Object stopWords = info.get("stopwords_list");
        return new IndexDefinition(
                text(info.get("index_name")),
                "JSON".equals(definition.get("key_type")) ? TableType.JSON : TableType.HASH,
                prefixes.isEmpty() ? List.of("") : prefixes,
                definition.containsKey("filter") ? text(definition.get("filter")) : null,
                definition.containsKey("default_language") ? text(definition.get("default_language")) : null,
                stopWords == null
                        ? null
                        : ReplyValues.list(stopWords).stream()
                                .map(IndexInfo::text)
                                .toList(),
                attributes);
    }

    /** Reads {@code [identifier, $.a, attribute, a, type, TAG, SEPARATOR, ",", CASESENSITIVE, …]}. */
    private static Attribute attribute(List<@Nullable Object> words) {
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> flags = new HashSet<>();
        for (int i = 0; i < words.size(); i++) {
            String word = text(words.get(i));
            switch (word.toUpperCase(Locale.ROOT)) {
                case "IDENTIFIER", "ATTRIBUTE", "TYPE", "SEPARATOR", "WEIGHT", "PHONETIC" ->
                    values.put(word.toUpperCase(Locale.ROOT), i + 1 < words.size() ? text(words.get(++i)) : "");
                default -> flags.add(word.toUpperCase(Locale.ROOT));
            }
        }
        return new Attribute(
                values.getOrDefault("IDENTIFIER", ""),
                values.getOrDefault("ATTRIBUTE", ""),
                values.getOrDefault("TYPE", "").toUpperCase(Locale.ROOT),
                values.getOrDefault("SEPARATOR", ""),
                flags);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** A count, which some versions write as {@code 12.0}; 0 where there is none. */
    private static long number(@Nullable Object value) {
        try {
            return (long) Double.parseDouble(text(value));
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
