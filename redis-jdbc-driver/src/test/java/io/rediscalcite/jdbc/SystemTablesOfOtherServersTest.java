package io.rediscalcite.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The schema {@code system} on a server without modules, and on a cluster. */
class SystemTablesOfOtherServersTest {
    @RegisterExtension
    static final RedisServerExtension plain = RedisServerExtension.start().plain();

    @RegisterExtension
    static final RedisServerExtension cluster = RedisServerExtension.start().cluster();

    @Test
    void withoutTheSearchModuleThereAreNoIndexes() throws Exception {
        try (Connection connection = DriverManager.getConnection(plain.url());
                Statement statement = connection.createStatement()) {
            assertEquals(List.of(), Sql.rows(statement.executeQuery("SELECT * FROM system.indexes")));
            assertNull(statement.getWarnings());
            assertEquals(List.of("0"), Sql.rows(connection, "SELECT COUNT(*) FROM system.keys"));
        }
    }

    @Test
    void aClustersRowsAreThoseOfAllMasters() throws Exception {
        cluster.flush();
        for (int i = 0; i < 100; i++) {
            cluster.exec("SET", "key:" + i, i);
        }
        List<String> masters = new ArrayList<>();
        cluster.ports().subList(0, 3).stream().sorted().forEach(port -> masters.add("127.0.0.1:" + port));
        try (Connection connection = DriverManager.getConnection(cluster.url())) {
            assertEquals(
                    List.of("100|100|100"),
                    Sql.rows(connection, "SELECT COUNT(*), COUNT(DISTINCT key), COUNT(memory) FROM system.keys"));
            assertEquals(
                    List.of("key:1|string", "key:2|string"),
                    Sql.rows(
                            connection,
                            "SELECT key, type FROM system.keys WHERE key IN ('key:1', 'key:2', 'nope') ORDER BY key"));
            assertEquals(
                    masters,
                    Sql.rows(connection, "SELECT node FROM system.info WHERE name = 'redis_version' ORDER BY node"));
            for (String table : List.of("clients", "commandstats")) {
                assertEquals(
                        masters,
                        Sql.rows(connection, "SELECT DISTINCT node FROM system." + table + " ORDER BY node"),
                        table);
            }
            assertEquals(
                    List.of("master|3|3|3|0", "replica|3|0|0|3"),
                    Sql.rows(
                            connection,
                            "SELECT role, COUNT(*), COUNT(slots), COUNT(version), COUNT(master) FROM system.nodes"
                                    + " GROUP BY role ORDER BY role"));
            assertEquals(
                    Map.of("cluster|slots", 1L, "slowlog|get", 3L),
                    new CommandCounter(cluster).during(() -> Sql.rows(connection, "SELECT * FROM system.slowlog")));
        }
    }
}
