package io.rediscalcite.jdbc.live.types;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rediscalcite.testing.RedisServerExtension;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each value at an edge, in a key of each type, read from a table of a model and from one that nobody declared. */
class EdgeValuesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start();

    /**
     * A value as a client writes it.
     *
     * @param type of the column that a model declares for it
     * @param jsonNumber true if a document holds it as a number
     */
    private record Edge(String text, String type, boolean jsonNumber) {
        static Edge text(String text) {
            return new Edge(text, "VARCHAR", false);
        }

        static Edge number(String text, String type) {
            return new Edge(text, type, true);
        }

        /** Documents keep numbers as doubles, so a longer one is text there. */
        static Edge digits(String text, String type) {
            return new Edge(text, type, false);
        }
    }

    private static final List<Edge> EDGES = List.of(
            Edge.text(""),
            Edge.number("9223372036854775807", "BIGINT"),
            Edge.number("-9223372036854775808", "BIGINT"),
            Edge.number("9007199254740993", "BIGINT"),
            Edge.number("0.1", "DOUBLE"),
            Edge.number("1e308", "DOUBLE"),
            Edge.digits("1234567890123456789012345678901", "DECIMAL(31, 0)"),
            Edge.digits("-123456789012345678901.0123456789", "DECIMAL(31, 10)"),
            Edge.digits("1969-12-31", "DATE"),
            Edge.digits("9999-12-31", "DATE"),
            Edge.digits("2024-02-29", "DATE"),
            Edge.digits("1969-12-31 23:59:59.999", "TIMESTAMP"),
            Edge.text("🕊"),
            Edge.text("a\0b"),
            Edge.text("007"),
            Edge.text(" blank "),
            Edge.text("0123456789abcdeé".repeat(1 << 16)));

    /** What a column, and a model's entry for it, is called in a table of a type. */
    private enum Type {
        HASH("v", ", columns:[{name:'v', type:'%s'}]", true),
        JSON("v", ", columns:[{name:'v', type:'%s'}]", true),
        STRING("value", ", valueType:'%s'", false),
        SET("member", "", false),
        LIST("element", "", false),
        ZSET("member", "", false),
        STREAM("v", ", columns:[{name:'v', type:'%s'}]", true),
        TIMESERIES("v", ", columns:[{name:'v', type:'%s'}]", true);

        private final String column;
        private final String declaration;
        private final boolean mayLackIt;

        Type(String column, String declaration, boolean mayLackIt) {
            this.column = column;
            this.declaration = declaration;
            this.mayLackIt = mayLackIt;
        }

        /** A label of no text is no label; and sampling leaves a giant key out, so that other keys must tell of its fields. */
        boolean shows(Edge edge, boolean discovered) {
            boolean sampledWhole = this == HASH || this == JSON;
            boolean giant = edge.text().length() > 1 << 19;
            return !(this == TIMESERIES && edge.text().isEmpty()) && !(discovered && sampledWhole && giant);
        }
    }

    private static Stream<Arguments> tables() {
        return Stream.of(Type.values())
                .flatMap(type -> Stream.of("a model", "discovery").map(by -> Arguments.of(type, by)));
    }

    /** One key that holds the value, and where a row may lack it, one that does. */
    private static void write(Type type, String table, Edge edge) throws Exception {
        String key = table + ":1";
        String lacks = table + ":2";
        String text = edge.text();
        switch (type) {
            case HASH -> {
                redis.exec("HSET", key, "v", text);
                redis.exec("HSET", lacks, "other", "x");
            }
            case JSON -> {
                ObjectNode document = JSON.createObjectNode().put("v", text);
                redis.exec("JSON.SET", key, "$", edge.jsonNumber() ? "{\"v\":" + text + "}" : document.toString());
                redis.exec("JSON.SET", lacks, "$", "{\"other\":null}");
            }
            case STRING -> redis.exec("SET", key, text);
            case SET -> redis.exec("SADD", key, text);
            case LIST -> redis.exec("RPUSH", key, text);
            case ZSET -> redis.exec("ZADD", key, "inf", text);
            case STREAM -> {
                redis.exec("XADD", key, "1-1", "v", text);
                redis.exec("XADD", lacks, "1-1", "other", "x");
            }
            case TIMESERIES -> {
                redis.exec("TS.ADD", key, 0, 1, "LABELS", "v", text);
                redis.exec("TS.ADD", lacks, 0, 1);
            }
        }
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("tables")
    void aValueIsWhatAClientWrote(Type type, String by) throws Exception {
        redis.flush();
        boolean discovered = by.equals("discovery");
        List<Edge> edges =
                EDGES.stream().filter(edge -> type.shows(edge, discovered)).toList();
        List<String> model = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            write(type, "e" + i, edges.get(i));
            model.add("{name:'e" + i + "', type:'" + type + "', key:'e" + i + ":{id}'"
                    + type.declaration.formatted(edges.get(i).type()) + "}");
        }
        try (LiveTables tables =
                discovered ? LiveTables.discovered(redis) : LiveTables.open(redis, "", model.toArray(String[]::new))) {
            for (int i = 0; i < edges.size(); i++) {
                String about = type + " " + i;
                String table = "e" + i;
                List<String> rows = tables.rows("SELECT " + type.column + " FROM " + table + " ORDER BY _key");
                assertEquals(type.mayLackIt ? 2 : 1, rows.size(), about);
                String found = rows.stream()
                        .filter(row -> !row.equals("null"))
                        .findFirst()
                        .orElseThrow();
                assertTrue(isSame(edges.get(i), found), () -> about + " gave " + found);
                if (type.mayLackIt) {
                    assertTrue(rows.contains("null"), about);
                }
                assertEquals(
                        List.of("1"),
                        tables.rows(
                                "SELECT COUNT(*) FROM " + table + " WHERE CAST(" + type.column + " AS VARCHAR) = ?"
                                        + " OR CAST(" + type.column + " AS VARCHAR) = ?",
                                edges.get(i).text(),
                                "1e+308"),
                        about);
            }
        }
    }

    /** Doubles and decimals have their digits, if not each its zeros; all else is the same text. */
    private static boolean isSame(Edge edge, String found) {
        boolean number = edge.type().equals("DOUBLE") || edge.type().startsWith("DECIMAL");
        return found.equals(edge.text())
                || (number && new BigDecimal(found).compareTo(new BigDecimal(edge.text())) == 0);
    }

    @Test
    void aScoreIsAnyNumberAndNeverNaN() throws Exception {
        redis.flush();
        for (String score : List.of("inf", "-inf", "1e308", "0.1", "9007199254740992", "-0.0")) {
            redis.exec("ZADD", "board:1", score, "at " + score);
        }
        assertThrows(RuntimeException.class, () -> redis.exec("ZADD", "board:1", "nan", "m"));
        String model = "{name:'board', type:'zset', key:'board:{id}'}";
        List<String> expected = List.of(
                "at -0.0|0.0",
                "at -inf|-Infinity",
                "at 0.1|0.1",
                "at 1e308|1.0E308",
                "at 9007199254740992|9.007199254740992E15",
                "at inf|Infinity");
        try (LiveTables declared = LiveTables.open(redis, "", model);
                LiveTables discovered = LiveTables.discovered(redis)) {
            String sql = "SELECT member, score + 0 FROM ";
            assertEquals(expected, declared.rows(sql + "board"));
            assertEquals(expected, discovered.rows(sql + "board"));
            SQLException error =
                    assertThrows(SQLException.class, () -> declared.rows("SELECT CAST(score AS BIGINT) FROM board"));
            assertTrue(error.getMessage().contains("out of range for BIGINT"), error.getMessage());
        }
    }
}
