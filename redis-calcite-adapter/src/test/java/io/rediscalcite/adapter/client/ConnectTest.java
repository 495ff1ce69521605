package io.rediscalcite.adapter.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.RedisServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
    private static final String PASSWORD = "s3cret-p4ss";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().password(PASSWORD);

    @BeforeAll
    static void users() {
        redis.exec("ACL", "SETUSER", "narrow", "on", ">narrow-p4ss", "~user:*", "+get", "+scan");
        redis.exec("ACL", "SETUSER", "nothing", "on", ">nothing-p4ss", "-@all");
    }

    private static Config at(int port) {
        return new Config(List.of(new Endpoint("127.0.0.1", port)), null, null, 0, Mode.AUTO, false);
    }

    /** A shorter way to say what a test is about. */
    record Config(
            List<Endpoint> endpoints,
            @Nullable String user,
            @Nullable String password,
            int database,
            Mode mode,
            boolean resp3) {
        Config as(@Nullable String user, @Nullable String password) {
            return new Config(endpoints, user, password, database, mode, resp3);
        }

        Config database(int database) {
            return new Config(endpoints, user, password, database, mode, resp3);
        }

        Config mode(Mode mode) {
            return new Config(endpoints, user, password, database, mode, resp3);
        }

        Config withResp3() {
            return new Config(endpoints, user, password, database, mode, true);
        }

        Config endpoints(Endpoint... endpoints) {
            return new Config(List.of(endpoints), user, password, database, mode, resp3);
        }

        ClientConfig full() {
            return new ClientConfig(
                    endpoints, user, password, database, mode, null, Tls.OFF, 500, 5000, ReadFrom.MASTER, resp3);
        }

        RedisClient connect() {
            return RedisClient.connect(full());
        }

        RedisSqlException failure() {
            RedisSqlException e = assertThrows(RedisSqlException.class, this::connect);
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertFalse(String.valueOf(cause).contains("p4ss"), cause.toString());
            }
            return e;
        }
    }

    private static String call(RedisClient client, String... command) {
        return Texts.first(client.call(client.masters().get(0), new Commands().add(command), WaitCheck.NONE));
    }

    @Test
    void thePasswordAloneWillDo() {
        try (RedisClient client = at(redis.port()).as(null, PASSWORD).connect()) {
            assertEquals("PONG", call(client, "PING"));
        }
        try (RedisClient client = at(redis.port()).as("default", PASSWORD).connect()) {
            assertEquals("default", call(client, "ACL", "WHOAMI"));
        }
    }

    @Test
    void aUserWithHardlyAPermissionConnects() {
        try (RedisClient client = at(redis.port()).as("narrow", "narrow-p4ss").connect()) {
            assertEquals(Mode.STANDALONE, client.server().mode());
            assertEquals("null", call(client, "GET", "user:1"));
            assertTrue(client.ping(1000));
            Replies refused = client.call(client.masters().get(0), new Commands().add("INFO"), WaitCheck.NONE);
            Replies.Cursor cursor = refused.cursor();
            cursor.next();
            assertEquals(SqlState.NOT_PERMITTED, cursor.error("INFO").state());
        }
        try (RedisClient client = at(redis.port()).as("nothing", "nothing-p4ss").connect()) {
            assertEquals(Mode.STANDALONE, client.server().mode());
        }
    }

    @Test
    void resp3IsReadAsWell() {
        redis.exec("HSET", "h", "f", "v");
        redis.exec("ZADD", "z", "1.5", "m");
        try (RedisClient client =
                at(redis.port()).as(null, PASSWORD).withResp3().connect()) {
            assertEquals(Mode.STANDALONE, client.server().mode());
            assertEquals("map[f, v]", call(client, "HGETALL", "h"));
            assertEquals("[[m, 1.5]]", call(client, "ZRANGE", "z", "0", "-1", "WITHSCORES"));
            assertEquals("null", call(client, "GET", "absent"));
        }
    }

    @Test
    void theDatabaseIsSelected() {
        redis.exec("FLUSHALL");
        try (RedisClient client =
                at(redis.port()).as(null, PASSWORD).database(3).connect()) {
            call(client, "SET", "k", "v");
        }
        assertEquals("# Keyspace\r\ndb3:keys=1,expires=0,avg_ttl=0,subexpiry=0\r\n", redis.exec("INFO", "keyspace"));
    }

    @Test
    void noPassword() {
        RedisSqlException e = at(redis.port()).failure();
        assertEquals(SqlState.BAD_CREDENTIALS, e.state());
        assertTrue(e.getMessage().contains("127.0.0.1:" + redis.port()), e.getMessage());
        assertTrue(e.getMessage().contains("set the property password"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wrongPassword(boolean resp3) {
        Config config = at(redis.port()).as(null, "wrong-p4ss");
        RedisSqlException e = (resp3 ? config.withResp3() : config).failure();
        assertEquals(SqlState.BAD_CREDENTIALS, e.state());
        assertTrue(e.getMessage().contains("WRONGPASS"), e.getMessage());
    }

    @Test
    void wrongUser() {
        assertEquals(
                SqlState.BAD_CREDENTIALS,
                at(redis.port()).as("nobody", PASSWORD).failure().state());
    }

    @Test
    void aDatabaseThatIsNot() {
        RedisSqlException e = at(redis.port()).as(null, PASSWORD).database(99).failure();
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains("database 99"), e.getMessage());
    }

    @Test
    void aDatabaseThatIsNotPermitted() {
        RedisSqlException e =
                at(redis.port()).as("nothing", "nothing-p4ss").database(1).failure();
        assertEquals(SqlState.NOT_PERMITTED, e.state());
    }

    @Test
    void anotherModeThanAskedFor() {
        RedisSqlException e =
                at(redis.port()).as(null, PASSWORD).mode(Mode.CLUSTER).failure();
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains("mode=standalone"), e.getMessage());
    }

    @Test
    void unknownHost() {
        RedisSqlException e =
                at(1).endpoints(new Endpoint("no-such-host.invalid", 6379)).failure();
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains("no-such-host.invalid:6379"), e.getMessage());
        assertTrue(e.getMessage().contains("unknown"), e.getMessage());
    }

    @Test
    void nobodyListens() throws IOException {
        RedisSqlException e = at(freePort()).failure();
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains("refused"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatNeverAnswers(boolean withPassword) throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Config config = at(silent.getLocalPort());
            long start = System.nanoTime();
            RedisSqlException e = (withPassword ? config.as(null, PASSWORD) : config).failure();
            assertEquals(SqlState.CANNOT_CONNECT, e.state());
            assertTrue(e.getMessage().contains("500 ms"), e.getMessage());
            assertTrue(System.nanoTime() - start < 2_000_000_000L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatHangsUp(boolean withPassword) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangingUp = new Thread(() -> {
                try {
                    server.accept().close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            hangingUp.start();
            Config config = at(server.getLocalPort());
            RedisSqlException e = (withPassword ? config.as(null, PASSWORD) : config).failure();
            assertEquals(SqlState.CANNOT_CONNECT, e.state());
            assertFalse(e.getMessage().contains("no answer"), "waited for a server that was gone");
            hangingUp.join();
        }
    }

    @Test
    void theFirstEndpointThatAnswersIsTaken() throws IOException {
        Endpoint dead = new Endpoint("127.0.0.1", freePort());
        Endpoint unknown = new Endpoint("no-such-host.invalid", 6379);
        Endpoint live = new Endpoint("127.0.0.1", redis.port());
        try (RedisClient client =
                at(1).as(null, PASSWORD).endpoints(dead, unknown, live).connect()) {
            assertEquals(live, client.masters().get(0).endpoint());
        }
        RedisSqlException e = at(1).endpoints(dead, unknown).failure();
        assertEquals(SqlState.CANNOT_CONNECT, e.state());
        assertTrue(e.getMessage().contains(dead.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(unknown.toString()), e.getMessage());
    }

    @Test
    void localhostIsTriedOnAllItsAddresses() {
        try (RedisClient client = at(1).as(null, PASSWORD)
                .endpoints(new Endpoint("localhost", redis.port()))
                .connect()) {
            assertEquals("PONG", call(client, "PING"));
        }
    }

    @Test
    void aFullServerSaysSo() {
        redis.exec("CONFIG", "SET", "maxclients", "2");
        try {
            List<RedisClient> clients = new ArrayList<>();
            try {
                RedisSqlException e = assertThrows(RedisSqlException.class, () -> {
                    for (int i = 0; i < 5; i++) {
                        clients.add(at(redis.port()).as(null, PASSWORD).connect());
                    }
                });
                assertEquals(SqlState.SERVER_LIMIT, e.state(), e.getMessage());
            } finally {
                clients.forEach(RedisClient::close);
            }
        } finally {
            redis.exec("CONFIG", "SET", "maxclients", "10000");
        }
    }

    @Test
    void noThreadIsLeftOfAFailure() {
        List<String> before = RedisClientTest.threads();
        at(redis.port()).as(null, "wrong-p4ss").failure();
        assertEquals(before, RedisClientTest.threads());
    }

    @Test
    void noPasswordInTexts() {
        ClientConfig config = at(redis.port()).as("me", PASSWORD).full();
        assertFalse(config.toString().contains(PASSWORD));
        assertTrue(config.toString().contains("me"));
        Tls tls = new Tls(true, true, "trust.p12", PASSWORD, "key.p12", PASSWORD);
        assertFalse(tls.toString().contains(PASSWORD));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
