package io.rediscalcite.adapter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.RedisServerExtension;
import io.rediscalcite.testing.Sentinel;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SentinelTest {
    private static final String PASSWORD = "sentinel-p4ss";

    @RegisterExtension
    static final RedisServerExtension master =
            RedisServerExtension.start().plain().password(PASSWORD).set("masterauth", PASSWORD);

    @RegisterExtension
    static final RedisServerExtension replica =
            RedisServerExtension.start().plain().password(PASSWORD).set("masterauth", PASSWORD);

    private static Sentinel sentinel;

    @BeforeAll
    static void watch() {
        replica.exec("REPLICAOF", "127.0.0.1", master.port());
        sentinel = Sentinel.watching(master, "primary", PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (sentinel != null) {
            sentinel.close();
        }
    }

    private static RedisClient connect(Mode mode, int database, @Nullable String masterName, ReadFrom readFrom)
            throws IOException {
        int dead;
        try (ServerSocket socket = new ServerSocket(0)) {
            dead = socket.getLocalPort();
        }
        return RedisClient.connect(new ClientConfig(
                List.of(new Endpoint("127.0.0.1", dead), new Endpoint("127.0.0.1", sentinel.port())),
                null,
                PASSWORD,
                database,
                mode,
                masterName,
                Tls.OFF,
                2000,
                5000,
                readFrom,
                false));
    }

    private static String call(RedisClient client, RedisNode node, String... command) {
        return Texts.first(client.call(node, new Commands().add(command), WaitCheck.NONE));
    }

    @Test
    @Order(1)
    void theOnlyMasterNeedsNoName() throws IOException {
        try (RedisClient client = connect(Mode.AUTO, 2, null, ReadFrom.MASTER)) {
            assertEquals(Mode.SENTINEL, client.server().mode());
            RedisNode node = client.masters().get(0);
            assertEquals(master.port(), node.endpoint().port());
            assertEquals(List.of(SlotRange.ALL), node.slots());
            assertEquals("OK", call(client, node, "SET", "k", "v"));
            assertTrue(call(client, node, "CLIENT", "LIST").contains("db=2"));
        }
    }

    @Test
    @Order(2)
    void replicasServeReads() throws IOException {
        try (RedisClient client = connect(Mode.SENTINEL, 0, "primary", ReadFrom.REPLICA)) {
            RedisNode reader = client.reader(client.masters().get(0));
            assertEquals(replica.port(), reader.endpoint().port());
            assertTrue(call(client, reader, "SET", "k", "v").contains("READONLY"));
        }
    }

    @Test
    @Order(3)
    void anUnknownMasterIsToldWithTheKnownOnes() {
        RedisSqlException e =
                assertThrows(RedisSqlException.class, () -> connect(Mode.AUTO, 0, "secondary", ReadFrom.MASTER)
                        .close());
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains("'secondary'"), e.getMessage());
        assertTrue(e.getMessage().contains("primary"), e.getMessage());
    }

    @Test
    @Order(4)
    void aSentinelIsNoStandaloneServer() {
        RedisSqlException e =
                assertThrows(RedisSqlException.class, () -> connect(Mode.STANDALONE, 0, null, ReadFrom.MASTER)
                        .close());
        assertTrue(e.getMessage().contains("127.0.0.1:" + sentinel.port()), e.getMessage());
    }

    @Test
    @Order(5)
    void afterAFailoverTheNewMasterIsFound() throws IOException {
        try (RedisClient client = connect(Mode.AUTO, 0, null, ReadFrom.MASTER)) {
            master.kill();
            long deadline = System.nanoTime() + 20_000_000_000L;
            RedisNode node = client.masters().get(0);
            while (node.endpoint().port() == master.port() && System.nanoTime() < deadline) {
                node = client.masters().get(0);
            }
            assertEquals(replica.port(), node.endpoint().port());
            assertEquals("OK", call(client, node, "SET", "k", "after"));
            assertTrue(client.ping(1000));
        }
    }
}
