package io.rediscalcite.adapter.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are rows of a table: literal text, {@code {part}}s that become columns, and {@code *}.
 *
 * <p>In {@code user:{id}:cart} the key {@code user:17:cart} is a row with {@code id = '17'}. A part is any text, also none,
 * without the key separator, as short as the text behind it allows; {@code *} is any text at all. All other characters stand for
 * themselves, {@code [}, {@code ?} and {@code \} too.
 *
 * @param separator the text that a part can't hold; {@code :} by default
 */
public record KeyPattern(List<Segment> segments, String separator) {
    /** A stretch of a key pattern. */
    public sealed interface Segment {}

    /** Text that every key of the table has here. */
    public record Literal(String text) implements Segment {}

    /** Text that becomes the column {@code name}. */
    public record Part(String name) implements Segment {}

    /** {@code *}: any text, no column. */
    public record Wildcard() implements Segment {}

    public KeyPattern {
        segments = List.copyOf(segments);
    }

    /** Names of the parts, in order. */
    public List<String> parts() {
        List<String> names = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Part part) {
                names.add(part.name());
            }
        }
        return names;
    }

    /** True if one key alone fits: there is neither a part nor a wildcard. */
    public boolean isSingleKey() {
        return segments.stream().allMatch(Literal.class::isInstance);
    }

    /** The text that every key begins with. */
    public String literalPrefix() {
        return !segments.isEmpty() && segments.get(0) instanceof Literal literal ? literal.text() : "";
    }

    /** The parts' texts in {@code key}, in the order of {@link #parts()}; empty if the key doesn't fit. */
    public Optional<List<String>> match(String key) {
        List<String> found = new ArrayList<>();
        return match(key, 0, 0, found) ? Optional.of(found) : Optional.empty();
    }

    private boolean match(String key, int from, int index, List<String> found) {
        if (index == segments.size()) {
            return from == key.length();
        }
        Segment segment = segments.get(index);
        if (segment instanceof Literal literal) {
            return key.startsWith(literal.text(), from)
                    && match(key, from + literal.text().length(), index + 1, found);
        }
        boolean part = segment instanceof Part;
        int furthest = key.length();
        if (part && !separator.isEmpty()) {
            int stop = key.indexOf(separator, from);
            furthest = stop < 0 ? furthest : stop;
        }
        boolean last = index == segments.size() - 1;
        for (int to = last ? key.length() : from; to <= furthest; to++) {
            if (part) {
                found.add(key.substring(from, to));
            }
            if (match(key, to, index + 1, found)) {
                return true;
            }
            if (part) {
                found.remove(found.size() - 1);
            }
        }
        return false;
    }

    /**
     * The one key whose parts have these texts; empty where there is none: a part is missing from {@code values}, the
     * pattern has a wildcard, or a text would be read back differently.
     */
    public Optional<String> key(Map<String, String> values) {
        return key(parts().stream().map(values::get).toList());
    }

    /** As {@link #key(Map)}, with the texts in the order of {@link #parts()}; null for one that is missing. */
    public Optional<String> key(List<@Nullable String> texts) {
        StringBuilder key = new StringBuilder();
        int part = 0;
        for (Segment segment : segments) {
            String text = null;
            if (segment instanceof Literal literal) {
                text = literal.text();
            } else if (segment instanceof Part) {
                text = texts.get(part++);
            }
            if (text == null) {
                return Optional.empty();
            }
            key.append(text);
        }
        String candidate = key.toString();
        return match(candidate).filter(texts::equals).map(parts -> candidate);
    }

    /** A glob for SCAN's MATCH that every key of the table fits; keys that aren't rows may fit too. */
    public String glob() {
        return glob(Map.of());
    }

    /** As {@link #glob()}, with the known texts of some parts in it. */
    public String glob(Map<String, String> known) {
        StringBuilder glob = new StringBuilder();
        boolean anyText = false;
        for (Segment segment : segments) {
            if (segment instanceof Literal literal) {
                glob.append(escapeGlob(literal.text()));
                anyText = false;
            } else if (segment instanceof Part part && known.containsKey(part.name())) {
                glob.append(escapeGlob(known.get(part.name())));
                anyText = false;
            } else if (!anyText) {
                glob.append('*');
                anyText = true;
            }
        }
        return glob.toString();
    }

    /** {@code text} with a backslash before each character that MATCH would read as a wildcard. */
    public static String escapeGlob(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\') {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /**
     * Reads a pattern as a model writes it.
     *
     * @throws IllegalArgumentException with a message for the user: an unclosed brace, an empty or repeated part name, two
     *     parts that touch
     */
    public static KeyPattern parse(String text, String separator) {
        List<Segment> segments = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '{' && c != '*') {
                literal.append(c);
                continue;
            }
            boolean touches =
                    literal.isEmpty() && !segments.isEmpty() && !(segments.get(segments.size() - 1) instanceof Literal);
            if (touches) {
                throw new IllegalArgumentException(
                        "key pattern '" + text + "' has no text between two variable parts at character " + (i + 1));
            }
            if (!literal.isEmpty()) {
                segments.add(new Literal(literal.toString()));
                literal.setLength(0);
            }
            if (c == '*') {
                segments.add(new Wildcard());
                continue;
            }
            int close = text.indexOf('}', i);
            String name = close < 0 ? "" : text.substring(i + 1, close);
            if (close < 0) {
                throw new IllegalArgumentException("key pattern '" + text + "' has a { without a }");
            }
            if (name.isEmpty() || name.contains("{")) {
                throw new IllegalArgumentException("key pattern '" + text + "' has a part without a name");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("key pattern '" + text + "' names the part {" + name + "} twice");
            }
            segments.add(new Part(name));
            i = close;
        }
        if (!literal.isEmpty()) {
            segments.add(new Literal(literal.toString()));
        }
        if (segments.isEmpty()) {
            throw new IllegalArgumentException("the key pattern is empty");
        }
        return new KeyPattern(segments, separator);
    }

    /** The pattern as a model writes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments) {
            if (segment instanceof Literal literal) {
                text.append(literal.text());
            } else if (segment instanceof Part part) {
                text.append('{').append(part.name()).append('}');
            } else {
                text.append('*');
            }
        }
        return text.toString();
    }
}
