package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Views of a model are written as statements are, and give what the same query gives. */
class ViewsTest {
    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    private static Connection connection;

    @BeforeAll
    static void load() throws Exception {
        Live.load(
                redis,
                """
                HSET n:1 i 1 t 😀
                HSET n:2 i 2 t ～
                SADD colours red green
                ZADD board 1.5 ann 2 bo
                SET rate:eur 1.08
                """);
        connection = withViews(
                view("averages", "SELECT AVG(i) AS average, SUM(i) AS total FROM n"),
                view("padded", "SELECT CASE WHEN i > 1 THEN 'few' ELSE 'plenty' END || '|' AS label FROM n"),
                view("members", "SELECT member FROM Colours WHERE member LIKE 'r%';"),
                view("top", "SELECT member, score, rank, value FROM board, rate_eur WHERE (value > '1' AND rank = 1)"),
                view("of_views", "SELECT t.member || '!' AS who, a.average FROM top t, averages a"),
                view("sorted", "SELECT t FROM n ORDER BY t LIMIT 1"),
                view("casts", "SELECT i::text || t AS both FROM n WHERE t ILIKE '_'"),
                view("lost", "SELECT * FROM nowhere"),
                view("endless", "SELECT * FROM endless"));
    }

    @AfterAll
    static void close() throws Exception {
        connection.close();
    }

    private static String view(String name, String sql) {
        return "{name:'" + name + "', type:'view', sql:\"" + sql + "\"}";
    }

    private static Connection withViews(String... views) throws SQLException {
        String model = "inline:{version:'1.0', defaultSchema:'redis', schemas:[{name:'redis', type:'custom',"
                + " factory:'io.rediscalcite.adapter.RedisSchemaFactory', operand:{discover:true}, tables:["
                + String.join(", ", views) + "]}]}";
        return Live.connect(redis.url() + "?model=" + Live.percent(model));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
            SELECT average, TOTAL FROM averages ~ 1.5|3
            SELECT label FROM padded ~ few|;plenty|
            SELECT * FROM members ~ red
            SELECT * FROM top ~ bo|2.0|1|1.08
            SELECT * FROM of_views ~ bo!|1.5
            SELECT * FROM sorted ~ ～
            SELECT both FROM casts ~ 1😀;2～
            SELECT m.member, n.i FROM members m JOIN n ON n.i = 1 ~ red|1
            """)
    void aViewGivesWhatItsQueryGives(String sql, String rows) throws Exception {
        assertEquals(rows, String.join(";", Live.sorted(Live.rows(connection, sql))));
    }

    @Test
    void aConditionOnAViewReachesRedis() throws Exception {
        assertEquals("SMISMEMBER colours red", Live.scans(connection, "SELECT * FROM members WHERE member = 'red'"));
    }

    @Test
    void metadataHasViewsAndTheirColumns() throws Exception {
        try (ResultSet views = connection.getMetaData().getTables(null, "redis", "a%", new String[] {"VIEW"})) {
            assertEquals(
                    List.of("averages"),
                    Live.rows(views).stream().map(row -> row.split("\\|")[2]).toList());
        }
        try (ResultSet columns = connection.getMetaData().getColumns(null, "redis", "%", "%")) {
            List<String> names = Live.rows(columns).stream()
                    .map(row -> row.split("\\|"))
                    .map(row -> row[2] + "." + row[3] + " " + row[5])
                    .toList();
            assertTrue(names.contains("averages.average DOUBLE"), names.toString());
            assertTrue(names.contains("board.member VARCHAR"), names.toString());
            assertTrue(
                    names.stream().noneMatch(name -> name.startsWith("lost.") || name.startsWith("endless.")),
                    names.toString());
        }
    }

    @Test
    void aMistakeNamesTheView() {
        SQLException noTable = assertThrows(SQLException.class, () -> Live.rows(connection, "SELECT * FROM lost"));
        assertEquals("42S02", noTable.getSQLState());
        assertTrue(
                noTable.getMessage()
                        .startsWith("in the SQL of the view redis.lost: line 1, column 15: table 'nowhere'"),
                noTable.getMessage());
        SQLException noSql = assertThrows(
                SQLException.class, () -> withViews(view("v", "SELECT FROM n")).close());
        assertEquals("42000", noSql.getSQLState());
        assertTrue(
                noSql.getMessage().startsWith("in the SQL of the view redis.v: line 1, column 8"), noSql.getMessage());
    }
}
