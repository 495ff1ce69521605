package io.rediscalcite.shell;

import io.rediscalcite.adapter.RedisSchemaFactory;
import io.rediscalcite.jdbc.RedisDriver;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads what nearly every run of the command loads, and ends: {@code ./redis-sql} lets the JVM keep these classes in an archive, by
 * which it starts in about half the time. It needs no server, and so meets the client in vain and plans by Calcite's own driver.
 */
final class ClassArchive {
    private static final String SUFFIX = ".class";
    private static final String NO_SERVER = "localhost:1";

    private static final String CALCITE =
            "jdbc:calcite:parserFactory=org.apache.calcite.sql.parser.babel.SqlBabelParserImpl#FACTORY;fun=postgresql";

    /** A bit of all that statements commonly have. */
    private static final String SQL = "SELECT name, COUNT(*) AS n, AVG(v) AS mean"
            + " FROM (VALUES ('a', 1, 1.5), ('b', 2, 2.5)) AS t (name, v, w)"
            + " WHERE v >= 1 AND name LIKE 'a%' AND w < 2 GROUP BY name ORDER BY n DESC LIMIT 10";

    private ClassArchive() {}

    public static void main(String[] args) throws Exception {
        RedisSql.commandLine().execute(NO_SERVER, "-e", SQL);
        try (Connection connection = DriverManager.getConnection(CALCITE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(SQL)) {
            rows.next();
        }
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
