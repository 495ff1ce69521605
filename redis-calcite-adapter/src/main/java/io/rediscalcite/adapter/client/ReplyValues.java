package io.rediscalcite.adapter.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A reply as texts, lists of such, and null: for the few that describe something. RESP2 has lists of names and values, or of
 * pairs, where RESP3 has maps; both read the same here.
 */
public final class ReplyValues {
    private ReplyValues() {}

    /** Makes text of the bytes of a value. */
    @FunctionalInterface
    public interface Decoder {
        String decode(byte[] buffer, int offset, int length);
    }

    /** The current value with all below it; the cursor is then at its end. */
    public static @Nullable Object read(Replies.Cursor reply, Decoder decoder) {
        if (reply.isNull()) {
            return null;
        }
        if (reply.length() >= 0) {
            return decoder.decode(reply.buffer(), reply.offset(), reply.length());
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = reply.arrayLength(); i > 0; i--) {
            reply.next();
            elements.add(read(reply, decoder));
        }
        return elements;
    }

    /** {@link #pairs} of the current value. */
    public static Map<String, @Nullable Object> map(Replies.Cursor reply, Decoder decoder) {
        return pairs(read(reply, decoder));
    }

    /** What a list of names and values, or of pairs of them, says; empty for anything else. */
    public static Map<String, @Nullable Object> pairs(@Nullable Object value) {
        Map<String, @Nullable Object> pairs = new LinkedHashMap<>();
        List<@Nullable Object> elements = list(value);
        if (!elements.isEmpty() && elements.get(0) instanceof List<?>) {
            for (Object element : elements) {
                List<@Nullable Object> pair = list(element);
                if (pair.size() == 2) {
                    pairs.put(String.valueOf(pair.get(0)), pair.get(1));
                }
            }
            return pairs;
        }
        for (int i = 0; i + 1 < elements.size(); i += 2) {
            pairs.put(String.valueOf(elements.get(i)), elements.get(i + 1));
        }
        return pairs;
    }

    /** The elements; none of anything but a list. */
    public static List<@Nullable Object> list(@Nullable Object value) {
        List<@Nullable Object> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            elements.addAll(list);
        }
        return elements;
    }
}
