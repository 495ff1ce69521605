package io.rediscalcite.shell.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON array with one object a row, each on its line. A label that comes twice gets {@code _1} behind. */
final class JsonFormat {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(com.fasterxml.jackson.core.StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private JsonFormat() {}

    static long write(ResultSet rows, Writer out) throws SQLException, IOException {
        ResultColumns columns = ResultColumns.of(rows);
        List<String> names = unique(columns.labels());
        JsonGenerator json = FACTORY.createGenerator(out).setPrettyPrinter(new LineForEachObject());
        json.writeStartArray();
        long count = 0;
        for (; rows.next(); count++) {
            json.writeStartObject();
            for (int i = 0; i < names.size(); i++) {
                json.writeFieldName(names.get(i));
                write(columns.cells().get(i).kind(), columns.cells().get(i).read(rows), json);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.close();
        out.write('\n');
        return count;
    }

    private static void write(CellReader.Kind kind, @Nullable String text, JsonGenerator json) throws IOException {
        if (text == null) {
            json.writeNull();
            return;
        }
        switch (kind) {
            case NUMBER -> {
                if (text.endsWith("N") || text.endsWith("y")) { // NaN and Infinity are no JSON numbers
                    json.writeString(text);
                } else {
                    json.writeNumber(text);
                }
            }
            case BOOLEAN -> json.writeBoolean(Boolean.parseBoolean(text));
            case TIMESTAMP -> json.writeString(text.replace(' ', 'T'));
            default -> json.writeString(text);
        }
    }

    private static List<String> unique(List<String> labels) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>(labels);
        Set<String> used = new HashSet<>();
        for (String label : labels) {
            String name = label;
            for (int n = 1; !used.add(name); n++) {
                name = label + "_" + n;
                if (taken.contains(name)) {
                    name = label;
                }
            }
            names.add(name);
        }
        return names;
    }

    /** Objects stand below each other; nothing else is spaced. */
    private static final class LineForEachObject extends MinimalPrettyPrinter {
        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(",\n ");
        }
    }
}
