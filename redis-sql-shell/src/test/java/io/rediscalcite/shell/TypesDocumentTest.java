package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.shell.format.OutputFormat;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code docs/types.md}: its commands and its SQL give the output that stands there. */
class TypesDocumentTest {
    private static final Pattern COMMANDS = Pattern.compile("(?s)```redis\n(.*?)```");
    private static final Pattern QUERIES = Pattern.compile("(?s)```sql\n(.*?)```\n\n```text\n(.*?)```");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final int TYPES = 8;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static String document() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("docs/types.md"))) {
            folder = folder.getParent();
        }
        return Files.readString(folder.resolve("docs/types.md"));
    }

    private static Object[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .toArray();
    }

    @Test
    void itsOutputIsReal() throws Exception {
        String document = document();
        COMMANDS.matcher(document)
                .results()
                .flatMap(block -> block.group(1).lines())
                .forEach(line -> redis.exec(words(line)));
        List<MatchResult> queries = QUERIES.matcher(document).results().toList();
        assertTrue(queries.size() >= TYPES, "an example for each type, but only " + queries.size());
        try (Connection connection = DriverManager.getConnection(redis.url())) {
            for (MatchResult query : queries) {
                StringWriter written = new StringWriter();
                try (ResultSet rows = connection.createStatement().executeQuery(query.group(1))) {
                    OutputFormat.TABLE.write(rows, written);
                }
                assertEquals(query.group(2), written.toString());
            }
        }
    }
}
