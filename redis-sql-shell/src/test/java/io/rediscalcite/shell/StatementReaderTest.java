package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rediscalcite.shell.StatementReader.ScriptStatement;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SELECT ';'",
                "SELECT 'it''s; fine' AS \"a;\"\"b;\"",
                "SELECT 1 -- one; no end",
                "SELECT 1 // one; no end\n + 1",
                "SELECT /* a; -- b; ' */ 1",
                "SELECT /*+ hint;ed */ 1 / 2 - 1",
                "SELECT '--', '/*', 1",
                "SELECT 'never closed; ",
                "SELECT /* never closed; ",
                "SELECT 'ключ; 🔑'",
            })
    void keepsAStatementWhole(String sql) throws IOException {
        assertEquals(List.of(sql.strip()), texts(sql));
    }

    @Test
    void dividesAtSemicolons() throws IOException {
        assertEquals(List.of("SELECT 1", "SELECT 2", "SELECT 3"), texts("SELECT 1;SELECT 2;\n\n SELECT 3 ;\n"));
    }

    @Test
    void passesOverBlanksAndComments() throws IOException {
        assertEquals(List.of(), texts(""));
        assertEquals(List.of(), texts(" ;; -- nothing; here\n; /* ; */ "));
        assertEquals(List.of("-- why\nSELECT 1"), texts("-- why\nSELECT 1; -- done"));
    }

    @Test
    void countsLines() throws IOException {
        StatementReader reader = new StatementReader(new StringReader("SELECT 1;\n\n-- two\nSELECT\n 2; SELECT 3"));
        List<Integer> lines = new ArrayList<>();
        for (ScriptStatement next = reader.next(); next != null; next = reader.next()) {
            lines.add(next.line());
        }
        assertEquals(List.of(1, 4, 5), lines);
    }

    private static List<String> texts(String script) throws IOException {
        StatementReader reader = new StatementReader(new StringReader(script));
        List<String> texts = new ArrayList<>();
        for (ScriptStatement next = reader.next(); next != null; next = reader.next()) {
            texts.add(next.sql());
        }
        return texts;
    }
}
