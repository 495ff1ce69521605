package io.rediscalcite.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The single jar as a bundle, in a framework that gives it nothing but what its manifest asks for. */
class OsgiIT {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @TempDir
    Path folder;

    @Test
    void connectsFromABundle() throws Exception {
        Items.load(redis, 10);
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, folder.resolve("osgi").toString()));
        framework.start();
        try {
            Bundle bundle = framework
                    .getBundleContext()
                    .installBundle(
                            Path.of(System.getProperty("single-jar")).toUri().toString());
            bundle.start();
            DataSource source = (DataSource) bundle.loadClass("io.rediscalcite.jdbc.RedisDataSource")
                    .getConstructor()
                    .newInstance();
            source.getClass().getMethod("setUrl", String.class).invoke(source, redis.url());
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT SUM(v) FROM item")) {
                assertTrue(result.next());
                assertEquals(55, result.getLong(1));
            }
        } finally {
            framework.stop();
            framework.waitForStop(30_000);
        }
    }
}
