package io.rediscalcite.jdbc.statement;

import io.rediscalcite.adapter.search.NewIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads CREATE INDEX and DROP INDEX, token by token. */
final class IndexText {
    private final List<Token> tokens;
    private final BiFunction<Token, String, RuntimeException> mistake;
    private int at;

    /** @param mistake makes the exception for a token and what is wrong with it */
    IndexText(List<Token> tokens, BiFunction<Token, String, RuntimeException> mistake) {
        this.tokens = tokens;
        this.mistake = mistake;
    }

    /** The statement; null if it is neither of the two. */
    @Nullable
    StatementText read() {
        boolean create = token().isWord("CREATE");
        if (!create && !token().isWord("DROP")) {
            return null;
        }
        at++;
        if (create && token().isWord("UNIQUE") && peek(1).isWord("INDEX")) {
            throw mistake.apply(
                    token(), "a search index can't keep values unique: CREATE INDEX name ON table (column, ...)");
        }
        if (!token().isWord("INDEX")) {
            return null;
        }
        at++;
        StatementText read = create ? create() : drop();
        if (token().isSymbol(';')) {
            at++;
        }
        if (at < tokens.size()) {
            throw mistake.apply(token(), "the statement should end here");
        }
        return read;
    }

    private StatementText create() {
        boolean unlessThere = skip("IF", "NOT", "EXISTS");
        String name = name("the index's name");
        if (!skip("ON")) {
            throw mistake.apply(token(), "expected ON and a table: CREATE INDEX name ON table (column, ...)");
        }
        List<String> table = new ArrayList<>(List.of(name("a table's name")));
        while (token().isSymbol('.')) {
            at++;
            table.add(name("a table's name"));
        }
        symbol('(');
        List<NewIndex.Part> parts = new ArrayList<>();
        do {
            String column = name("a column's name");
            List<String> definition = new ArrayList<>();
            while (at < tokens.size() && !token().isSymbol(',') && !token().isSymbol(')')) {
                definition.add(word());
            }
            parts.add(new NewIndex.Part(column, definition));
        } while (skipComma());
        symbol(')');
        return new StatementText.CreateIndex(new NewIndex(name, unlessThere, parts), table);
    }

    private StatementText drop() {
        boolean ifThere = skip("IF", "EXISTS");
        return new StatementText.DropIndex(name("the index's name"), ifThere);
    }

    private Token token() {
        return peek(0);
    }

    private Token peek(int further) {
        int position = at + further;
        int end = tokens.isEmpty() ? 0 : tokens.get(tokens.size() - 1).end();
        return position < tokens.size() ? tokens.get(position) : new Token(Token.Kind.END, "", end);
    }

    private boolean skip(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    private boolean skipComma() {
        boolean comma = token().isSymbol(',');
        at += comma ? 1 : 0;
        return comma;
    }

    private void symbol(char symbol) {
        if (!token().isSymbol(symbol)) {
            throw mistake.apply(token(), "expected " + symbol + ": CREATE INDEX name ON table (column, ...)");
        }
        at++;
    }

    private String name(String what) {
        Token token = token();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED_NAME) {
            throw mistake.apply(token, "expected " + what);
        }
        return word();
    }

    /** A word or number, or a name or text without its quotes. */
    private String word() {
        Token token = token();
        at++;
        String text = token.text();
        if (token.kind() == Token.Kind.QUOTED_NAME || token.kind() == Token.Kind.STRING) {
            String quote = text.substring(0, 1);
            return text.substring(1, Math.max(1, text.length() - 1)).replace(quote + quote, quote);
        }
        return text;
    }
}
