package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values at the edges in keys of every type, read from tables that nobody declared. */
class DiscoveredTypesTest {
    private static final String MEGABYTE = "0123456789abcdeé".repeat(1 << 16);

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    private static LiveTables tables;

    @BeforeAll
    static void load() throws Exception {
        redis.exec("HSET", "h:1", "top", "9223372036854775807", "bottom", "-9223372036854775808");
        redis.exec("HSET", "h:1", "odd", "9007199254740993", "tenth", "0.1", "huge", "1e308");
        redis.exec("HSET", "h:1", "digits", "1234567890123456789012345678901", "d69", "1969-12-31");
        redis.exec("HSET", "h:1", "d99", "9999-12-31", "leap", "2024-02-29", "moment", "2024-02-29T12:00:00+05:30");
        redis.exec(
                "HSET", "h:1", "emoji", "🕊", "nul", "a\0b", "nothing", "", "zip", "007", "blank", " 5", "plus", "+5");
        redis.exec("HSET", "h:2", "top", "1", "emoji", MEGABYTE);
        redis.exec(
                "JSON.SET",
                "j:1",
                "$",
                "{\"top\":9223372036854775807,\"bottom\":-9223372036854775808,\"odd\":9007199254740993,\"tenth\":0.1,"
                        + "\"huge\":1e308,\"d69\":\"1969-12-31\",\"moment\":\"2024-02-29T12:00:00+05:30\","
                        + "\"emoji\":\"🕊\",\"nul\":\"a\\u0000b\",\"nothing\":\"\",\"none\":null,\"flag\":true}");
        redis.exec("JSON.SET", "j:2", "$", "{\"top\":1,\"emoji\":\"" + MEGABYTE + "\"}");
        String[] texts = {"", "🕊", "a\0b", "9223372036854775807", "0.1", "007", "1969-12-31"};
        for (int i = 0; i < texts.length; i++) {
            redis.exec("SET", "s:" + i, texts[i]);
            redis.exec("SADD", "m:1", texts[i]);
            redis.exec("RPUSH", "l:1", texts[i]);
            redis.exec("ZADD", "z:1", i, texts[i]);
        }
        redis.exec("SET", "s:9", MEGABYTE);
        redis.exec("SADD", "m:2", MEGABYTE);
        redis.exec("ZADD", "z:2", "-inf", "a", "0.1", "b", "9007199254740992", "c", "1e308", "d", "inf", MEGABYTE);
        List<Object[]> pushes = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            pushes.add(new Object[] {"RPUSH", "l:2", "e" + i});
        }
        redis.pipeline(pushes);
        redis.exec("XADD", "x:1", "1-1", "top", "9223372036854775807", "digits", "1234567890123456789012345678901");
        redis.exec(
                "XADD", "x:1", "1-2", "top", "-9223372036854775808", "d69", "1969-12-31", "emoji", "🕊", "nul", "a\0b");
        redis.exec("XADD", "x:1", "253402300799999-0", "top", "0", "emoji", "");
        redis.exec("TS.ADD", "t:1", 0, "0.1", "LABELS", "room", "🕊", "floor", "2");
        redis.exec("TS.ADD", "t:1", "253402300799999", "1e308");
        redis.exec("TS.ADD", "t:2", 1, "-7", "LABELS", "room", "b");
        for (int i = 0; i < 10; i++) {
            redis.exec("HSET", "v:" + i, "mixed", i < 7 ? "1" : "abc");
        }
        tables = LiveTables.discovered(redis);
    }

    @AfterAll
    static void close() throws Exception {
        tables.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            h ~ _key VARCHAR,id BIGINT,top BIGINT,bottom BIGINT,odd BIGINT,tenth DOUBLE,huge DOUBLE,digits DECIMAL(38; 0),d69 DATE,d99 DATE,leap DATE,moment TIMESTAMP,emoji VARCHAR,nul VARCHAR,nothing VARCHAR,zip VARCHAR,blank VARCHAR,plus VARCHAR,_ttl BIGINT
            j ~ _key VARCHAR,id BIGINT,top BIGINT,bottom BIGINT,odd BIGINT,tenth DOUBLE,huge DOUBLE,d69 DATE,moment TIMESTAMP,emoji VARCHAR,nul VARCHAR,nothing VARCHAR,none VARCHAR,flag BOOLEAN,_ttl BIGINT
            s ~ _key VARCHAR,id BIGINT,value VARCHAR,_ttl BIGINT
            m ~ _key VARCHAR,id BIGINT,member VARCHAR,_ttl BIGINT
            l ~ _key VARCHAR,id BIGINT,position BIGINT,element VARCHAR,_ttl BIGINT
            z ~ _key VARCHAR,id BIGINT,member VARCHAR,score DOUBLE,rank BIGINT,_ttl BIGINT
            x ~ _key VARCHAR,id BIGINT,_id VARCHAR,_ts TIMESTAMP,_seq BIGINT,top BIGINT,digits DECIMAL(38; 0),d69 DATE,emoji VARCHAR,nul VARCHAR,_ttl BIGINT
            t ~ _key VARCHAR,id BIGINT,_ts TIMESTAMP,value DOUBLE,room VARCHAR,floor BIGINT,_ttl BIGINT
            v ~ _key VARCHAR,id BIGINT,mixed VARCHAR,_ttl BIGINT
            """)
    void columns(String table, String columns) throws Exception {
        List<String> found =
                tables.rows("SELECT column_name || ' ' || data_type FROM redis_columns WHERE table_name = ?", table);
        assertEquals(
                List.of(columns.split(",")).stream()
                        .map(column -> column.replace(';', ','))
                        .sorted()
                        .toList(),
                found);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT top, bottom, odd, digits FROM h WHERE id = 1 ~ 9223372036854775807|-9223372036854775808|9007199254740993|1234567890123456789012345678901
            SELECT tenth, huge, d69, d99, leap, moment FROM h WHERE id = 1 ~ 0.1|1.0E308|1969-12-31|9999-12-31|2024-02-29|2024-02-29 06:30:00
            SELECT emoji, CHAR_LENGTH(nul) = 3, nothing, zip, blank, plus FROM h WHERE id = 1 ~ 🕊|true||007| 5|+5
            SELECT bottom, tenth, nothing, CHAR_LENGTH(emoji) FROM h WHERE id = 2 ~ null|null|null|1048576
            SELECT top, bottom, odd, tenth, huge FROM j WHERE id = 1 ~ 9223372036854775807|-9223372036854775808|9007199254740993|0.1|1.0E308
            SELECT d69, moment, emoji, CHAR_LENGTH(nul), nothing, none, flag FROM j WHERE id = 1 ~ 1969-12-31|2024-02-29 06:30:00|🕊|3||null|true
            SELECT emoji FROM j WHERE id = 1 ~ 🕊
            SELECT bottom, nothing, flag, CHAR_LENGTH(emoji) FROM j WHERE id = 2 ~ null|null|null|1048576
            SELECT id, CHAR_LENGTH(value) FROM s ~ 0|0;1|1;2|3;3|19;4|3;5|3;6|10;9|1048576
            SELECT value FROM s WHERE id IN (3, 5) ~ 007;9223372036854775807
            SELECT id, CHAR_LENGTH(member) FROM m ~ 1|0;1|1;1|10;1|19;1|3;1|3;1|3;2|1048576
            SELECT member FROM m WHERE member IN ('', '🕊', '007') ~ ;007;🕊
            SELECT position, element FROM l WHERE id = 1 AND position <> 2 ~ 0|;1|🕊;3|9223372036854775807;4|0.1;5|007;6|1969-12-31
            SELECT COUNT(*), COUNT(DISTINCT element), MIN(position), MAX(position) FROM l WHERE id = 2 AND element = 'e' || position ~ 100000|100000|0|99999
            SELECT rank, score, CHAR_LENGTH(member) FROM z WHERE id = 2 ~ 0|-Infinity|1;1|0.1|1;2|9.007199254740992E15|1;3|1.0E308|1;4|Infinity|1048576
            SELECT rank, score, member FROM z WHERE id = 1 AND rank <> 2 ~ 0|0.0|;1|1.0|🕊;3|3.0|9223372036854775807;4|4.0|0.1;5|5.0|007;6|6.0|1969-12-31
            SELECT _id, _ts, _seq, top, digits, d69, emoji, CHAR_LENGTH(nul) FROM x ~ 1-1|1970-01-01 00:00:00.001|1|9223372036854775807|1234567890123456789012345678901|null|null|null;1-2|1970-01-01 00:00:00.001|2|-9223372036854775808|null|1969-12-31|🕊|3;253402300799999-0|9999-12-31 23:59:59.999|0|0|null|null||null
            SELECT id, _ts, value, room, floor FROM t ~ 1|1970-01-01 00:00:00|0.1|🕊|2;1|9999-12-31 23:59:59.999|1.0E308|🕊|2;2|1970-01-01 00:00:00.001|-7.0|b|null
            SELECT mixed, COUNT(*) FROM v GROUP BY mixed ~ 1|7;abc|3
            """)
    void rows(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", tables.rows(sql)));
    }

    @Test
    void whatIsGoneOrChangesItsTypeIsNoRow() throws Exception {
        redis.exec("HSET", "g:1", "a", "1");
        redis.exec("HSET", "g:2", "a", "2");
        redis.exec("HSET", "g:3", "a", "3");
        try (LiveTables fresh = LiveTables.discovered(redis)) {
            assertEquals(List.of("1", "2", "3"), fresh.rows("SELECT a FROM g"));
            redis.exec("DEL", "g:1");
            redis.exec("SET", "g:2", "text");
            assertEquals(List.of("3"), fresh.rows("SELECT a FROM g"));
            assertEquals(List.of(), fresh.rows("SELECT a FROM g WHERE id IN (1, 2)"));
        }
    }
}
