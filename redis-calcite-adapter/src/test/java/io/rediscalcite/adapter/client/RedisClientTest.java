package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.CommandCounter;
import io.rediscalcite.testing.RedisServerExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisClientTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    @BeforeEach
    void empty() {
        redis.flush();
    }

    static RedisClient connect() {
        return RedisClient.connect(ClientConfig.of("127.0.0.1", redis.port()));
    }

    static Replies call(RedisClient client, String... command) {
        return client.call(client.masters().get(0), new Commands().add(command), WaitCheck.NONE);
    }

    @Test
    void aLoneServerIsOneMasterOfAllSlots() {
        try (RedisClient client = connect()) {
            assertEquals(Mode.STANDALONE, client.server().mode());
            assertTrue(
                    client.server().version().matches("\\d+\\.\\d+\\.\\d+"),
                    client.server().version());
            assertTrue(client.server().hasModule("search"), client.server().toString());
            assertTrue(client.server().hasModule("ReJSON"), client.server().toString());
            RedisNode node = client.masters().get(0);
            assertEquals(List.of(SlotRange.ALL), node.slots());
            assertEquals(node, client.nodeOf("any".getBytes(UTF_8)));
            assertEquals("127.0.0.1:" + redis.port(), client.describe());
        }
    }

    @Test
    void repliesComeInOrderWithErrorsAmongThem() {
        try (RedisClient client = connect()) {
            Commands commands = new Commands()
                    .add("SET", "k", "ключ")
                    .add("GET", "k")
                    .add("LPUSH", "k", "x")
                    .add("NOSUCH", "x")
                    .begin(4)
                    .arg("RPUSH")
                    .arg("list")
                    .arg(Long.MIN_VALUE)
                    .arg(0L)
                    .add("LRANGE", "list", "0", "-1")
                    .add("GET", "absent");
            assertEquals(7, commands.count());
            Replies replies = client.call(client.masters().get(0), commands, WaitCheck.NONE);
            assertEquals(7, replies.count());
            List<String> texts = Texts.of(replies);
            assertEquals("OK", texts.get(0));
            assertEquals("ключ", texts.get(1));
            assertEquals("(error) WRONGTYPE Operation against a key holding the wrong kind of value", texts.get(2));
            assertTrue(texts.get(3).startsWith("(error) ERR unknown command"), texts.get(3));
            assertEquals(List.of("2", "[" + Long.MIN_VALUE + ", 0]", "null"), texts.subList(4, 7));
        }
    }

    @Test
    void connectingSendsNothingButHello() throws Exception {
        Map<String, Long> calls = new CommandCounter(redis).during(() -> {
            try (RedisClient client = connect()) {
                client.masters();
            }
        });
        assertEquals(Map.of("hello", 1L), calls);
    }

    @Test
    void severalSendsMayBeUnderWay() {
        try (RedisClient client = connect();
                RedisLink link = client.lease(client.masters().get(0), WaitCheck.NONE)) {
            List<PendingReplies> pending = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                pending.add(link.send(new Commands().add("ECHO", "a" + i).add("ECHO", "b" + i)));
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(List.of("a" + i, "b" + i), Texts.of(pending.get(i).await(WaitCheck.NONE)));
            }
        }
    }

    @Test
    void nothingSentIsNothingAwaited() {
        try (RedisClient client = connect()) {
            assertEquals(
                    0,
                    client.call(client.masters().get(0), new Commands(), WaitCheck.NONE)
                            .count());
        }
    }

    @Test
    void aMegabyteValueAndAHundredThousandElements() {
        try (RedisClient client = connect()) {
            String large = "x".repeat(5_000_000);
            call(client, "SET", "large", large);
            assertEquals(large, Texts.first(call(client, "GET", "large")));
            String[] push = new String[100_002];
            push[0] = "RPUSH";
            push[1] = "list";
            for (int i = 2; i < push.length; i++) {
                push[i] = "element" + i;
            }
            call(client, push);
            Replies.Cursor cursor = call(client, "LRANGE", "list", "0", "-1").cursor();
            cursor.next();
            assertEquals(100_000, cursor.arrayLength());
            cursor.skip();
            assertEquals("element100001", cursor.text());
            assertFalse(cursor.next());
        }
    }

    @Test
    void pingTellsWhetherTheServerAnswersInTime() {
        try (RedisClient client = connect()) {
            assertTrue(client.ping(1000));
            redis.exec("CLIENT", "PAUSE", "1500", "ALL");
            long start = System.nanoTime();
            assertFalse(client.ping(100));
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 1000);
        }
    }

    @Test
    void cancelEndsAWaitAtOnceAndCloseReturnsTheConnection() {
        try (RedisClient client = connect()) {
            RedisNode node = client.masters().get(0);
            RedisLink link = client.lease(node, WaitCheck.NONE);
            Object id =
                    Texts.first(link.send(new Commands().add("CLIENT", "ID")).await(WaitCheck.NONE));
            redis.exec("CLIENT", "PAUSE", "700", "ALL");
            PendingReplies pending = link.send(new Commands().add("ECHO", "late"));
            long start = System.nanoTime();
            RedisSqlException cancelled = assertThrows(
                    RedisSqlException.class,
                    () -> pending.await(() -> {
                        if (System.nanoTime() - start > 50_000_000L) {
                            throw new RedisSqlException(SqlState.CANCELLED, "cancelled");
                        }
                    }));
            link.close();
            assertEquals(SqlState.CANCELLED, cancelled.state());
            assertTrue(System.nanoTime() - start < 500_000_000L);
            pending.await(WaitCheck.NONE);
            assertEquals(id, Texts.first(call(client, "CLIENT", "ID")));
        }
    }

    @Test
    void closeLeavesNoThreadAndNoSocket() {
        List<String> before = threads();
        RedisClient client = connect();
        call(client, "PING");
        assertFalse(threads().equals(before));
        long start = System.nanoTime();
        client.close();
        long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertEquals(before, threads());
        assertTrue(took < 500, took + " ms");
        client.close();
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            while (connections() > 1) {
                // The server takes a moment to notice.
                Thread.onSpinWait();
            }
        });
        RedisSqlException e = assertThrows(
                RedisSqlException.class, () -> client.lease(client.masters().get(0), WaitCheck.NONE));
        assertEquals(SqlState.CONNECTION_LOST, e.state());
    }

    private static long connections() {
        return String.valueOf(redis.exec("CLIENT", "LIST", "TYPE", "normal"))
                .lines()
                .count();
    }

    @Test
    void callsOneAfterTheOtherShareOneConnection() {
        try (RedisClient client = connect()) {
            String id = Texts.first(call(client, "CLIENT", "ID"));
            for (int i = 0; i < 200; i++) {
                assertEquals(id, Texts.first(call(client, "CLIENT", "ID")));
            }
        }
    }

    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().contains("process reaper"))
                .map(Thread::getName)
                .sorted()
                .toList();
    }
}
