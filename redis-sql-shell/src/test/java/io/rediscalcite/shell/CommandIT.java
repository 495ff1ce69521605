package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real command, as a process: its output, its messages, its exit code. */
class CommandIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static final Path COMMAND = Path.of(System.getProperty("redis-sql.root", ".."))
            .resolve("redis-sql")
            .toAbsolutePath();

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void store() {
        redis.flush();
        redis.exec("HSET", "user:1", "name", "Ann", "age", "41");
        redis.exec("HSET", "user:2", "name", "Bob, \"the\" builder");
        redis.exec("HSET", "user:3", "name", "ключ 🔑", "age", "7");
    }

    @Test
    void printsATable() throws Exception {
        Result result = run("", address(), "-e", "SELECT id, name, age FROM \"user\" ORDER BY id");
        assertEquals(
                """
                +----+--------------------+------+
                | id | name               | age  |
                +----+--------------------+------+
                |  1 | Ann                |   41 |
                |  2 | Bob, "the" builder | NULL |
                |  3 | ключ 🔑            |    7 |
                +----+--------------------+------+
                """,
                result.out());
        assertEquals(new Result(0, result.out(), ""), result);
    }

    @Test
    void printsCsv() throws Exception {
        Result result = run("", redis.url(), "--format", "csv", "-e", "SELECT id, name, age FROM \"user\" ORDER BY id");
        assertEquals(
                new Result(0, "id,name,age\n1,Ann,41\n2,\"Bob, \"\"the\"\" builder\",\n3,ключ 🔑,7\n", ""), result);
    }

    @Test
    void printsJson() throws Exception {
        Result result =
                run("", redis.url(), "--format", "json", "-e", "SELECT id, age FROM \"user\" WHERE id < 3 ORDER BY id");
        assertEquals(new Result(0, "[{\"id\":1,\"age\":41},\n {\"id\":2,\"age\":null}]\n", ""), result);
    }

    @Test
    void printsVertical() throws Exception {
        Result result =
                run("", redis.url(), "--format", "vertical", "-e", "SELECT name, age FROM \"user\" WHERE id = 2");
        assertTrue(result.out().endsWith("name | Bob, \"the\" builder\nage  | NULL\n"), result.out());
        assertEquals(0, result.exitCode());
    }

    @Test
    void runsFilesAndPipes() throws Exception {
        Path script = folder.resolve("users.sql");
        Files.writeString(
                script, "-- how many; really\nSELECT COUNT(*) AS n FROM \"user\";\nSELECT ';' AS semicolon;\n");
        String rows = "n\n3\nsemicolon\n;\n";
        assertEquals(new Result(0, rows, ""), run("", redis.url(), "--format", "csv", "-f", script.toString()));
        assertEquals(new Result(0, rows, ""), run(Files.readString(script), redis.url(), "--format", "csv"));
    }

    @Test
    void stopsAtTheFirstError() throws Exception {
        Path script = folder.resolve("bad.sql");
        Files.writeString(script, "SELECT 1 AS a;\nSELECT x FROM nowhere;\nSELECT 2 AS b;\n");
        Result result = run("", redis.url(), "--format", "csv", "-f", script.toString());
        assertEquals(1, result.exitCode());
        assertEquals("a\n1\n", result.out());
        assertTrue(result.err().startsWith("redis-sql: " + script + ":2: "), result.err());
        assertTrue(result.err().contains("nowhere"), result.err());
        assertTrue(result.err().endsWith("(SQLState 42S02)\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void saysInOneLineWhatIsWrongWithTheSql() throws Exception {
        Result result = run("", redis.url(), "-e", "SELEC 1");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().endsWith("(SQLState 42000)\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void saysInOneLineThatThereIsNoServer() throws Exception {
        Result result = run("", "localhost:1", "-e", "SELECT 1");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().contains("localhost:1"), result.err());
        assertTrue(result.err().endsWith("(SQLState 08001)\n"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void saysHowItIsCalled() throws Exception {
        Result wrong = run("", "--formt", "csv");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("--formt") && wrong.err().contains("--help"), wrong.err());
        Result help = run("", "--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("--format"), help.out());
    }

    @Test
    void runsThroughASymbolicLinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("rsql"), COMMAND);
        Result result = run(List.of(link.toString(), "--version"), "");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.out().startsWith("redis-sql "), result.out());
    }

    @Test
    void loadsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("items.csv"), "id,price\n1,2.50\n2,\n");
        Result result = run("", "load", file.toString(), address(), "--table", "item", "--key", "item:{id}");
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith(file + ":3: a hash needs at least one field"), result.err());
        assertEquals("2.50", redis.exec("HGET", "item:1", "price"));
        assertEquals("id,price\n2,\n", Files.readString(folder.resolve("items.failed.csv")));
    }

    @Test
    void saysInOneLineThatTheDiskIsFull() throws Exception {
        Process process = new ProcessBuilder(
                        COMMAND.toString(), address(), "--format", "csv", "-e", "SELECT id, name FROM \"user\"")
                .redirectOutput(Path.of("/dev/full").toFile())
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        assertEquals("redis-sql: can't write the output: No space left on device\n", err);
    }

    @Test
    void showsTheDemo() throws Exception {
        Result result = run("", "demo");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.out().contains("Loaded 34,057 keys"), result.out());
        for (String expected : List.of(
                "airline",
                "airport",
                "flight",
                "plane",
                "weather",
                "RedisScan",
                "| JFK",
                "served",
                "busiest",
                "late",
                "temperature",
                "board",
                "profile")) {
            assertTrue(result.out().contains(expected), expected + " in " + result.out());
        }
        assertEquals("", result.err());
    }

    @Test
    void noticeNamesEveryLibrary() throws IOException {
        Path root = COMMAND.getParent();
        String notice = Files.readString(root.resolve("NOTICE"));
        try (JarFile jar = new JarFile(
                root.resolve("redis-sql-shell/target/redis-sql-shell.jar").toFile())) {
            String libraries = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            for (String library : libraries.split(" ")) {
                String name = library.substring("lib/".length(), library.length() - ".jar".length());
                boolean named =
                        notice.lines().anyMatch(line -> line.replace(' ', '-').endsWith(":" + name));
                assertTrue(named || name.startsWith("redis-"), name);
            }
        }
    }

    private static String address() {
        return "localhost:" + redis.port();
    }

    private Result run(String input, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        return run(command, input);
    }

    private Result run(List<String> command, String input) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroy();
        assertTrue(ended, "it hangs: " + command);
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
