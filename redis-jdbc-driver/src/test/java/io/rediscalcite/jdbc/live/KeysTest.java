package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions on keys: which rows come, and what it costs. The tables are found by sampling. */
class KeysTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    /** user:1 to user:600, of whom user:300 has another field alone; user:700 is a string; airline:XX are strings. */
    @BeforeAll
    static void load() throws Exception {
        List<Object[]> commands = new ArrayList<>();
        for (int i = 1; i <= 600; i++) {
            commands.add(
                    i == 300
                            ? Live.command("HSET", "user:300", "other", "x")
                            : Live.command("HSET", "user:" + i, "name", "n" + i, "age", i % 50));
        }
        redis.pipeline(commands);
        Live.load(
                redis,
                """
                SET user:700 text
                PEXPIRE user:7 3600000
                SET airline:AA American
                SET airline:B6 JetBlue
                SET airline:UA United
                RPUSH airline:LL 1 2
                SET lone one
                """);
        connection = Live.connect(redis.url() + "?discoverSample=1000");
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aQueryFetchesOverSoManyConnections(int parallelism) throws Exception {
        String url = redis.url() + "?batchSize=10&parallelism=" + parallelism;
        try (Connection own = Live.connect(url);
                Statement statement = own.createStatement()) {
            Live.rows(own, "SELECT name FROM user WHERE id = 1");
            long before = clients();
            long during = 0;
            List<String> ids = new ArrayList<>();
            try (ResultSet result = statement.executeQuery("SELECT id, name FROM user")) {
                while (result.next()) {
                    ids.add(result.getString(1));
                    during = ids.size() == 300 ? clients() : during;
                }
            }
            assertEquals(600, ids.size());
            assertEquals(600, ids.stream().distinct().count());
            assertEquals(before + parallelism - 1, during);
        }
    }

    private static long clients() {
        return String.valueOf(redis.exec("CLIENT", "LIST")).lines().count();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT name FROM user WHERE _key = 'user:3' ~ n3 ~ hmget=1
            SELECT name FROM user WHERE 'user:3' = _key ~ n3 ~ hmget=1
            SELECT name FROM user WHERE id = 3 ~ n3 ~ hmget=1
            SELECT name FROM user WHERE 3 = id ~ n3 ~ hmget=1
            SELECT name FROM user WHERE id = '3' ~ n3 ~ hmget=1
            SELECT name FROM user WHERE id = CAST('3' AS BIGINT) ~ n3 ~ hmget=1
            SELECT name FROM user WHERE id = CAST(3 AS SMALLINT) ~ n3 ~ hmget=1
            SELECT name FROM user WHERE _key = 'user:' || '3' ~ n3 ~ hmget=1
            SELECT name FROM user WHERE _key = CAST('user:3' AS VARCHAR(20)) ~ n3 ~ hmget=1
            SELECT name FROM user WHERE id IN (1, 2, 3, 3, 9999) ~ n1;n2;n3 ~ hmget=4 type=1
            SELECT name FROM user WHERE _key IN ('user:1', 'user:2', 'airline:AA') ~ n1;n2 ~ hmget=2
            SELECT name FROM user WHERE id = 1 OR id = 2 OR 5 = id ~ n1;n2;n5 ~ hmget=3
            SELECT name FROM user WHERE (id = 1 AND age = 1) OR (id = 2 AND age = 99) ~ n1 ~ hmget=2
            SELECT name FROM user WHERE id IN (1, 2) AND id IN (2, 3) ~ n2 ~ hmget=1
            SELECT name FROM user WHERE id IN (1, 2) AND age = 2 ~ n2 ~ hmget=2
            SELECT name FROM user WHERE id = 1 AND _key = 'user:1' ~ n1 ~ hmget=1
            SELECT name FROM user WHERE id = 9999 ~ "" ~ hmget=1 type=1
            SELECT name FROM user WHERE id = 700 ~ "" ~ hmget=1
            SELECT name FROM user WHERE id = 300 ~ null ~ hmget=2 type=2
            SELECT _key FROM user WHERE id IN (1, 300, 700, 9999) ~ user:1;user:300 ~ type=4
            SELECT COUNT(*) FROM user WHERE id IN (1, 300, 700, 9999) ~ 2 ~ type=4
            SELECT 1 FROM user WHERE id = 1 ~ 1 ~ type=1
            SELECT id, id FROM user WHERE id = 1 ~ 1|1 ~ type=1
            SELECT _ttl FROM user WHERE id = 1 ~ null ~ pttl=1 type=1
            SELECT _ttl > 1000, _ttl <= 3600000, name FROM user WHERE id = 7 ~ true|true|n7 ~ hmget=1 pttl=1
            SELECT name FROM user WHERE _key = 'user:3' AND _key = 'user:4' ~ "" ~ ""
            SELECT name FROM user WHERE id = 3 AND id = 4 ~ "" ~ ""
            SELECT name FROM user WHERE id = 3 AND _key = 'user:4' ~ "" ~ ""
            SELECT name FROM user WHERE _key = 'airline:AA' ~ "" ~ ""
            SELECT name FROM user WHERE _key = NULL ~ "" ~ ""
            SELECT name FROM user WHERE _key IS NULL ~ "" ~ ""
            SELECT name FROM user WHERE id IN (SELECT id FROM airline WHERE 1 = 0 AND id IS NULL) ~ "" ~ ""
            SELECT * FROM user WHERE 1 = 0 ~ "" ~ ""
            SELECT * FROM user LIMIT 0 ~ "" ~ ""
            SELECT COUNT(*) FROM user WHERE 1 = 0 ~ 0 ~ ""
            SELECT "value" FROM airline WHERE id = 'AA' ~ American ~ mget=1
            SELECT * FROM airline WHERE id IN ('AA', 'ZZ', 'LL') ~ airline:AA|AA|American|null ~ mget=1 pttl=3
            SELECT id FROM airline WHERE _key IN ('airline:AA', 'airline:LL') ~ AA ~ type=2
            SELECT * FROM lone ~ lone|one|null ~ mget=1 pttl=1
            SELECT _key FROM lone WHERE _key = 'lone' ~ lone ~ type=1
            SELECT _key FROM lone WHERE _key = 'other' ~ "" ~ ""
            """)
    void namedKeysSendNoScan(String sql, String rows, String commands) throws Exception {
        assertEquals(new Live.Answer(rows, commands), Live.ask(redis, connection, quoteUser(sql)));
    }

    /** Scans: 601 keys and those of airlines are one page. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT COUNT(*) FROM user ~ 600 ~ scan=1
            SELECT COUNT(*), COUNT(id) + 1, COUNT(_key) FROM user ~ 600|601|600 ~ scan=1
            SELECT COUNT(*) FROM airline ~ 3 ~ scan=1
            SELECT COUNT(*) FROM airline HAVING COUNT(*) > 5 ~ "" ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key LIKE 'user:59%' ~ 11 ~ scan=1
            SELECT COUNT(*) FILTER (WHERE id > 10) FROM user ~ 590 ~ scan=1
            SELECT a.n, u.n FROM (SELECT COUNT(*) AS n FROM airline) a CROSS JOIN (SELECT COUNT(*) AS n FROM user) u ~ 3|600 ~ scan=2
            SELECT (SELECT COUNT(*) FROM user) + COUNT(*) FROM airline ~ 603 ~ scan=2
            SELECT COUNT(*), MIN(id), MAX(id) FROM user ~ 600|1|600 ~ scan=1
            SELECT COUNT(name) FROM user ~ 599 ~ hmget=600 scan=1 type=1
            SELECT COUNT(*) FROM user WHERE age = 3 ~ 12 ~ hmget=600 scan=1 type=1
            SELECT COUNT(_ttl) FROM user ~ 1 ~ pttl=600 scan=1
            SELECT _key FROM airline ~ airline:AA;airline:B6;airline:UA ~ scan=1
            SELECT id, "value" FROM airline ~ AA|American;B6|JetBlue;UA|United ~ mget=1 scan=1
            SELECT * FROM airline ~ airline:AA|AA|American|null;airline:B6|B6|JetBlue|null;airline:UA|UA|United|null ~ mget=1 pttl=3 scan=1
            SELECT id FROM user WHERE _key LIKE 'user:59%' AND id < 500 ~ 59 ~ scan=1
            SELECT name FROM user WHERE _key LIKE 'user:59%' AND age = 41 ~ n591 ~ hmget=11 scan=1
            SELECT COUNT(*) FROM user WHERE _key LIKE '%9' ~ 60 ~ scan=1
            SELECT id FROM airline WHERE id LIKE 'A%' ~ AA ~ scan=1
            SELECT id FROM airline WHERE id LIKE 'A_' ~ AA ~ scan=1
            SELECT id FROM airline WHERE id LIKE 'B%6' AND id NOT LIKE 'A%' ~ B6 ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key LIKE 'user:_' ~ 9 ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key NOT LIKE 'user:5%' ~ 489 ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key ILIKE 'USER:59%' ~ 11 ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key LIKE 'airline:%' ~ 0 ~ scan=1
            SELECT COUNT(*) FROM user WHERE _key LIKE 'user:1%' OR _key LIKE 'user:2%' ~ 222 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id = 1 OR _key = 'user:2' ~ 2 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id <> 1 ~ 599 ~ scan=1
            SELECT COUNT(*) FROM user WHERE NOT (id IN (1, 2)) ~ 598 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id BETWEEN 10 AND 19 ~ 10 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id = 3.0 ~ 1 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id = 3.5 ~ 0 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id = 9223372036854775808 ~ 0 ~ scan=1
            SELECT COUNT(*) FROM user WHERE CAST(id AS VARCHAR) = '3' ~ 1 ~ scan=1
            SELECT COUNT(*) FROM user WHERE (_key = 'user:1') IS NOT TRUE ~ 599 ~ scan=1
            SELECT COUNT(*) FROM user WHERE id = 1 OR age = 3 ~ 13 ~ hmget=600 scan=1 type=1
            SELECT COUNT(*) FROM user WHERE name IS NULL ~ 1 ~ hmget=600 scan=1 type=1
            SELECT COUNT(DISTINCT age) FROM user ~ 50 ~ hmget=600 scan=1 type=1
            SELECT COUNT(*) FROM (SELECT DISTINCT age FROM user) ~ 51 ~ hmget=600 scan=1 type=1
            """)
    void scansReadJustWhatIsAsked(String sql, String rows, String commands) throws Exception {
        assertEquals(new Live.Answer(rows, commands), Live.ask(redis, connection, quoteUser(sql)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 19, 20, 21, 50, 100, 101, 500})
    void anInListOfAnyLengthIsLookups(int length) throws Exception {
        String ids = IntStream.rangeClosed(1, length).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String sql = quoteUser("SELECT id FROM user WHERE age >= 0 AND id IN (" + ids + ")");
        Live.Answer answer = Live.ask(redis, connection, sql);
        int rows = length < 300 ? length : length - 1;
        assertEquals(rows, answer.rows().split(";").length);
        // User 300 has none of the fields: TYPE says that it is there, and both are asked once more, lest it has come
        // since.
        assertEquals(length < 300 ? "hmget=" + length : "hmget=" + (length + 1) + " type=2", answer.commands());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            textBlock =
                    """
            SELECT * FROM user ~ SCAN MATCH user:* TYPE hash; HMGET key name age other; PTTL key
            SELECT name FROM user ~ SCAN MATCH user:* TYPE hash; HMGET key name
            SELECT name FROM user WHERE age > 3 ~ SCAN MATCH user:* TYPE hash; HMGET key name age
            SELECT _key FROM user ~ SCAN MATCH user:* TYPE hash
            SELECT COUNT(*) FROM user ~ SCAN MATCH user:* TYPE hash; COUNT PER PAGE
            SELECT COUNT(*) FROM user WHERE _key LIKE 'user:5%' ~ SCAN MATCH user:5* TYPE hash; COUNT PER PAGE
            SELECT id, COUNT(*) FROM user GROUP BY id ~ SCAN MATCH user:* TYPE hash
            SELECT COUNT(*) FROM user WHERE _ttl < 5 ~ SCAN MATCH user:* TYPE hash; PTTL key
            SELECT name FROM user WHERE id = 5 ~ HMGET user:5 name
            SELECT name FROM user WHERE id IN (5, 6) ~ HMGET user:5, user:6 name
            SELECT name FROM user WHERE id IN (5, 6, 7, 8) ~ HMGET (4 keys) name
            SELECT name FROM user WHERE _key = ? ~ HMGET ?0 name
            SELECT name FROM user WHERE id = ? ~ HMGET user:?0 name
            SELECT _key FROM user WHERE id = 5 ~ TYPE user:5
            SELECT name FROM user LIMIT 10 ~ SCAN MATCH user:* TYPE hash; HMGET key name; LIMIT 10
            SELECT name FROM user LIMIT 10 OFFSET 3 ~ SCAN MATCH user:* TYPE hash; HMGET key name; OFFSET 3; LIMIT 10
            SELECT name FROM user WHERE _key LIKE 'user:1%' ~ SCAN MATCH user:1* TYPE hash; HMGET key name
            SELECT "value" FROM airline WHERE id = 'A*' ~ MGET airline:A*
            SELECT _key FROM airline WHERE _key LIKE 'airline:[%' ~ SCAN MATCH airline:\\[* TYPE string
            SELECT name FROM user WHERE 1 = 0 ~ ""
            SELECT "value" FROM airline WHERE id LIKE 'A%' ~ SCAN MATCH airline:A* TYPE string; MGET key
            SELECT "value" FROM airline WHERE id LIKE '[%' ~ SCAN MATCH airline:\\[* TYPE string; MGET key
            SELECT "value" FROM airline WHERE id LIKE '%A' ~ SCAN MATCH airline:* TYPE string; MGET key
            """)
    void explainShowsTheCommands(String sql, String commands) throws Exception {
        assertEquals(commands, Live.scans(connection, quoteUser(sql)));
    }

    @Test
    void aFieldThatIsntAskedForIsntSent() throws Exception {
        redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "0");
        try {
            List<String> sent = Live.sent(
                    redis, () -> Live.rows(connection, quoteUser("SELECT name FROM user WHERE id IN (1, 2)")));
            assertEquals(List.of("HMGET user:1 name", "HMGET user:2 name"), sent);
            sent = Live.sent(redis, () -> Live.rows(connection, "SELECT id FROM airline LIMIT 1"));
            assertEquals(List.of("SCAN 0 MATCH airline:* COUNT 1000 TYPE string"), sent);
        } finally {
            redis.exec("CONFIG", "SET", "slowlog-log-slower-than", "10000");
        }
    }

    /** {@code user} is a reserved word. */
    private static String quoteUser(String sql) {
        return sql.replace("FROM user", "FROM \"user\"");
    }
}
