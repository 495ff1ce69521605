package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.model.ConnectionProperty;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The options of the code, of {@code getPropertyInfo} and of the documents are the same. */
class OptionsDocumentTest {
    private static String table() {
        return Arrays.stream(ConnectionProperty.values())
                .map(property -> "| " + property.propertyName() + " | "
                        + Objects.toString(property.defaultValue(), "") + " | " + property.expected() + " | "
                        + property.description() + " |")
                .collect(Collectors.joining(
                        "\n", "| option | default | value | meaning |\n| --- | --- | --- | --- |\n", "\n"));
    }

    @Test
    void theDocumentHasThemAll() throws Exception {
        Path root = Path.of(System.getProperty("redis-sql.root", ".."));
        assertTrue(
                Files.readString(root.resolve("docs/tools.md")).contains(table()), "docs/tools.md lacks:\n" + table());
    }

    @Test
    void propertyInfoHasThemAll() throws Exception {
        DriverPropertyInfo[] told = DriverManager.getDriver("jdbc:redis-sql://localhost")
                .getPropertyInfo("jdbc:redis-sql://localhost?batchSize=7", new Properties());
        assertEquals(
                ConnectionProperty.names(),
                Arrays.stream(told).map(info -> info.name).toList());
        for (DriverPropertyInfo info : told) {
            ConnectionProperty property = ConnectionProperty.ofName(info.name).orElseThrow();
            assertEquals(property.description(), info.description);
            assertEquals(property.choices(), info.choices == null ? List.of() : List.of(info.choices));
            assertEquals(info.name.equals("batchSize") ? "7" : property.defaultValue(), info.value);
        }
    }

    @Test
    void theDataSourceHasThemAll() throws Exception {
        Set<String> properties = Arrays.stream(Introspector.getBeanInfo(RedisDataSource.class, Object.class)
                        .getPropertyDescriptors())
                .filter(property -> property.getWriteMethod() != null)
                .map(PropertyDescriptor::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = new TreeSet<>(ConnectionProperty.names());
        expected.addAll(List.of("url", "loginTimeout", "logWriter"));
        assertEquals(expected, properties);
    }
}
