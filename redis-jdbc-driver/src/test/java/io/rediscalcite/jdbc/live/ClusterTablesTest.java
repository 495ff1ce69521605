package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.util.Map;
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
