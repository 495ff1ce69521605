package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionLossTest {
    private static final String HELLO = "*4\r\n$4\r\nmode\r\n$10\r\nstandalone\r\n$4\r\nrole\r\n$6\r\nmaster\r\n";

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static RedisClient connect(int commandTimeoutMillis) {
        return RedisClient.connect(config(redis.port(), commandTimeoutMillis));
    }

    private static ClientConfig config(int port, int commandTimeoutMillis) {
        return new ClientConfig(
                List.of(new Endpoint("127.0.0.1", port)),
                null,
                null,
                0,
                Mode.AUTO,
                null,
                Tls.OFF,
                1000,
                commandTimeoutMillis,
                ReadFrom.MASTER,
                false);
    }

    @Test
    void aKilledServerFailsEveryPendingSendAndTheNextLeaseConnectsAnew() {
        try (RedisClient client = connect(30000)) {
            RedisNode node = client.masters().get(0);
            RedisLink link = client.lease(node, WaitCheck.NONE);
            redis.exec("CLIENT", "PAUSE", "10000", "ALL");
            PendingReplies first = link.send(new Commands().add("ECHO", "1"));
            PendingReplies second = link.send(new Commands().add("ECHO", "2"));
            redis.kill();
            for (PendingReplies pending : List.of(first, second, link.send(new Commands().add("ECHO", "3")))) {
                RedisSqlException e = assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE));
                assertEquals(SqlState.CONNECTION_LOST, e.state());
                assertTrue(e.getMessage().contains("127.0.0.1:" + redis.port()), e.getMessage());
            }
            link.close();
            assertFalse(client.ping(1000));
            assertEquals(
                    SqlState.CANNOT_CONNECT,
                    assertThrows(RedisSqlException.class, () -> client.lease(node, WaitCheck.NONE))
                            .state());
            redis.restart();
            assertEquals("4", Texts.first(client.call(node, new Commands().add("ECHO", "4"), WaitCheck.NONE)));
            assertTrue(client.ping(1000));
        }
    }

    @Test
    void aConnectionThatTheServerClosesIsNotUsedAgain() {
        try (RedisClient client = connect(30000)) {
            RedisNode node = client.masters().get(0);
            for (int i = 0; i < 5; i++) {
                String id = Texts.first(client.call(node, new Commands().add("CLIENT", "ID"), WaitCheck.NONE));
                try (RedisLink link = client.lease(node, WaitCheck.NONE)) {
                    PendingReplies pending = link.send(new Commands().add("BLPOP", "nothing", "0"));
                    redis.exec("CLIENT", "KILL", "ID", id);
                    assertEquals(
                            SqlState.CONNECTION_LOST,
                            assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE))
                                    .state());
                }
            }
        }
    }

    @Test
    void aSilentServerIsATimeout() {
        try (RedisClient client = connect(150);
                RedisLink link = client.lease(client.masters().get(0), WaitCheck.NONE)) {
            PendingReplies pending = link.send(new Commands().add("BLPOP", "nothing", "0"));
            RedisSqlException e = assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE));
            assertEquals(SqlState.TIMEOUT, e.state());
            assertTrue(e.getMessage().contains("commandTimeout"), e.getMessage());
        }
    }

    @Test
    void aLinkThatIsClosedUnderWayIsClosedForGoodAfterTheTimeout() {
        try (RedisClient client = connect(150)) {
            RedisNode node = client.masters().get(0);
            RedisLink link = client.lease(node, WaitCheck.NONE);
            String id =
                    Texts.first(link.send(new Commands().add("CLIENT", "ID")).await(WaitCheck.NONE));
            PendingReplies pending = link.send(new Commands().add("BLPOP", "nothing", "0"));
            link.close();
            assertThrows(IllegalStateException.class, () -> link.send(new Commands().add("PING")));
            assertEquals(
                    SqlState.CONNECTION_LOST,
                    assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE))
                            .state());
            String next = Texts.first(client.call(node, new Commands().add("CLIENT", "ID"), WaitCheck.NONE));
            assertFalse(next.equals(id));
        }
    }

    @Test
    void closingTheClientEndsEveryWait() throws InterruptedException {
        RedisClient client = connect(30000);
        RedisLink link = client.lease(client.masters().get(0), WaitCheck.NONE);
        PendingReplies pending = link.send(new Commands().add("BLPOP", "nothing", "0"));
        AtomicReference<SqlState> state = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            RedisSqlException e = assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE));
            state.set(e.state());
        });
        waiting.start();
        client.close();
        waiting.join(1000);
        assertEquals(SqlState.CONNECTION_LOST, state.get());
        PendingReplies late = link.send(new Commands().add("PING"));
        assertThrows(RedisSqlException.class, () -> late.await(WaitCheck.NONE));
        link.close();
    }

    @Test
    void anInterruptIsACancel() {
        try (RedisClient client = connect(30000);
                RedisLink link = client.lease(client.masters().get(0), WaitCheck.NONE)) {
            PendingReplies pending = link.send(new Commands().add("BLPOP", "nothing", "1"));
            Thread.currentThread().interrupt();
            RedisSqlException e = assertThrows(RedisSqlException.class, () -> pending.await(WaitCheck.NONE));
            assertEquals(SqlState.CANCELLED, e.state());
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void tooManyLeasesAreToldApartFromASilentServer() {
        try (RedisClient client = connect(100)) {
            RedisNode node = client.masters().get(0);
            RedisSqlException e = assertThrows(RedisSqlException.class, () -> {
                for (int i = 0; i < 1000; i++) {
                    client.lease(node, WaitCheck.NONE);
                }
            });
            assertEquals(SqlState.SERVER_LIMIT, e.state());
            assertTrue(e.getMessage().contains("256"), e.getMessage());
        }
    }

    @Test
    void aReplyThatBreaksOffIsALostConnection() throws Exception {
        RedisSqlException e = afterHello("*2\r\n$5\r\nhel");
        assertEquals(SqlState.CONNECTION_LOST, e.state());
    }

    @Test
    void aReplyThatIsNoRespIsALostConnection() throws Exception {
        RedisSqlException e = afterHello("HTTP/1.1 200 OK\r\n");
        assertEquals(SqlState.CONNECTION_LOST, e.state());
        assertTrue(e.getMessage().contains("isn't RESP"), e.getMessage());
    }

    /** What a PING comes to on a server that says only this after its HELLO and then hangs up. */
    private static RedisSqlException afterHello(String reply) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server, reply));
            answering.start();
            try (RedisClient client = RedisClient.connect(config(server.getLocalPort(), 2000))) {
                Commands ping = new Commands().add("PING");
                return assertThrows(
                        RedisSqlException.class,
                        () -> client.call(client.masters().get(0), ping, WaitCheck.NONE));
            } finally {
                answering.join(2000);
            }
        }
    }

    private static void answer(ServerSocket server, String reply) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            in.read(new byte[100]);
            out.write(HELLO.getBytes(UTF_8));
            in.read(new byte[100]);
            out.write(reply.getBytes(UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
