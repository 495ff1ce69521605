package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterTest {
    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().cluster().password("cluster-p4ss");

    private static RedisClient connect(Mode mode, ReadFrom readFrom, int port) {
        return RedisClient.connect(new ClientConfig(
                List.of(new Endpoint("127.0.0.1", port)),
                null,
                "cluster-p4ss",
                0,
                mode,
                null,
                Tls.OFF,
                2000,
                5000,
                readFrom,
                false));
    }

    private static RedisClient connect() {
        return connect(Mode.AUTO, ReadFrom.MASTER, redis.port());
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"AUTO", "CLUSTER"})
    void theMastersShareAllSlots(Mode mode) {
        // The last port is that of a replica: any node will do.
        try (RedisClient client = connect(mode, ReadFrom.MASTER, redis.ports().get(5))) {
            assertEquals(Mode.CLUSTER, client.server().mode());
            List<RedisNode> masters = client.masters();
            assertEquals(
                    redis.ports().subList(0, 3),
                    masters.stream().map(node -> node.endpoint().port()).toList());
            int next = 0;
            for (RedisNode master : masters) {
                assertEquals(1, master.replicas().size());
                for (SlotRange range : master.slots()) {
                    assertEquals(next, range.first());
                    next = range.last() + 1;
                }
            }
            assertEquals(SlotRange.SLOTS, next);
        }
    }

    @Test
    void standaloneModeStaysOnOneNode() {
        try (RedisClient client = connect(Mode.STANDALONE, ReadFrom.MASTER, redis.port())) {
            assertEquals(Mode.STANDALONE, client.server().mode());
            assertEquals(1, client.masters().size());
        }
    }

    @Test
    void everyKeyIsOnTheNodeThatTheSlotSays() {
        try (RedisClient client = connect()) {
            client.masters();
            Random random = new Random(1);
            for (int i = 0; i < 300; i++) {
                String key = key(random);
                byte[] bytes = key.getBytes(UTF_8);
                assertEquals(redis.exec("CLUSTER", "KEYSLOT", key), (long) RedisClient.slotOf(bytes), key);
                Commands set = new Commands().add("SET", key, "v" + i);
                assertEquals("OK", Texts.first(client.call(client.nodeOf(bytes), set, WaitCheck.NONE)));
            }
        }
    }

    private static String key(Random random) {
        StringBuilder key = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            key.append("{}{}abcж:".charAt(random.nextInt(9)));
        }
        return key.toString();
    }

    @Test
    void aMovedReplyNamesTheOwner() {
        try (RedisClient client = connect()) {
            List<RedisNode> masters = client.masters();
            RedisNode owner = client.nodeOf("foo".getBytes(UTF_8));
            RedisNode other = masters.stream()
                    .filter(node -> !node.equals(owner))
                    .findFirst()
                    .orElseThrow();
            Replies.Cursor reply = client.call(other, new Commands().add("GET", "foo"), WaitCheck.NONE)
                    .cursor();
            reply.next();
            assertTrue(reply.isError());
            Redirect redirect = Redirect.parse(reply.text(), other.endpoint());
            assertEquals(new Redirect(false, 12182, owner.endpoint()), redirect);
            assertEquals(owner, client.nodeAt(owner.endpoint()));
        }
    }

    @Test
    void aMovedSlotIsSeenByTheNextLook() {
        try (RedisClient client = connect()) {
            int slot = RedisClient.slotOf("movable".getBytes(UTF_8));
            RedisNode owner = client.nodeOf("movable".getBytes(UTF_8));
            List<RedisNode> masters = client.masters();
            RedisNode target = masters.stream()
                    .filter(node -> !node.equals(owner))
                    .findFirst()
                    .orElseThrow();
            assign(slot, target.endpoint().port());
            try {
                client.masters();
                assertEquals(
                        target.endpoint(),
                        client.nodeOf("movable".getBytes(UTF_8)).endpoint());
            } finally {
                assign(slot, owner.endpoint().port());
            }
            assertEquals(masters, client.masters());
        }
    }

    /** Hands an empty slot to a master, and tells all masters, the new owner first. */
    private static void assign(int slot, int port) {
        Object id = redis.node(port).exec("CLUSTER", "MYID");
        List<Integer> ports = new ArrayList<>(redis.ports().subList(0, 3));
        ports.remove(Integer.valueOf(port));
        ports.add(0, port);
        ports.forEach(each -> redis.node(each).exec("CLUSTER", "SETSLOT", slot, "NODE", id));
    }

    @Test
    void replicasServeReadsIfTheyMay() {
        redis.exec("SET", "foo", "bar");
        redis.exec("WAIT", 1, 1000);
        for (ReadFrom readFrom : ReadFrom.values()) {
            try (RedisClient client = connect(Mode.AUTO, readFrom, redis.port())) {
                Set<Integer> readers = new HashSet<>();
                for (RedisNode master : client.masters()) {
                    readers.add(client.reader(master).endpoint().port());
                }
                RedisNode reader = client.reader(client.nodeOf("foo".getBytes(UTF_8)));
                assertEquals("bar", Texts.first(client.call(reader, new Commands().add("GET", "foo"), WaitCheck.NONE)));
                switch (readFrom) {
                    case MASTER -> assertEquals(Set.copyOf(redis.ports().subList(0, 3)), readers);
                    case REPLICA -> assertEquals(Set.copyOf(redis.ports().subList(3, 6)), readers);
                    case NEAREST -> assertEquals(3, readers.size());
                }
            }
        }
    }

    @Test
    void aDatabaseIsRefused() {
        ClientConfig config = new ClientConfig(
                List.of(new Endpoint("127.0.0.1", redis.port())),
                null,
                "cluster-p4ss",
                2,
                Mode.AUTO,
                null,
                Tls.OFF,
                2000,
                5000,
                ReadFrom.MASTER,
                false);
        RedisSqlException e = assertThrows(
                RedisSqlException.class, () -> RedisClient.connect(config).close());
        assertTrue(e.getMessage().contains("database 2"), e.getMessage());
    }
}
