package io.rediscalcite.jdbc.live.types;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file of {@code model-examples}, and the example that its comments tell: commands that write the data, queries, and the
 * rows they give.
 */
record ModelExample(Path file, List<List<String>> commands, List<Query> queries) {
    /** A query and its rows, sorted, columns joined by {@code |}. */
    record Query(String sql, List<String> rows) {}

    static final ObjectMapper MAPPER = new ObjectMapper().configure(JsonParser.Feature.ALLOW_COMMENTS, true);

    private static final String COMMAND = "// redis> ";
    private static final String SQL = "// sql> ";
    private static final String ROW = "//      ";
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("model-examples"))) {
            folder = folder.getParent();
        }
        return folder.resolve("model-examples");
    }

    static List<ModelExample> all() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> !file.toString().endsWith(".schema.json"))
                    .sorted()
                    .map(ModelExample::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelExample read(Path file) {
        List<List<String>> commands = new ArrayList<>();
        List<Query> queries = new ArrayList<>();
        for (String line : lines(file)) {
            if (line.startsWith(COMMAND)) {
                commands.add(words(line.substring(COMMAND.length())));
            } else if (line.startsWith(SQL)) {
                queries.add(new Query(line.substring(SQL.length()), new ArrayList<>()));
            } else if (line.startsWith(ROW)) {
                queries.get(queries.size() - 1).rows().add(line.substring(ROW.length()));
            }
        }
        return new ModelExample(file, commands, queries);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(text -> text != null)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
    }

    JsonNode json() {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return String.valueOf(file.getFileName());
    }
}
