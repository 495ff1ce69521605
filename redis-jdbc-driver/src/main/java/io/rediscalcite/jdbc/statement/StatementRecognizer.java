package io.rediscalcite.jdbc.statement;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.model.ConnectionSpec.OnConflict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells the statements and clauses that Calcite's grammar doesn't have from all others.
 *
 * <ul>
 *   <li>{@code TRUNCATE TABLE t} is {@code DELETE FROM t};
 *   <li>{@code INSERT /*+ ON_CONFLICT('replace') *}{@code / INTO t …} says what happens to keys that exist;
 *   <li>{@code CREATE INDEX name ON t (column, …)} and {@code DROP INDEX name} make and drop a search index;
 *   <li>{@code SELECT … FOR UPDATE} is refused: Redis locks no rows; {@code MERGE} too, and {@code CREATE TABLE}, whatever
 *       types of other databases its columns have.
 * </ul>
 */
public final class StatementRecognizer {
    private static final String HINT_NAME = "ON_CONFLICT";
    private static final String MODES = Arrays.stream(OnConflict.values())
            .map(mode -> "'" + mode.name().toLowerCase(Locale.ROOT) + "'")
            .collect(Collectors.joining(", "));

    private final String sql;
    private final List<Token> tokens;

    private StatementRecognizer(String sql) {
        this.sql = sql;
        this.tokens = Tokenizer.all(sql);
    }

    /**
     * Recognises a statement; one that isn't known here is left to the parser, mistakes and all.
     *
     * @throws RedisSqlException INVALID_STATEMENT for a mistake in what only this side knows; FEATURE_NOT_SUPPORTED for what is
     *     refused; both with the place
     */
    public static StatementText recognize(String sql) {
        return new StatementRecognizer(sql).recognize();
    }

    private StatementText recognize() {
        int first = firstAfterExplain();
        if (token(first).isWord("TRUNCATE")) {
            return truncate(first);
        }
        if (token(first).isWord("INSERT") && token(first + 1).kind() == Token.Kind.HINT) {
            return insert(token(first + 1));
        }
        StatementText index = new IndexText(tokens, this::mistake).read();
        if (index != null) {
            return index;
        }
        refuseRowLocks();
        if (token(first).isWord("MERGE")) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    place(token(first))
                            + "MERGE is not supported; INSERT /*+ ON_CONFLICT('merge') */ INTO ... SELECT writes new"
                            + " rows and changes those that are there");
        }
        if (token(first).isWord("CREATE") && token(first + 1).isWord("TABLE")) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    place(token(first))
                            + "CREATE TABLE is not supported: tables come from Redis keys and from the model");
        }
        return new StatementText.Planned(sql, Optional.empty());
    }

    private Token token(int index) {
        return index < tokens.size() ? tokens.get(index) : new Token(Token.Kind.END, "", sql.length());
    }

    /** Position of the statement's own first word: that behind {@code EXPLAIN PLAN … FOR}, if it is explained. */
    private int firstAfterExplain() {
        if (!token(0).isWord("EXPLAIN")) {
            return 0;
        }
        int at = 1;
        while (at < tokens.size() && !token(at).isWord("FOR")) {
            at++;
        }
        return at + 1;
    }

    private StatementText truncate(int first) {
        Token table = token(first + 1);
        if (!table.isWord("TABLE")) {
            throw mistake(table, "expected TABLE behind TRUNCATE: TRUNCATE TABLE name");
        }
        String rewritten = replaced(replaced(sql, token(first), "DELETE"), table, "FROM");
        return new StatementText.Planned(rewritten, Optional.empty());
    }

    private StatementText insert(Token hint) {
        return new StatementText.Planned(replaced(sql, hint, ""), Optional.of(mode(hint)));
    }

    private OnConflict mode(Token hint) {
        Tokenizer inside =
                new Tokenizer(sql.substring(0, Math.max(hint.start() + 3, hint.end() - 2)), hint.start() + 3);
        Token name = inside.next();
        if (!name.isWord(HINT_NAME)) {
            throw mistake(name, "INSERT takes one hint, " + HINT_NAME + "(mode), where mode is one of " + MODES);
        }
        Token open = inside.next();
        Token mode = inside.next();
        Token close = inside.next();
        Token end = inside.next();
        boolean wellFormed = open.isSymbol('(') && close.isSymbol(')') && end.isEnd();
        String word = mode.text().replace("'", "");
        for (OnConflict candidate : OnConflict.values()) {
            if (wellFormed && candidate.name().equalsIgnoreCase(word)) {
                return candidate;
            }
        }
        throw mistake(name, "expected " + HINT_NAME + "(mode), where mode is one of " + MODES);
    }

    private void refuseRowLocks() {
        int last = tokens.size() - 1;
        while (last > 0 && token(last).isSymbol(';')) {
            last--;
        }
        boolean query = token(0).isWord("SELECT") || token(0).isWord("WITH");
        boolean lock = last > 1 && (token(last).isWord("UPDATE") || token(last).isWord("SHARE"));
        if (query && lock && token(last - 1).isWord("FOR")) {
            throw new RedisSqlException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    place(token(last - 1)) + "SELECT ... FOR "
                            + token(last).text().toUpperCase(Locale.ROOT)
                            + " is not supported: Redis locks no rows. Leave it out; an INSERT with"
                            + " ON_CONFLICT('error') lets one of many win");
        }
    }

    /** {@code text} with {@code word} in the token's place, filled up with blanks, so that all other places stay. */
    private static String replaced(String text, Token token, String word) {
        StringBuilder filled = new StringBuilder(text);
        for (int i = token.start(); i < token.end(); i++) {
            int inWord = i - token.start();
            boolean lineBreak = text.charAt(i) == '\n' || text.charAt(i) == '\r';
            filled.setCharAt(i, inWord < word.length() ? word.charAt(inWord) : lineBreak ? text.charAt(i) : ' ');
        }
        return filled.toString();
    }

    private RedisSqlException mistake(Token token, String message) {
        return new RedisSqlException(SqlState.INVALID_STATEMENT, place(token) + "syntax error: " + message);
    }

    private String place(Token token) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < token.start(); i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return "line " + line + ", column " + (token.start() - lineStart + 1) + ": ";
    }
}
