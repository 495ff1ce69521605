package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Python, through JayDeBeApi. */
class PythonIT {
    private static final String SCRIPT =
            """
            import sys, jaydebeapi
            with jaydebeapi.connect('io.rediscalcite.jdbc.RedisDriver', sys.argv[1], {}, sys.argv[2]) as connection:
                cursor = connection.cursor()
                cursor.execute("SELECT id, v, name FROM item WHERE v <= ? ORDER BY v", [3])
                print([column[0] for column in cursor.description], cursor.fetchall())
                cursor.execute("SELECT COUNT(*), AVG(v), MAX(name) FROM item")
                print(cursor.fetchone())
            """;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @TempDir
    Path folder;

    @Test
    void queriesThroughJayDeBeApi() throws Exception {
        Items.load(redis, 10);
        run("python3", "-m", "venv", "venv");
        run("venv/bin/pip", "install", "-q", "--disable-pip-version-check", "jaydebeapi==1.2.3", "jpype1==1.7.1");
        Files.writeString(folder.resolve("query.py"), SCRIPT);
        assertEquals(
                "['id', 'v', 'name'] [(1, 1, 'n1'), (2, 2, 'n2'), (3, 3, 'n3')]\n(10, 5.5, 'n9')\n",
                run("venv/bin/python", "query.py", redis.url(), System.getProperty("single-jar")));
    }

    private String run(String... command) throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertTrue(ended && process.exitValue() == 0, String.join(" ", command) + ": " + said);
        return said;
    }
}
