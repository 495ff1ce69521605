package io.rediscalcite.shell.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The formats on rows of DuckDB, which has every type and any value. */
class OutputFormatTest {
    private static final String VALUES =
            """
            SELECT * FROM (VALUES (1, 'one', 1.50::DECIMAL(9, 2), true), (-20, NULL, NULL, NULL), (300, '', 0.25, false))
            AS t(number, text, amount, flag)""";
    private static final String TYPES =
            """
            SELECT 9223372036854775807::BIGINT AS b, 12345678901234567890.123456789::DECIMAL(38, 9) AS d, 0.1::DOUBLE AS r,
              1e7::DOUBLE AS m, 1e300::DOUBLE AS h, 'NaN'::DOUBLE AS nan, 1.5::REAL AS f, DATE '2013-01-31' AS day, TIMESTAMP '1969-12-31 23:59:59.123' AS s, TIMESTAMP '2013-01-01 10:00:00' AS w""";

    private static Connection connection;

    @BeforeAll
    static void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
    }

    @Test
    void tableShowsNullAndAlignsNumbers() throws Exception {
        assertEquals(
                """
                +--------+------+--------+-------+
                | number | text | amount | flag  |
                +--------+------+--------+-------+
                |      1 | one  |   1.50 | true  |
                |    -20 | NULL |   NULL | NULL  |
                |    300 |      |   0.25 | false |
                +--------+------+--------+-------+
                """,
                write(OutputFormat.TABLE, VALUES));
    }

    @Test
    void tableWithoutRowsIsItsHeader() throws Exception {
        assertEquals(
                """
                +---+---+
                | a | b |
                +---+---+
                """,
                write(OutputFormat.TABLE, "SELECT 1 AS a, 'x' AS b WHERE false"));
    }

    @Test
    void tableMeasuresWhatATerminalShows() throws Exception {
        assertEquals(
                """
                +------+---+
                | v    | n |
                +------+---+
                | ключ | 1 |
                | 日本 | 2 |
                | e\u0301    | 3 |
                | a\\tb | 4 |
                +------+---+
                """,
                write(
                        OutputFormat.TABLE,
                        "SELECT * FROM (VALUES ('ключ', 1), ('日本', 2), ('e\u0301', 3), (E'a\\tb', 4)) AS t(v, n)"));
    }

    @Test
    void tableShowsSeveralLines() throws Exception {
        assertEquals(
                """
                +--------+---+
                | plan   | n |
                +--------+---+
                | Filter | 1 |
                |   Scan |   |
                +--------+---+
                """,
                write(OutputFormat.TABLE, "SELECT E'Filter\\n  Scan\\n' AS plan, 1 AS n"));
    }

    @Test
    void tableLetsNoValueCommandTheTerminal() throws Exception {
        assertEquals(
                "| \\x1b[2J |",
                write(OutputFormat.TABLE, "SELECT chr(27) || '[2J' AS v")
                        .lines()
                        .toList()
                        .get(3));
    }

    @Test
    void tableOfManyRowsIsComplete() throws Exception {
        String text = write(OutputFormat.TABLE, "SELECT range AS n FROM range(5000)");
        assertEquals(5000 + 4, text.lines().count());
    }

    @Test
    void csvTellsNullFromEmpty() throws Exception {
        assertEquals(
                """
                number,text,amount,flag
                1,one,1.50,true
                -20,,,
                300,"",0.25,false
                """,
                write(OutputFormat.CSV, VALUES));
    }

    @Test
    void csvQuotesWhatReadersWouldTakeForStructure() throws Exception {
        String text = write(
                OutputFormat.CSV, "SELECT 'a,b' AS \"x,y\", 'say \"hi\"' AS q, E'two\\nlines' AS l, 'ключ 🔑' AS u");
        assertEquals("\"x,y\",q,l,u\n\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",ключ 🔑\n", text);
        try (var csv = CsvReader.builder().ofCsvRecord(text)) {
            assertEquals(
                    List.of("a,b", "say \"hi\"", "two\nlines", "ключ 🔑"),
                    csv.stream().skip(1).findFirst().orElseThrow().getFields());
        }
    }

    @Test
    void csvKeepsEveryDigitAndInstant() throws Exception {
        assertEquals(
                "9223372036854775807,12345678901234567890.123456789,0.1,10000000.0,1.0E300,NaN,1.5,2013-01-31,"
                        + "1969-12-31 23:59:59.123,2013-01-01 10:00:00",
                write(OutputFormat.CSV, TYPES).lines().toList().get(1));
    }

    @Test
    void jsonKeepsTypes() throws Exception {
        assertEquals(
                """
                [{"number":1,"text":"one","amount":1.50,"flag":true},
                 {"number":-20,"text":null,"amount":null,"flag":null},
                 {"number":300,"text":"","amount":0.25,"flag":false}]
                """,
                write(OutputFormat.JSON, VALUES));
    }

    @Test
    void jsonKeepsEveryDigitAndInstant() throws Exception {
        assertEquals(
                """
                [{"b":9223372036854775807,"d":12345678901234567890.123456789,"r":0.1,"m":10000000.0,"h":1.0E300,"nan":"NaN",\
                "f":1.5,"day":"2013-01-31","s":"1969-12-31T23:59:59.123","w":"2013-01-01T10:00:00"}]
                """,
                write(OutputFormat.JSON, TYPES));
    }

    @Test
    void jsonIsJson() throws Exception {
        String text = write(
                OutputFormat.JSON,
                "SELECT 'a\"b\\c' AS \"q\"\"1\", E'\\n\\t' || chr(1) AS c, '🔑' AS u, 1 AS n, 2 AS n");
        JsonNode row = new ObjectMapper().readTree(text).get(0);
        assertEquals("a\"b\\c", row.get("q\"1").asText());
        assertEquals("\n\t\u0001", row.get("c").asText());
        assertEquals("🔑", row.get("u").asText());
        assertEquals(1, row.get("n").asInt());
        assertEquals(2, row.get("n_1").asInt());
    }

    @Test
    void jsonWithoutRowsIsAnEmptyArray() throws Exception {
        assertEquals("[]\n", write(OutputFormat.JSON, "SELECT 1 AS a WHERE false"));
    }

    @Test
    void verticalHasALineForEachColumn() throws Exception {
        assertEquals(
                """
                -[ row 1 ]--------------------------
                number | 1
                text   | one
                amount | 1.50
                flag   | true
                -[ row 2 ]--------------------------
                number | -20
                text   | NULL
                """,
                write(OutputFormat.VERTICAL, VALUES).lines().limit(8).reduce("", (all, line) -> all + line + "\n"));
    }

    private static String write(OutputFormat format, String sql) throws SQLException, IOException {
        StringWriter out = new StringWriter();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            format.write(rows, out);
        }
        return out.toString();
    }
}
