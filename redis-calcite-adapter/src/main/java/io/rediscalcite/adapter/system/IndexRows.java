package io.rediscalcite.adapter.system;

import io.rediscalcite.adapter.client.RedisNode;
import io.rediscalcite.adapter.client.Replies;
import io.rediscalcite.adapter.type.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The search indexes: FT.INFO of each that FT._LIST names, asked of the first master that has it. */
final class IndexRows {
    static final String NAME = "index_name";

    private IndexRows() {}

    static List<Map<String, String>> of(Session session) {
        List<Map<String, String>> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RedisNode node : session.client().masters()) {
            List<String> names =
                    session.ask(node, List.of("FT._LIST")).map(IndexRows::texts).orElse(List.of());
            for (String name : names.stream().sorted().toList()) {
                if (seen.add(name)) {
                    session.ask(node, List.of("FT.INFO", name)).ifPresent(reply -> {
                        Map<String, String> row = info(reply);
                        row.put(Session.NODE, node.toString());
                        rows.add(row);
                    });
                }
            }
        }
        return rows;
    }

    /** FT.INFO: names and values in turn, some of them lists of the same. */
    private static Map<String, String> info(Replies.Cursor reply) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int left = reply.arrayLength(); left > 0; left -= 2) {
            reply.next();
            String name = text(reply);
            reply.next();
            switch (name) {
                case "index_definition", "Index Errors" -> row.putAll(info(reply));
                case "prefixes" -> row.put(name, String.join(", ", texts(reply)));
                case "attributes" -> row.put(name, attributes(reply));
                default -> {
                    if (reply.length() >= 0) {
                        row.put(name, text(reply));
                    } else {
                        reply.skip();
                    }
                }
            }
        }
        return row;
    }

    /** Each attribute's name and type: {@code title TEXT, price NUMERIC}. */
    private static String attributes(Replies.Cursor reply) {
        List<String> described = new ArrayList<>();
        for (int attributes = reply.arrayLength(); attributes > 0; attributes--) {
            reply.next();
            List<String> words = texts(reply);
            described.add(after("attribute", words) + " " + after("type", words));
        }
        return String.join(", ", described);
    }

    private static String after(String name, List<String> words) {
        for (int i = 0; i + 1 < words.size(); i += 2) {
            if (words.get(i).toLowerCase(Locale.ROOT).equals(name)) {
                return words.get(i + 1);
            }
        }
        return "";
    }

    /** The texts of an array; what is deeper is left out. */
    private static List<String> texts(Replies.Cursor reply) {
        List<String> texts = new ArrayList<>();
        for (int left = reply.arrayLength(); left > 0; left--) {
            reply.next();
            if (reply.length() >= 0) {
                texts.add(text(reply));
            } else {
                reply.skip();
            }
        }
        return texts;
    }

    private static String text(Replies.Cursor reply) {
        return Text.decode(reply.buffer(), reply.offset(), reply.length());
    }
}
