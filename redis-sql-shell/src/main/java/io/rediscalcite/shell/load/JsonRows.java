package io.rediscalcite.shell.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a JSON file: in one array, or one behind the other. Numbers keep their digits; an object or array within a row is its
 * JSON text.
 */
final class JsonRows implements RowSource {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final ByteText text;
    private final JsonParser parser;
    private final List<String> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private boolean inArray;

    private JsonRows(ByteText text, JsonParser parser, Set<String> names) {
        this.text = text;
        this.parser = parser;
        this.columns = List.copyOf(names);
        columns.forEach(name -> positions.put(name, positions.size()));
    }

    static JsonRows open(Path file, Set<String> names) throws IOException {
        ByteText text = new ByteText(Files.newInputStream(file));
        return new JsonRows(text, FACTORY.createParser(text), names);
    }

    /**
     * The names in all objects of the file up to the first that is malformed, in the order in which they come up; none if
     * there is no object.
     *
     * @throws MalformedFileException if two differ in case alone, or there are objects or malformed text but no name
     */
    static Set<String> names(Path file) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        List<String> ofObject = new ArrayList<>();
        long lastLine = 0;
        try (JsonRows rows = open(file, names)) {
            while (rows.isAtObject()) {
                lastLine = rows.line();
                ofObject.clear();
                while (rows.parser.nextToken() == JsonToken.FIELD_NAME) {
                    ofObject.add(rows.parser.currentName());
                    rows.parser.nextToken();
                    rows.parser.skipChildren();
                }
                names.addAll(ofObject);
            }
        } catch (MalformedFileException | JsonProcessingException malformed) {
            // Otherwise the rows in front of it are loaded; then it is met again, and told.
            if (names.isEmpty()) {
                throw malformed instanceof JsonProcessingException json ? malformed(json) : malformed;
            }
        }
        if (names.isEmpty() && lastLine > 0) {
            throw new MalformedFileException(lastLine, "the objects up to here name no column");
        }
        Set<String> folded = new HashSet<>();
        for (String name : names) {
            if (!folded.add(name.toLowerCase(Locale.ROOT))) {
                throw new MalformedFileException(1, "two columns are called '" + name + "', but for the case");
            }
        }
        return names;
    }

    private long line() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** Steps to the next object; false at the end of the file. */
    private boolean isAtObject() throws IOException {
        JsonToken token = parser.nextToken();
        while (token == (inArray ? JsonToken.END_ARRAY : JsonToken.START_ARRAY)) {
            inArray = !inArray;
            token = parser.nextToken();
        }
        if (token != null && token != JsonToken.START_OBJECT) {
            throw new MalformedFileException(line(), "expected an object a row, but found " + parser.getText());
        }
        return token != null;
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() throws IOException {
        try {
            if (!isAtObject()) {
                return null;
            }
            long line = line();
            @Nullable String[] values = new @Nullable String[columns.size()];
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                Integer position = positions.get(parser.currentName());
                parser.nextToken();
                String value = value();
                if (position != null) {
                    values[position] = value;
                }
            }
            return new Row(line, values);
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        }
    }

    private static MalformedFileException malformed(JsonProcessingException e) {
        return new MalformedFileException(
                e.getLocation() == null ? 0 : e.getLocation().getLineNr(), e.getOriginalMessage());
    }

    private @Nullable String value() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!token.isStructStart()) {
            return parser.getText();
        }
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(json)) {
            int depth = 0;
            do {
                generator.copyCurrentEventExact(parser);
                JsonToken event = parser.currentToken();
                depth += event.isStructStart() ? 1 : event.isStructEnd() ? -1 : 0;
            } while (depth > 0 && parser.nextToken() != null);
        }
        return json.toString();
    }

    @Override
    public long bytesRead() {
        return text.count();
    }

    @Override
    public void close() throws IOException {
        parser.close();
        text.close();
    }
}
