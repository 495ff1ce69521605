package io.rediscalcite.jdbc.live;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a class of the tests in a JVM of its own. */
final class ChildJvm {
    /** A program that came to its end by itself; its output has what it wrote to stderr, too. */
    record Ended(int exitCode, String output) {}

    private ChildJvm() {}

    /** @throws AssertionError if the program is still there after a minute */
    static Ended run(List<String> options, Class<?> main, String... arguments) throws Exception {
        Path output = Files.createTempFile("child-jvm", ".out");
        try {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", classPath(), main.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(main.getName() + " didn't end: " + Files.readString(output));
            }
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** Surefire's class path may be a jar with a manifest; this is what it stands for. */
    private static String classPath() {
        String ofTests = System.getProperty("surefire.test.class.path");
        return ofTests != null ? ofTests : System.getProperty("java.class.path").replace('\n', File.pathSeparatorChar);
    }
}
