package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets, lists and sorted sets. */
class CollectionsTest {
    private static final String SETS = "{name:'sets', type:'set', key:'c:{id}'}";
    private static final String LISTS = "{name:'lists', type:'list', key:'c:{id}'}";
    private static final String ZSETS =
            "{name:'zsets', type:'zset', key:'c:{id}', columns:[{name:'id', type:'INTEGER'}]}";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().set("slowlog-log-slower-than", "0");

    @BeforeEach
    void empty() {
        redis.flush();
    }

    @Test
    void setsGiveTheirMembers() throws Exception {
        redis.exec("SADD", "c:1", "", "🕊", "a\0b", "9223372036854775807", new byte[] {(byte) 0xff, 'x'});
        redis.exec("SADD", "c:2", 3, 1, 2);
        redis.exec("PEXPIRE", "c:2", 5_000_000);
        redis.exec("RPUSH", "c:3", "x");
        try (LiveTables tables = LiveTables.open(redis, "", SETS)) {
            assertEquals(
                    List.of("", "9223372036854775807", "a\0b", "\uDCFFx", "🕊").stream()
                            .sorted()
                            .toList(),
                    tables.rows("SELECT member FROM sets WHERE id = '1'"));
            assertEquals(
                    List.of("c:2|2|1|true", "c:2|2|2|true", "c:2|2|3|true"),
                    tables.rows("SELECT _key, id, member, _ttl > 4000000 FROM sets WHERE id = '2'"));
            assertEquals(List.of("8|5"), tables.rows("SELECT COUNT(*), COUNT(*) - COUNT(_ttl) FROM sets"));
            assertEquals(List.of(), tables.rows("SELECT * FROM sets WHERE id IN ('3', '4')"));
            assertEquals(List.of("2"), tables.rows("SELECT id FROM sets WHERE member = '3'"));
            assertEquals("SCAN MATCH c:* TYPE set; SSCAN key", tables.explained("SELECT member FROM sets"));
            assertEquals(List.of("SSCAN c:2 0 COUNT 100"), tables.sent("SELECT id, member FROM sets WHERE id = '2'"));
        }
    }

    @Test
    void listsGiveTheirElementsInOrder() throws Exception {
        redis.exec("RPUSH", "c:1", "b", "", "b", "🕊", "a\0", new byte[] {(byte) 0xc3});
        redis.exec("PEXPIRE", "c:1", 5_000_000);
        redis.exec("SADD", "c:2", "x");
        try (LiveTables tables = LiveTables.open(redis, "", LISTS)) {
            assertEquals(
                    List.of("c:1|1|0|b", "c:1|1|1|", "c:1|1|2|b", "c:1|1|3|🕊", "c:1|1|4|a\0", "c:1|1|5|\uDCC3"),
                    tables.rows("SELECT _key, id, position, element FROM lists"));
            assertEquals(List.of("6"), tables.rows("SELECT COUNT(*) FROM lists WHERE _ttl > 4000000"));
            assertEquals(List.of(), tables.rows("SELECT * FROM lists WHERE id IN ('2', '3')"));
            assertEquals(List.of("b"), tables.rows("SELECT element FROM lists WHERE id = '1' AND position = 2"));
            assertEquals("SCAN MATCH c:* TYPE list; LRANGE key", tables.explained("SELECT element FROM lists"));
        }
    }

    @Test
    void zsetsGiveMembersScoresAndRanks() throws Exception {
        redis.exec(
                "ZADD", "c:1", "-inf", "low", "inf", "high", "0.1", "tenth", "1e308", "big", "9007199254740993", "odd");
        redis.exec("ZADD", "c:2", 5, "", 5, "🕊", 5, "a\0");
        redis.exec("SADD", "c:3", "x");
        try (LiveTables tables = LiveTables.open(redis, "", ZSETS)) {
            assertEquals(
                    List.of(
                            "big|1.0E308|3",
                            "high|Infinity|4",
                            "low|-Infinity|0",
                            "odd|9.007199254740992E15|2",
                            "tenth|0.1|1"),
                    tables.rows("SELECT member, score, rank FROM zsets WHERE id = 1"));
            assertEquals(
                    List.of("big|1.0E308", "high|Infinity", "low|-Infinity", "odd|9.007199254740992E15", "tenth|0.1"),
                    tables.rows("SELECT member, score FROM zsets WHERE id = 1"));
            assertEquals(
                    List.of("c:2|2|a\0|5.0|1|null", "c:2|2||5.0|0|null", "c:2|2|🕊|5.0|2|null"),
                    tables.rows("SELECT * FROM zsets WHERE id = 2"));
            assertEquals(List.of("high"), tables.rows("SELECT member FROM zsets WHERE score > 1e308"));
            assertEquals(List.of(), tables.rows("SELECT * FROM zsets WHERE id IN (3, 4)"));
            assertEquals("SCAN MATCH c:* TYPE zset; ZSCAN key", tables.explained("SELECT member, score FROM zsets"));
            assertEquals(
                    "SCAN MATCH c:* TYPE zset; ZRANGE key WITHSCORES",
                    tables.explained("SELECT member, rank FROM zsets"));
            assertEquals(
                    List.of("low|tenth"),
                    tables.rows(
                            "SELECT a.member, b.member FROM zsets a JOIN zsets b ON a._key = b._key AND b.rank = a.rank + 1"
                                    + " WHERE a.id = 1 AND a.rank = 0"));
        }
    }

    private static void fill(String command, int size) {
        List<Object[]> commands = new ArrayList<>();
        for (int from = 0; from < size; from += 1000) {
            List<Object> words = new ArrayList<>(List.of(command, "c:1"));
            for (int i = from; i < from + 1000; i++) {
                if (command.equals("ZADD")) {
                    words.add(i);
                }
                words.add("m" + i);
            }
            commands.add(words.toArray());
        }
        redis.pipeline(commands);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SADD sets member", "ZADD zsets member, score", "ZADD zsets member, rank", "RPUSH lists element"
            })
    void aLargeOneComesInPages(String words) throws Exception {
        String[] how = words.split(" ", 3);
        fill(how[0], 200_000);
        try (LiveTables tables = LiveTables.open(redis, "", SETS, LISTS, ZSETS)) {
            String what = how[2].split(",")[0];
            String query = "SELECT " + how[2] + " FROM " + how[1];
            List<String> rows = tables.rows("SELECT COUNT(*), COUNT(DISTINCT x." + what + ") FROM (" + query + ") x");
            assertEquals(List.of("200000|200000"), rows);
            int limited = tables.rows(query + " LIMIT 250").size();
            assertEquals(250, limited);
            assertEquals(3, tables.rows(query + " OFFSET 199997").size());
            List<String> sent = tables.sent(query + " WHERE _key = 'c:1' LIMIT 5");
            assertEquals(1, sent.size(), sent.toString());
            assertTrue(
                    List.of("SSCAN c:1 0 COUNT 5", "ZSCAN c:1 0 COUNT 5", "ZRANGE c:1 0 4 WITHSCORES", "LRANGE c:1 0 4")
                            .contains(sent.get(0)),
                    sent.toString());
            String counted = tables.counted(query);
            assertTrue(counted.matches("((lrange|zrange|sscan|zscan|scan)=\\d+ ?){2}"), counted);
        }
    }

    @Test
    void ranksAndPositionsGoOnAcrossPages() throws Exception {
        fill("ZADD", 10_000);
        try (LiveTables tables = LiveTables.open(redis, "", ZSETS)) {
            assertEquals(
                    List.of("10000"),
                    tables.rows("SELECT COUNT(*) FROM zsets WHERE rank = score AND member = 'm' || rank"));
        }
        redis.flush();
        fill("RPUSH", 100_000);
        try (LiveTables tables = LiveTables.open(redis, "", LISTS)) {
            assertEquals(List.of("100000"), tables.rows("SELECT COUNT(*) FROM lists WHERE element = 'm' || position"));
        }
    }

    @Test
    void keysOfManySizesTogether() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        int total = 0;
        for (int key = 0; key < 1500; key++) {
            int size = key % 50 == 0 ? 2000 : key % 7;
            for (int member = 0; member < size; member++) {
                commands.add(new Object[] {"SADD", "c:" + key, "m" + member});
            }
            total += size;
        }
        redis.pipeline(commands);
        try (LiveTables tables = LiveTables.open(redis, "", SETS)) {
            assertEquals(
                    List.of(total + "|" + total),
                    tables.rows("SELECT COUNT(*), COUNT(DISTINCT _key || '/' || member) FROM sets"));
            assertEquals(
                    10,
                    tables.rows("SELECT member FROM sets OFFSET " + (total - 10))
                            .size());
            assertEquals(5000, tables.rows("SELECT member FROM sets LIMIT 5000").size());
        }
    }

    /** Nobody knows how large the members are before some are read: a hundred keys' first pages are ten rows each. */
    @Test
    void theFirstPagesOfManyKeysAreSmall() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int key = 0; key < 100; key++) {
            for (int element = 0; element < 20; element++) {
                commands.add(new Object[] {"RPUSH", "c:" + key, "e".repeat(2_000) + element});
            }
        }
        redis.pipeline(commands);
        try (LiveTables tables = LiveTables.open(redis, "", LISTS)) {
            assertEquals(
                    List.of("2000|2000"),
                    tables.rows("SELECT COUNT(*), COUNT(DISTINCT id || '/' || position) FROM lists"));
            assertEquals("lrange=200 scan=1", tables.counted("SELECT element FROM lists"));
            assertEquals(List.of("LRANGE c:7 0 99"), tables.sent("SELECT element FROM lists WHERE id = '7'"));
        }
    }
}
