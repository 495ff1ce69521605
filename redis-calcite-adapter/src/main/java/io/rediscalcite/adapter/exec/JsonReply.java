package io.rediscalcite.adapter.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.type.Text;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the reply to JSON.GET: for one path {@code [match, …]}, for several {@code {"path": [match, …], …}}.
 *
 * <p>Numbers keep the very digits of the reply. A path that can match once gives its match; one that can match more
 * often ({@code $..price}, {@code $.tags[*]}) gives the array of all. No match and JSON's null give nothing.
 */
final class JsonReply {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReply() {}

    /** Takes a value: its text (a string without quotes), and its JSON. */
    @FunctionalInterface
    interface Matches {
        void value(String path, byte[] text, byte[] json);
    }

    /**
     * @param only the path, where one alone was asked for
     * @param many those of the paths that can match more than once
     */
    static void read(byte[] buffer, int offset, int length, @Nullable String only, Set<String> many, Matches matches) {
        try (JsonParser parser = FACTORY.createParser(buffer, offset, length)) {
            Reader reader = new Reader(buffer, offset, parser, many, matches);
            parser.nextToken();
            if (only != null) {
                reader.matchesOf(only);
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String path = parser.currentName();
                parser.nextToken();
                reader.matchesOf(path);
            }
        } catch (IOException malformed) {
            throw new RedisSqlException(
                    SqlState.SERVER_ERROR,
                    "the server's reply to JSON.GET is no JSON: " + malformed.getMessage(),
                    malformed);
        }
    }

    private record Reader(byte[] buffer, int offset, JsonParser parser, Set<String> many, Matches matches) {
        /** Reads the array that the parser is at the beginning of, to its end. */
        void matchesOf(String path) throws IOException {
            int start = position();
            if (many.contains(path)) {
                parser.skipChildren();
                byte[] all = slice(start);
                if (all.length > "[]".length()) {
                    matches.value(path, all, all);
                }
                return;
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return;
            }
            int first = position();
            byte[] text = token == JsonToken.VALUE_STRING ? Text.encode(parser.getText()) : null;
            parser.skipChildren();
            if (token != JsonToken.VALUE_NULL) {
                if (token == JsonToken.VALUE_STRING) {
                    parser.finishToken();
                }
                byte[] json = slice(first);
                matches.value(path, text == null ? json : text, json);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
            }
        }

        private int position() {
            return (int) parser.currentTokenLocation().getByteOffset();
        }

        private byte[] slice(int start) {
            int end = (int) parser.currentLocation().getByteOffset();
            return Arrays.copyOfRange(buffer, offset + start, offset + end);
        }
    }
}
