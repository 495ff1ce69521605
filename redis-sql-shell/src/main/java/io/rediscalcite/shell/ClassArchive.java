package io.rediscalcite.shell;

import io.rediscalcite.adapter.RedisSchemaFactory;
import io.rediscalcite.jdbc.RedisDriver;
import io.rediscalcite.jdbc.WarmUp;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads what nearly every run of the command loads, and ends: {@code ./redis-sql} lets the JVM keep these classes in an archive, by
 * which it starts in about half the time. It needs no server, and so meets the client in vain, and then plans as a driver's warm-up does.
 */
final class ClassArchive {
    private static final String SUFFIX = ".class";
    private static final String NO_SERVER = "localhost:1";

    private ClassArchive() {}

    public static void main(String[] args) throws Exception {
        RedisSql.commandLine().execute(NO_SERVER, "-e", "SELECT 1");
        new WarmUp().rows();
        loadAll(RedisDriver.class);
        loadAll(RedisSchemaFactory.class);
    }

    /** Loads the classes of the jar that {@code one} is in. */
    private static void loadAll(Class<?> one) throws ReflectiveOperationException, IOException, URISyntaxException {
        Path jar =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(SUFFIX) && !name.endsWith("-info" + SUFFIX)) {
                    String type =
                            name.substring(0, name.length() - SUFFIX.length()).replace('/', '.');
                    Class.forName(type, false, one.getClassLoader());
                }
            }
        }
    }
}
