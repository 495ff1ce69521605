package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes by which the command starts quickly: made once, and never in the way. On a copy of the command. */
class ClassArchiveIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static final Path ROOT =
            Path.of(System.getProperty("redis-sql.root", "..")).toAbsolutePath();
    private static final String TARGET = "redis-sql-shell/target";
    private static final String JAR = "redis-sql-shell.jar";
    private static final Result RIGHT = new Result(0, "n\n1\n", "");

    @TempDir
    Path folder;

    private Path target;

    private record Result(int exitCode, String out, String err) {}

    private record Run(Process process, Path out, Path err) {
        Result result() throws IOException, InterruptedException {
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroy();
            assertTrue(ended, "it hangs");
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @BeforeEach
    void copyTheCommand() throws IOException {
        target = Files.createDirectories(folder.resolve(TARGET));
        Files.copy(ROOT.resolve("redis-sql"), folder.resolve("redis-sql"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(ROOT.resolve(TARGET).resolve(JAR), target.resolve(JAR));
        Files.createSymbolicLink(target.resolve("lib"), ROOT.resolve(TARGET).resolve("lib"));
        redis.flush();
    }

    @Test
    void theFirstRunMakesItAndTheNextStartsFromIt() throws Exception {
        assertEquals(RIGHT, start().result());
        Path archive = archive();
        Path loaded = folder.resolve("loaded");
        assertEquals(RIGHT, start("-Xlog:class+load:file=" + loaded).result());
        List<String> archived;
        try (Stream<String> lines = Files.lines(loaded)) {
            archived = lines.filter(line -> line.endsWith(" source: shared objects file (top)"))
                    .toList();
        }
        for (String type : List.of(
                "io.rediscalcite.shell.RedisSql",
                "io.rediscalcite.jdbc.RedisConnection",
                "org.apache.calcite.rel.rules.CoreRules",
                "org.redisson.client.RedisClient")) {
            assertTrue(archived.stream().anyMatch(line -> line.contains(type + " ")), type);
        }
        FileTime made = Files.getLastModifiedTime(archive);
        assertEquals(RIGHT, start().result());
        awaitMakers();
        assertEquals(made, Files.getLastModifiedTime(archive));
    }

    @Test
    void whatBecomesOfItStopsNobody() throws Exception {
        assertEquals(RIGHT, start().result());
        Path archive = archive();
        byte[] whole = Files.readAllBytes(archive);
        Files.delete(archive);
        assertEquals(RIGHT, start().result());
        Files.write(archive, List.of("an archive of other things"));
        assertEquals(RIGHT, start().result());
        Files.write(archive, new byte[whole.length]);
        assertEquals(RIGHT, start().result());
        byte[] half = new byte[whole.length / 2];
        System.arraycopy(whole, 0, half, 0, half.length);
        Files.write(archive, half);
        assertEquals(RIGHT, start().result());
        Files.write(archive, whole);
        Files.setLastModifiedTime(target.resolve(JAR), FileTime.fromMillis(0)); // not the jar that it was made of
        assertEquals(RIGHT, start().result());
    }

    @Test
    void whereItCannotBeMadeTheCommandRunsWithoutIt() throws Exception {
        assertEquals(RIGHT, start().result());
        Path size = sizeOf(archive());
        Files.delete(size);
        Files.setLastModifiedTime(Files.createDirectory(size), FileTime.fromMillis(0));
        assertEquals(RIGHT, start().result());
        awaitMakers();
        assertTrue(Files.isDirectory(size));
    }

    @Test
    void twoFirstRunsAtOnceAgree() throws Exception {
        List<Run> runs = List.of(start(), start());
        for (Run run : runs) {
            assertEquals(RIGHT, run.result());
        }
        archive();
        assertEquals(RIGHT, start().result());
    }

    private Run start(String... javaOptions) throws IOException {
        Path out = Files.createTempFile(folder, "run", ".out");
        Path err = Files.createTempFile(folder, "run", ".err");
        ProcessBuilder builder = new ProcessBuilder(
                        folder.resolve("redis-sql").toString(),
                        "localhost:" + redis.port(),
                        "--format",
                        "csv",
                        "-e",
                        "SELECT COUNT(*) AS n FROM (VALUES (1)) AS t (a)")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_OPTS", String.join(" ", javaOptions));
        Process process = builder.start();
        process.getOutputStream().close();
        return new Run(process, out, err);
    }

    /** The archive, whole. */
    private Path archive() throws Exception {
        awaitMakers();
        List<Path> archives = new ArrayList<>();
        try (Stream<Path> files = Files.list(target)) {
            files.filter(file -> file.toString().endsWith(".jsa")).forEach(archives::add);
        }
        assertEquals(1, archives.size(), archives.toString());
        Path archive = archives.get(0);
        assertEquals(
                String.valueOf(Files.size(archive)),
                Files.readString(sizeOf(archive)).strip());
        return archive;
    }

    private static Path sizeOf(Path archive) {
        return Path.of(archive + ".size");
    }

    /** Waits for what runs of the copied command left behind. */
    private void awaitMakers() throws Exception {
        List<ProcessHandle> makers = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                .toList();
        for (ProcessHandle maker : makers) {
            maker.onExit().get(5, TimeUnit.MINUTES);
        }
    }
}
