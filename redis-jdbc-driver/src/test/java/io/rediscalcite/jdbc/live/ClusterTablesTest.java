package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cluster is one database: every key once, whatever node has it. The mode is found out. */
class ClusterTablesTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().cluster();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        for (int i = 1; i <= 2000; i++) {
            redis.exec("HSET", "plane:" + i, "engines", i % 4, "owner", i % 7);
        }
        for (int i = 0; i < 7; i++) {
            redis.exec("SET", "owner:" + i, "Owner " + i);
        }
        redis.exec("HSET", "{a}tag:1", "v", 1);
        connection = Live.connect(redis.url());
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT COUNT(*), COUNT(DISTINCT _key), SUM(id) FROM plane ~ 2000|2000|2001000 ~ scan=3
            SELECT engines, COUNT(*) FROM plane GROUP BY engines ~ 0|500;1|500;2|500;3|500 ~ hmget=2000 scan=3
            SELECT id, "value" FROM owner WHERE id IN (0, 1, 2, 3, 99) ~ 0|Owner 0;1|Owner 1;2|Owner 2;3|Owner 3 ~ get=5
            SELECT owner FROM plane WHERE _key = 'plane:8' ~ 1 ~ hmget=1
            SELECT COUNT(*) FROM (SELECT id FROM plane LIMIT 1500 OFFSET 100) ~ 1500 ~ scan=3
            SELECT p.id, o."value" FROM plane p JOIN owner o ON o.id = p.owner WHERE p.id IN (1, 2, 8, 9) ~ 1|Owner 1;2|Owner 2;8|Owner 1;9|Owner 2 ~ get=2 hmget=4
            SELECT COUNT(*), MAX(o."value") FROM plane p JOIN owner o ON o._key = 'owner:' || p.owner ~ 2000|Owner 6 ~ ""
            SELECT v FROM "{a}tag" WHERE id = 1 ~ 1 ~ hmget=1
            """)
    void answers(String sql, String rows, String commands) throws Exception {
        Live.Answer answer = Live.ask(redis, connection, sql);
        assertEquals(rows, answer.rows());
        if (!commands.isEmpty()) {
            // The topology is asked for before a scan, and the masters' slots before and after it; how many pages a
            // node has depends on its table.
            String sent =
                    answer.commands().replaceAll("cluster\\|[a-z]+=[0-9]+ ", "").replaceAll("scan=[0-9]+", "scan=3");
            assertEquals(commands, sent);
        }
    }

    @Test
    void aLimitSendsFewCommands() throws Exception {
        assertEquals(10, Live.rows(connection, "SELECT * FROM plane LIMIT 10").size());
        Map<String, Long> commands =
                new CommandCounter(redis).during(() -> Live.rows(connection, "SELECT id FROM plane LIMIT 10"));
        assertTrue(commands.getOrDefault("scan", 0L) <= 6, commands.toString());
    }

    /**
     * A key may move from where its node's scan hasn't come to where the other's has passed. One slot: masters that are handed
     * slots in quick succession may dispute them, and the loser drops the keys.
     */
    @Test
    void slotsThatMoveDuringAScanLoseAndDoubleNothing() throws Exception {
        String url = redis.url() + "?scanCount=10&batchSize=10";
        try (Connection other = Live.connect(url);
                Statement statement = other.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM plane")) {
            Set<Integer> found = new HashSet<>();
            int rows = 0;
            while (result.next()) {
                found.add(result.getInt(1));
                if (++rows == 1000) {
                    IntStream.rangeClosed(1, 2000)
                            .filter(id -> !found.contains(id))
                            .limit(1)
                            .forEach(id -> move("plane:" + id));
                }
            }
            assertEquals(2000, found.size());
            assertEquals(2000, rows);
        }
    }

    @Test
    void aSlotThatIsAboutToMoveFailsAScan() throws Exception {
        long slot = (Long) redis.exec("CLUSTER", "KEYSLOT", "plane:1");
        int owner = owner("plane:1");
        int target = otherThan(owner);
        redis.node(owner).exec("CLUSTER", "SETSLOT", slot, "MIGRATING", id(target));
        try {
            SQLException e = assertThrows(SQLException.class, () -> Live.rows(connection, "SELECT id FROM plane"));
            assertTrue(e.getMessage().contains("Slots of the cluster"), e.getMessage());
        } finally {
            redis.node(owner).exec("CLUSTER", "SETSLOT", slot, "STABLE");
        }
        assertEquals(2000, Live.rows(connection, "SELECT id FROM plane").size());
    }

    private static Object id(int port) {
        return redis.node(port).exec("CLUSTER", "MYID");
    }

    private static int owner(String key) {
        for (int port : redis.ports().subList(0, 3)) {
            if (!redis.node(port)
                    .pipeline(List.<Object[]>of(new Object[] {"EXISTS", key}))
                    .get(0)
                    .toString()
                    .contains("MOVED")) {
                return port;
            }
        }
        throw new IllegalStateException(key);
    }

    private static int otherThan(int port) {
        return redis.ports().get((redis.ports().indexOf(port) + 1) % 3);
    }

    /** Hands the key's slot, with all its keys, to another master, as redis-cli does. */
    private static void move(String key) {
        Object slot = redis.exec("CLUSTER", "KEYSLOT", key);
        int from = owner(key);
        int to = otherThan(from);
        redis.node(to).exec("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        redis.node(from).exec("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        for (Object each : (List<?>) redis.node(from).exec("CLUSTER", "GETKEYSINSLOT", slot, 100)) {
            redis.node(from).exec("MIGRATE", "127.0.0.1", to, each, 0, 5000);
        }
        redis.node(to).exec("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        redis.node(from).exec("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        redis.node(otherThan(to)).exec("CLUSTER", "SETSLOT", slot, "NODE", id(to));
    }

    @Test
    void replicasAreReadIfThatIsAskedFor() throws Exception {
        for (int port : redis.ports().subList(0, 3)) {
            redis.node(port).exec("WAIT", 1, 5000);
        }
        try (Connection replicas = Live.connect(redis.url() + "?readFrom=replica")) {
            assertEquals(
                    1,
                    Live.rows(replicas, "SELECT engines FROM plane WHERE id = 7")
                            .size());
            redis.ports().forEach(port -> redis.node(port).exec("CONFIG", "RESETSTAT"));
            assertEquals(
                    2000, Live.rows(replicas, "SELECT id, engines FROM plane").size());
            assertEquals(
                    "3",
                    Live.rows(replicas, "SELECT engines FROM plane WHERE id = 7")
                            .get(0));
            for (int port : redis.ports().subList(0, 3)) {
                assertFalse(hasReadHashes(port), "master " + port);
            }
            for (int port : redis.ports().subList(3, 6)) {
                assertTrue(hasReadHashes(port), "replica " + port);
            }
        }
    }

    private static boolean hasReadHashes(int port) {
        return String.valueOf(redis.node(port).exec("INFO", "commandstats")).contains("cmdstat_hmget:");
    }

    @Test
    void anyNodeLeadsToAll() throws Exception {
        for (int port : redis.ports()) {
            try (Connection other = Live.connect("jdbc:redis-sql://127.0.0.1:" + port)) {
                assertEquals(
                        "2000", Live.rows(other, "SELECT COUNT(*) FROM plane").get(0));
            }
        }
    }
}
