package io.rediscalcite.jdbc.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementRecognizerTest {
    private static StatementText.Planned planned(String sql) {
        return (StatementText.Planned) StatementRecognizer.recognize(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
            TRUNCATE TABLE t~DELETE   FROM  t
             truncate/*x*/table "t"~ DELETE  /*x*/FROM  "t"
            EXPLAIN PLAN FOR TRUNCATE TABLE t~EXPLAIN PLAN FOR DELETE   FROM  t
            -- TRUNCATE TABLE u~-- TRUNCATE TABLE u
            """)
    void truncateIsADeleteAtTheSamePlaces(String sql, String expected) {
        assertEquals(new StatementText.Planned(expected, Optional.empty()), planned(sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            INSERT /*+ ON_CONFLICT('replace') */ INTO t VALUES (1) ~ REPLACE
            insert/*+on_conflict ( 'Merge' )*/into t values (1) ~ MERGE
            INSERT /* why */ /*+ ON_CONFLICT(skip) */ INTO t VALUES (1) ~ SKIP
            EXPLAIN PLAN FOR INSERT /*+ ON_CONFLICT('error') */ INTO t VALUES (1) ~ ERROR
            """)
    void aHintOfInsertSaysTheMode(String sql, OnConflict mode) {
        StatementText.Planned planned = planned(sql);
        assertEquals(Optional.of(mode), planned.onConflict());
        int start = sql.indexOf("/*+");
        int end = sql.indexOf("*/", start) + 2;
        assertEquals(sql.substring(0, start) + " ".repeat(end - start) + sql.substring(end), planned.sql());
    }

    @Test
    void linesStayInAHintOfSeveral() {
        String sql = "INSERT /*+\n ON_CONFLICT('skip')\n*/ INTO t VALUES (1)";
        assertEquals(
                "INSERT    \n                    \n   INTO t VALUES (1)",
                planned(sql).sql());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'TRUNCATE TABLE t'",
                "SELECT \"a\"\"b\" FROM t -- FOR UPDATE",
                "SELECT 1 /* FOR UPDATE */",
                "SELECT 'it''s FOR UPDATE'",
                "SELECT x FROM t WHERE truncate = 1",
                "INSERT INTO t VALUES ('/*+ ON_CONFLICT(''skip'') */')",
                "UPDATE t SET a = 1",
                "SELECT 'never closed FOR UPDATE",
                "/* never closed TRUNCATE TABLE t",
                "",
                ";"
            })
    void everythingElseIsTheParsers(String sql) {
        assertEquals(new StatementText.Planned(sql, Optional.empty()), planned(sql));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            TRUNCATE t ~ 42000 ~ line 1, column 10: syntax error: expected TABLE behind TRUNCATE: TRUNCATE TABLE name
            INSERT /*+ NO_SUCH */ INTO t VALUES (1) ~ 42000 ~ line 1, column 12: syntax error: INSERT takes one hint, ON_CONFLICT(mode), where mode is one of 'error', 'replace', 'merge', 'skip'
            INSERT /*+ ON_CONFLICT('ignore') */ INTO t VALUES (1) ~ 42000 ~ line 1, column 12: syntax error: expected ON_CONFLICT(mode), where mode is one of 'error', 'replace', 'merge', 'skip'
            INSERT /*+ ON_CONFLICT */ INTO t VALUES (1) ~ 42000 ~ line 1, column 12: syntax error: expected ON_CONFLICT(mode), where mode is one of 'error', 'replace', 'merge', 'skip'
            SELECT * FROM t FOR UPDATE ~ 0A000 ~ line 1, column 17: SELECT ... FOR UPDATE is not supported: Redis locks no rows. Leave it out; an INSERT with ON_CONFLICT('error') lets one of many win
            with x as (select 1) select * from x for /* all */ share ; ~ 0A000 ~ line 1, column 38: SELECT ... FOR SHARE is not supported: Redis locks no rows. Leave it out; an INSERT with ON_CONFLICT('error') lets one of many win
            """)
    void mistakesHaveTheirPlace(String sql, String state, String message) {
        RedisSqlException thrown = assertThrows(RedisSqlException.class, () -> StatementRecognizer.recognize(sql));
        assertEquals(message, thrown.getMessage());
        assertEquals(state, thrown.state().code());
    }

    @Test
    void tokensOfAllKinds() {
        List<String> tokens = Tokenizer.all("a1 _b \"q\"\"\" `x` 's''' 12.5e3 -- c\n /*+ h */ /* d */ (;é$").stream()
                .map(token -> token.kind() + " " + token.text())
                .toList();
        assertEquals(
                List.of(
                        "WORD a1",
                        "WORD _b",
                        "QUOTED_NAME \"q\"\"\"",
                        "QUOTED_NAME `x`",
                        "STRING 's'''",
                        "NUMBER 12",
                        "SYMBOL .",
                        "NUMBER 5e3",
                        "HINT /*+ h */",
                        "SYMBOL (",
                        "SYMBOL ;",
                        "WORD é$"),
                tokens);
    }
}
