package io.rediscalcite.adapter.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.rediscalcite.adapter.model.Column;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values, documents and paths as JSON text. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\[\"([^\"\\\\]*)\"\\]|\\['([^'\\\\]*)'\\]");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private JsonText() {}

    /** A column's encoded value as JSON; empty where JSON has no such value: NaN, text that is no JSON, bytes that are no text. */
    static Optional<String> of(Column column, byte[] encoded) {
        String text = Text.decode(encoded);
        if (!UTF_8.newEncoder().canEncode(text)) {
            return Optional.empty();
        }
        return switch (column.type().kind()) {
            case BOOLEAN -> Optional.of(text);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> Optional.of(text);
            case REAL, DOUBLE ->
                NUMBER.matcher(text).matches()
                        ? Optional.of(
                                JsonNumber.ofDouble(Double.parseDouble(text)).orElse(quoted(text)))
                        : Optional.empty();
            case DECIMAL -> Optional.of(JsonNumber.ofDecimal(text).orElse(quoted(text)));
            case JSON -> isJson(text) ? Optional.of(text) : Optional.empty();
            case VARCHAR ->
                column.source() == ColumnSource.Builtin.DOCUMENT
                        ? Optional.of(text).filter(JsonText::isJson)
                        : Optional.of(quoted(text));
            case VARBINARY, DATE, TIME, TIMESTAMP ->
                column.format() != null && NUMBER.matcher(text).matches()
                        ? Optional.of(text)
                        : Optional.of(quoted(text));
        };
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException malformed) {
            return false;
        }
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }

    /** A tree of objects, whose leaves are JSON already. */
    static String of(Map<String, Object> tree) {
        StringBuilder json = new StringBuilder("{");
        tree.forEach((name, value) -> {
            json.append(json.length() == 1 ? "" : ",").append(quoted(name)).append(':');
            json.append(value instanceof Map<?, ?> inner ? of(cast(inner)) : value);
        });
        return json.append('}').toString();
    }

    @SuppressWarnings("unchecked") // A tree's inner nodes are trees.
    private static Map<String, Object> cast(Map<?, ?> tree) {
        return (Map<String, Object>) tree;
    }

    /** The names on the way of a path such as {@code $.a["b c"]}; empty for any other. */
    static Optional<List<String>> members(String path) {
        if (!path.startsWith("$") || path.length() == 1) {
            return Optional.empty();
        }
        List<String> members = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at) {
                return Optional.empty();
            }
            for (int group = 1; group <= 3; group++) {
                if (step.group(group) != null) {
                    members.add(step.group(group));
                }
            }
            at = step.end();
        }
        return Optional.of(members);
    }

    /** The path of these names. */
    static String path(List<String> members) {
        StringBuilder path = new StringBuilder("$");
        members.forEach(member -> path.append("[\"").append(member).append("\"]"));
        return path.toString();
    }
}
