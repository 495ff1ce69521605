package io.rediscalcite.adapter.exec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.adapter.client.Endpoint;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The scan is a real server's, whose table is made to grow and to shrink; the window is small, so that much is forgotten. */
class ScanWindowTest {
    private static final int LIMIT = 50;
    private static final int MARGIN = 5;
    private static final int STAYING = 3000;
    private static final int COMING = 40_000;

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    /** A scan under way: all that SCAN gave, and what of it is new. */
    private static final class Walk {
        final ScanWindow window = new ScanWindow(new Endpoint("127.0.0.1", redis.port()), LIMIT, MARGIN);
        final Set<String> fresh = new HashSet<>();
        String cursor = "0";
        int given;
        int doubled;
        int largest;

        /** Reads a page; false after the last. */
        boolean page() {
            List<Object[]> commands = new ArrayList<>();
            commands.add(new Object[] {"SCAN", cursor, "COUNT", 100});
            if (window.wantsProbes()) {
                ScanWindow.PROBES.forEach(start -> commands.add(new Object[] {"SCAN", start, "COUNT", 1}));
            }
            List<?> replies = redis.pipeline(commands);
            List<?> reply = (List<?>) replies.get(0);
            String next = (String) reply.get(0);
            List<byte[]> names = ((List<?>) reply.get(1))
                    .stream().map(name -> name.toString().getBytes(UTF_8)).toList();
            List<String> probes = replies.stream()
                    .skip(1)
                    .map(probe -> (String) ((List<?>) probe).get(0))
                    .toList();
            window.page(cursor, next, probes, () -> names);
            cursor = next;
            for (byte[] name : names) {
                given++;
                String key = new String(name, UTF_8);
                boolean first = window.add(name, 0, name.length);
                // A key that is deleted and set again in the middle of the scan is another one.
                if (first && !fresh.add(key) && key.startsWith("stays:")) {
                    doubled++;
                }
            }
            largest = Math.max(largest, window.size());
            return !cursor.equals("0");
        }
    }

    @BeforeEach
    void empty() {
        redis.exec("FLUSHALL");
        set("stays:", 0, STAYING);
    }

    private static void set(String prefix, int from, int to) {
        List<Object[]> commands = new ArrayList<>();
        for (int i = from; i < to; i++) {
            commands.add(new Object[] {"SET", prefix + i, i});
        }
        redis.pipeline(commands);
    }

    private static void unlink(int from, int to) {
        List<Object[]> commands = new ArrayList<>();
        for (int i = from; i < to; i++) {
            commands.add(new Object[] {"UNLINK", "comes:" + i});
        }
        redis.pipeline(commands);
    }

    private static void assertStayingOnce(Walk walk) {
        assertEquals(0, walk.doubled);
        assertEquals(
                STAYING,
                walk.fresh.stream().filter(key -> key.startsWith("stays:")).count());
    }

    @Test
    void aTableThatStaysAsItIsNeedsLittleMemory() {
        set("comes:", 0, COMING);
        Walk walk = new Walk();
        while (walk.page()) {}
        assertStayingOnce(walk);
        assertEquals(STAYING + COMING, walk.fresh.size());
        assertTrue(walk.largest < 400, "remembered " + walk.largest);
    }

    @Test
    void keysThatStayComeOnceWhileTheTableGrowsAndShrinks() {
        int repeats = 0;
        for (int seed = 0; seed < 20; seed++) {
            empty();
            Random random = new Random(seed);
            int coming = random.nextBoolean() ? COMING : 0;
            set("comes:", 0, coming);
            Walk walk = new Walk();
            int pages = 0;
            while (walk.page()) {
                pages++;
                if (random.nextInt(12) == 0) {
                    if (coming > 0) {
                        // Nearly all, so that the table shrinks, to an eighth or less.
                        unlink(0, coming);
                        coming = 0;
                    } else if (pages < 300) {
                        coming = COMING / (1 + random.nextInt(3));
                        set("comes:", 0, coming);
                    }
                }
            }
            assertStayingOnce(walk);
            repeats += walk.given - walk.fresh.size();
        }
        assertTrue(repeats > 0, "SCAN repeated nothing, so that nothing was tested");
    }

    @Test
    void aKeyspaceThatCollapsesFailsTheScan() {
        set("comes:", 0, COMING);
        Walk walk = new Walk();
        // In a table of 32 buckets at most, the one that the scan is in shall reach back far behind what is remembered.
        while (walk.fresh.size() < 25_000 || !isAmidOneOf32Buckets(walk.cursor)) {
            walk.page();
        }
        redis.exec("FLUSHALL");
        set("stays:", 0, 20);
        RedisSqlException e = assertThrows(RedisSqlException.class, () -> {
            while (walk.page()) {}
        });
        assertEquals(SqlState.SERVER_ERROR, e.state());
        assertTrue(e.getMessage().contains("may repeat keys"), e.getMessage());
    }

    private static boolean isAmidOneOf32Buckets(String cursor) {
        long withinBucket = Long.reverse(Long.parseUnsignedLong(cursor)) << 5 >>> 62;
        return withinBucket == 1 || withinBucket == 2;
    }

    @Test
    void cursorsOfAnotherOrderForgetNothing() {
        ScanWindow window = new ScanWindow(new Endpoint("127.0.0.1", 1), 10, 2);
        String from = "0";
        for (int page = 1; page < 100; page++) {
            List<byte[]> names = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                names.add((page + ":" + i).getBytes(UTF_8));
            }
            window.page(from, String.valueOf(page), window.wantsProbes() ? List.of("1") : List.of(), () -> names);
            from = String.valueOf(page);
            for (byte[] name : names) {
                assertTrue(window.add(name, 0, name.length));
            }
        }
        assertEquals(99 * 20, window.size());
    }
}
