package io.rediscalcite.adapter.discovery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ColumnSource;
import io.rediscalcite.adapter.type.Text;
import java.io.IOException;
import java.util.Optional;

/** Reads replies to JSON.GET into a sample of columns. */
final class JsonMembers {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonMembers() {}

    /**
     * Reads {@code [document]}: each member of the document is a column.
     *
     * @return false if the document is no object
     */
    static boolean readDocument(byte[] reply, SampledColumns columns) {
        try (JsonParser parser = FACTORY.createParser(reply)) {
            parser.nextToken();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            columns.addRow();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                parser.nextToken();
                readValue(parser, columns.of(ColumnSource.JsonPath.ofMember(member), member));
            }
            return true;
        } catch (IOException malformed) {
            throw noJson(malformed);
        }
    }

    /** Reads {@code {"path": [match], …}}: each path's only match is a value of that column. */
    static void readPaths(byte[] reply, SampledColumns columns) {
        try (JsonParser parser = FACTORY.createParser(reply)) {
            columns.addRow();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String path = parser.currentName();
                parser.nextToken();
                boolean first = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    readValue(parser, first ? columns.of(new ColumnSource.JsonPath(path), path) : Optional.empty());
                    first = false;
                }
            }
        } catch (IOException malformed) {
            throw noJson(malformed);
        }
    }

    private static void readValue(JsonParser parser, Optional<ValueSample> values) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> {
                values.ifPresent(ValueSample::addNested);
                parser.skipChildren();
            }
            case VALUE_NULL -> {}
            case VALUE_STRING -> {
                byte[] text = Text.encode(parser.getText());
                values.ifPresent(sample -> sample.addString(text));
            }
            default -> {
                byte[] text = Text.encode(parser.getText());
                values.ifPresent(sample -> sample.add(text));
            }
        }
    }

    private static RedisSqlException noJson(IOException malformed) {
        return new RedisSqlException(
                SqlState.SERVER_ERROR,
                "the server's reply to JSON.GET is no JSON: " + malformed.getMessage(),
                malformed);
    }
}
