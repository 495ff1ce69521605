package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.programs.PlainProgram;
import io.rediscalcite.programs.ProgramWithLibraries;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.File;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The single jar in programs that know nothing else of ours. */
class SingleJarIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static final Path JAR = Path.of(System.getProperty("single-jar"));
    private static final String ANSWER =
            """
            American Airlines 2 15.0 4
            JetBlue Airways 1 2.5 2
            JETBLUE AIRWAYS 1
            """;

    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void store() {
        redis.flush();
        redis.exec("SET", "airline:AA", "American Airlines");
        redis.exec("SET", "airline:B6", "JetBlue Airways");
        redis.exec("HSET", "flight:1", "carrier", "AA", "delay", "10");
        redis.exec("HSET", "flight:2", "carrier", "B6", "delay", "2.5");
        redis.exec("HSET", "flight:3", "carrier", "AA", "delay", "20");
    }

    /** The classes of the test's programs, and nothing else of what was built. */
    private Path programs() throws Exception {
        Path built = Path.of(PlainProgram.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path folderOfPackage = Path.of("io", "rediscalcite", "programs");
        Files.createDirectories(folder.resolve(folderOfPackage));
        try (Stream<Path> classes = Files.list(built.resolve(folderOfPackage))) {
            for (Path file : classes.toList()) {
                Files.copy(file, folder.resolve(folderOfPackage).resolve(file.getFileName()));
            }
        }
        return folder;
    }

    private Result run(Class<?> program, List<Path> classPath) throws Exception {
        List<String> entries = new ArrayList<>(List.of(programs().toString()));
        classPath.forEach(entry -> entries.add(entry.toString()));
        return run(List.of("-cp", String.join(File.pathSeparator, entries), program.getName(), redis.url()));
    }

    private Result run(List<String> arguments) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "the program didn't end by itself");
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static List<Path> otherVersions() throws Exception {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("other-versions")))) {
            return jars.sorted().toList();
        }
    }

    @Test
    void isAllThatAProgramNeedsAndPrintsNothing() throws Exception {
        assertEquals(new Result(0, ANSWER, ""), run(PlainProgram.class, List.of(JAR)));
    }

    @Test
    void isAModule() throws Exception {
        assertEquals(
                new Result(0, ANSWER, ""),
                run(List.of(
                        "-p",
                        JAR.toString(),
                        "--add-modules",
                        "io.rediscalcite.jdbc",
                        "-cp",
                        programs().toString(),
                        PlainProgram.class.getName(),
                        redis.url())));
    }

    @Test
    void leavesOtherVersionsAloneBehindIt() throws Exception {
        List<Path> classPath = new ArrayList<>(List.of(JAR));
        classPath.addAll(otherVersions());
        assertSideBySide(classPath);
    }

    @Test
    void isNotDisturbedByOtherVersionsBeforeIt() throws Exception {
        List<Path> classPath = new ArrayList<>(otherVersions());
        classPath.add(JAR);
        assertSideBySide(classPath);
    }

    private void assertSideBySide(List<Path> classPath) throws Exception {
        String libraries = "[1,2] 3 jackson-databind-2.9.10.jar guava-20.0.jar netty-buffer-4.1.42.Final.jar"
                + " calcite-linq4j-1.26.0.jar\n";
        assertEquals(new Result(0, libraries + ANSWER + libraries, ""), run(ProgramWithLibraries.class, classPath));
    }

    private static Attributes manifest(String property) throws Exception {
        try (JarFile jar = new JarFile(System.getProperty(property))) {
            return jar.getManifest().getMainAttributes();
        }
    }

    @Test
    void theJarsSayWhatTheyAre() throws Exception {
        for (String property : List.of("single-jar", "adapter-jar")) {
            Attributes manifest = manifest(property);
            String name = property.equals("single-jar") ? "io.rediscalcite.jdbc" : "io.rediscalcite.adapter";
            String version = manifest.getValue("Bundle-Version");
            assertTrue(version.matches("\\d+\\.\\d+\\.\\d+"), version);
            assertEquals(name, manifest.getValue("Automatic-Module-Name"));
            assertEquals(name, manifest.getValue("Bundle-SymbolicName"));
            assertEquals("2", manifest.getValue("Bundle-ManifestVersion"));
            assertEquals("Apache-2.0", manifest.getValue("Bundle-License"));
            assertTrue(manifest.getValue("Export-Package").startsWith(name + ";version=\"" + version + "\""));
            assertTrue(manifest.getValue("Require-Capability").contains("(version=17)"));
        }
        assertEquals("io.rediscalcite.jdbc", manifest("thin-jar").getValue("Automatic-Module-Name"));
    }

    @Test
    void theJarsHoldTheirLicences() throws Exception {
        Path root = Path.of(System.getProperty("redis-sql.root"));
        String licence = Files.readString(root.resolve("LICENSE"));
        String notice = Files.readString(root.resolve("NOTICE"));
        for (String property : List.of("single-jar", "adapter-jar", "thin-jar")) {
            try (JarFile jar = new JarFile(System.getProperty(property))) {
                assertEquals(licence, text(jar, "META-INF/LICENSE"), property);
                assertTrue(text(jar, "META-INF/NOTICE").contains(notice.strip()), property);
            }
        }
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertTrue(text(jar, "META-INF/NOTICE").contains("Apache Calcite"));
            String ofLibraries = text(jar, "META-INF/LICENSES-OF-LIBRARIES");
            for (String library : List.of("asm", "janino", "protobuf-java", "jts-core", "slf4j-api")) {
                assertTrue(notice.contains(":" + library + " "), library);
                assertTrue(ofLibraries.contains(library), library);
            }
        }
    }

    private static String text(JarFile jar, String entry) throws Exception {
        try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Ours, the libraries under our name, and slf4j, which is the application's to bind. */
    @Test
    void holdsNoClassUnderAnotherName() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            TreeSet<String> strangers = new TreeSet<>();
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.startsWith("io/rediscalcite/") && !name.startsWith("org/slf4j/"))
                    .forEach(strangers::add);
            assertEquals(new TreeSet<String>(), strangers);
        }
    }
}
