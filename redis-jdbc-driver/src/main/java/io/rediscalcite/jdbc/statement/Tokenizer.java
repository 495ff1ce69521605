package io.rediscalcite.jdbc.statement;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads SQL text token by token, as far as the caller wants.
 *
 * <p>Blanks and comments lie between tokens. A quote or a comment that is never closed reaches to the end of the text: what is
 * wrong with it, the parser says.
 */
final class Tokenizer {
    private final String sql;
    private int at;

    Tokenizer(String sql) {
        this(sql, 0);
    }

    Tokenizer(String sql, int from) {
        this.sql = sql;
        this.at = from;
    }

    /** All tokens, without the one behind the last. */
    static List<Token> all(String sql) {
        Tokenizer tokenizer = new Tokenizer(sql);
        List<Token> tokens = new ArrayList<>();
        for (Token token = tokenizer.next(); !token.isEnd(); token = tokenizer.next()) {
            tokens.add(token);
        }
        return tokens;
    }

    Token next() {
        skipBlanksAndComments();
        int start = at;
        if (start == sql.length()) {
            return new Token(Token.Kind.END, "", start);
        }
        Token.Kind kind = read();
        return new Token(kind, sql.substring(start, at), start);
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOfLine(at);
            } else if (sql.startsWith("/*", at) && !sql.startsWith("/*+", at)) {
                at = behind("*/", at + 2);
            } else {
                return;
            }
        }
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < sql.length() && sql.charAt(end) != '\n' && sql.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int behind(String closing, int from) {
        int found = sql.indexOf(closing, from);
        return found < 0 ? sql.length() : found + closing.length();
    }

    private Token.Kind read() {
        char first = sql.charAt(at);
        if (sql.startsWith("/*+", at)) {
            at = behind("*/", at + 3);
            return Token.Kind.HINT;
        }
        if (first == '\'') {
            at = behindQuoted(first);
            return Token.Kind.STRING;
        }
        if (first == '"' || first == '`') {
            at = behindQuoted(first);
            return Token.Kind.QUOTED_NAME;
        }
        if (Character.isUnicodeIdentifierStart(first) || first == '_') {
            at = behindWord();
            return Token.Kind.WORD;
        }
        if (Character.isDigit(first)) {
            at = behindWord();
            return Token.Kind.NUMBER;
        }
        at++;
        return Token.Kind.SYMBOL;
    }

    /** A quote within is written twice. */
    private int behindQuoted(char quote) {
        int end = at + 1;
        while (end < sql.length()) {
            if (sql.charAt(end) != quote) {
                end++;
            } else if (end + 1 < sql.length() && sql.charAt(end + 1) == quote) {
                end += 2;
            } else {
                return end + 1;
            }
        }
        return end;
    }

    private int behindWord() {
        int end = at + 1;
        while (end < sql.length() && (Character.isUnicodeIdentifierPart(sql.charAt(end)) || sql.charAt(end) == '$')) {
            end++;
        }
        return end;
    }
}
