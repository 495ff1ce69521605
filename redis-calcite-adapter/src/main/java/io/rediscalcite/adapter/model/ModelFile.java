package io.rediscalcite.adapter.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a Calcite model, so that an error can say where in the file it is.
 *
 * @param name the file, or {@code the inline model}
 * @param lines the line, from 1, on which the value of each JSON pointer begins
 * @param schemas the JSON pointer of each schema, by its name
 */
record ModelFile(String name, Map<String, Integer> lines, Map<String, String> schemas) {
    private static final String INLINE = "inline:";
    private static final Pattern SCHEMA_NAME = Pattern.compile("(/schemas/[0-9]+)/name");
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .configure(JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true)
            .configure(JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
            .configure(JsonParser.Feature.ALLOW_COMMENTS, true);

    /**
     * Reads the model that Calcite names {@code uri}: a path, or {@code inline:} and the text.
     *
     * @return no line at all if the model can't be read or isn't JSON: this only adds to an error that is known already
     */
    static ModelFile read(String uri) {
        Map<String, Integer> lines = new HashMap<>();
        Map<String, String> schemas = new HashMap<>();
        boolean inline = uri.startsWith(INLINE);
        try {
            String text = inline ? uri.substring(INLINE.length()) : Files.readString(Path.of(uri));
            readLines(text, lines, schemas);
        } catch (IOException | InvalidPathException unreadable) {
            return new ModelFile(uri, Map.of(), Map.of());
        }
        return new ModelFile(inline ? "the inline model" : uri, lines, schemas);
    }

    private static void readLines(String text, Map<String, Integer> lines, Map<String, String> schemas)
            throws IOException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructEnd() || token == JsonToken.FIELD_NAME) {
                    continue;
                }
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
                Matcher name = SCHEMA_NAME.matcher(pointer);
                if (name.matches()) {
                    schemas.putIfAbsent(parser.getText(), name.group(1));
                }
            }
        }
    }

    /** {@code  (line 12 of model.json)}, of the innermost place on the path that the file has; empty if it has none. */
    String describe(String schema, OperandPath path) {
        String start = schemas.get(schema);
        List<Object> steps = path.steps();
        for (int length = steps.size(); start != null && length >= 0; length--) {
            StringBuilder pointer = new StringBuilder(start).append("/operand");
            for (Object step : steps.subList(0, length)) {
                pointer.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
            }
            Integer line = lines.get(pointer.toString());
            if (line != null) {
                return " (line " + line + " of " + name + ")";
            }
        }
        return "";
    }
}
