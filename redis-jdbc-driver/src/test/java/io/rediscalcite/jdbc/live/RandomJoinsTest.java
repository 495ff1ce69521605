package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RandomRun;
import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.runtime.Hook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random joins by lookups of keys against the same joins by hashing all rows. */
class RandomJoinsTest {
    private static final int QUERIES = 60;
    private static final Pattern LOOKUPS = Pattern.compile("RedisLookupJoin.*");
    private static final Pattern OTHER_JOINS = Pattern.compile("EnumerableJoinRule.*|EnumerableCorrelateRule.*");

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private Random random = new Random();

    @Test
    void lookupsGiveTheRowsOfAHashJoin() throws Exception {
        RandomRun run = RandomRun.of("joins", QUERIES);
        random = run.random();
        fill();
        try (Connection connection = Live.withTables(
                redis,
                "",
                "{name:'l', type:'hash', key:'l:{n}', columns:[{name:'n', type:'BIGINT'}, {name:'a'}, {name:'b',"
                        + " type:'INTEGER'}, {name:'c', type:'BIGINT'}]}",
                "{name:'r', type:'hash', key:'r:{a}:{b}', columns:[{name:'a'}, {name:'b', type:'BIGINT'}, {name:'d',"
                        + " type:'BIGINT'}]}",
                "{name:'one', type:'hash', key:'one:{b}', columns:[{name:'b', type:'BIGINT'}, {name:'d', type:'BIGINT'}]}",
                "{name:'z', type:'zset', key:'z'}")) {
            int looked = 0;
            int queries = 0;
            for (; run.goesOn(); queries++) {
                String sql = query();
                String about = run + ", query " + queries + ": " + sql;
                List<String> hashed = without(LOOKUPS, connection, sql + " -- hashed " + queries);
                List<String> lookedUp;
                try {
                    lookedUp = without(OTHER_JOINS, connection, sql + " -- looked up " + queries);
                    looked++;
                } catch (SQLFeatureNotSupportedException otherJoinsNeeded) {
                    lookedUp = Live.sorted(Live.rows(connection, sql));
                }
                assertEquals(hashed, lookedUp, about);
            }
            assertTrue(looked > queries / 2, "only " + looked + " of " + queries + " were looked up; " + run);
        }
    }

    private static List<String> without(Pattern rules, Connection connection, String sql) throws Exception {
        boolean[] planned = new boolean[1];
        Hook.Closeable hook = Hook.PLANNER.addThread((RelOptPlanner planner) -> {
            planner.setRuleDescExclusionFilter(rules);
            planned[0] = true;
        });
        try {
            List<String> rows = Live.sorted(Live.rows(connection, sql));
            assertTrue(planned[0], "a plan made before was taken");
            return rows;
        } finally {
            hook.close();
        }
    }

    private void fill() {
        for (int i = 0; i < 250; i++) {
            redis.exec("HSET", "l:" + i, "unrelated", 1);
            set("l:" + i, "a", List.of("x", "y", "", "ключ", "x "));
            set("l:" + i, "b", List.of("0", "1", "2", "3", "4", "-1"));
            set("l:" + i, "c", List.of("0", "1", "2", "3"));
        }
        for (String a : List.of("x", "y", "", "ключ", "v")) {
            for (int b = 0; b < 4; b++) {
                if (random.nextInt(4) > 0) {
                    redis.exec("HSET", "r:" + a + ":" + b, "unrelated", 1);
                    set("r:" + a + ":" + b, "d", List.of("0", "1", "2"));
                }
            }
            redis.exec("ZADD", "z", random.nextInt(4), a);
        }
        for (int b = 0; b < 3; b++) {
            redis.exec("HSET", "one:" + b, "unrelated", 1);
            set("one:" + b, "d", List.of("0", "1", "2"));
        }
    }

    /** A value, or none. */
    private void set(String key, String field, List<String> values) {
        int choice = random.nextInt(values.size() + 1);
        if (choice < values.size()) {
            redis.exec("HSET", key, field, values.get(choice));
        }
    }

    private String query() {
        String right = pick("r", "one", "z", "(SELECT a, b, d + 1 AS d FROM r WHERE d < 2)", "(SELECT d, b FROM one)");
        String on =
                switch (right) {
                    case "z" -> "r.member = l.a";
                    case "one", "(SELECT d, b FROM one)" -> pick("r.b = l.b", "l.b = r.b", "r.b = l.c");
                    case "r" ->
                        pick(
                                "r.a = l.a AND r.b = l.b",
                                "l.c = r.b AND r.a = l.a",
                                "r._key = 'r:' || l.a || ':' || l.b",
                                "r.a = 'x' AND r.b = l.b");
                    default -> pick("r.a = l.a AND r.b = l.b", "r.b = l.c AND l.a = r.a AND r.d = l.b");
                };
        String value = right.equals("z") ? "r.score" : "r.d";
        String more = pick("", "", " AND " + value + " >= l.c", " AND " + value + " < 2", " AND l.c <> 1");
        String condition = on + more;
        String left = pick("l", "(SELECT * FROM l WHERE n < 150)", "(SELECT * FROM l WHERE c IS NOT NULL)");
        return switch (random.nextInt(8)) {
            case 0 -> "SELECT l.n, " + value + " FROM " + left + " l LEFT JOIN " + right + " r ON " + condition;
            case 1 -> "SELECT l.n, l.a, " + value + " FROM " + right + " r RIGHT JOIN " + left + " l ON " + condition;
            case 2 ->
                "SELECT l.n FROM " + left + " l WHERE EXISTS (SELECT 1 FROM " + right + " r WHERE " + condition + ")";
            case 6 ->
                "SELECT l.n FROM " + left + " l WHERE NOT EXISTS (SELECT 1 FROM " + right + " r WHERE " + condition
                        + ")";
            case 7 ->
                "SELECT l.n, " + value + " FROM " + left + " l LEFT JOIN " + right + " r ON " + condition + " WHERE "
                        + (right.startsWith("(") ? "r.b" : "r._key") + " IS NULL";
            case 3 ->
                "SELECT l.n, r.* FROM " + left + " l JOIN " + right + " r ON " + condition + " WHERE " + value
                        + " IS NOT NULL";
            default -> "SELECT l.n, " + value + " FROM " + left + " l JOIN " + right + " r ON " + condition;
        };
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
