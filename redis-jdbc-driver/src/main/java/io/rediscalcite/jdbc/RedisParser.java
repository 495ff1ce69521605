package io.rediscalcite.jdbc;

import java.io.Reader;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserImplFactory;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplTokenManager;
import org.apache.calcite.sql.parser.babel.Token;

/**
 * Babel's parser, to which {@code (value} is the column of that name. By itself it takes the word for VALUES there, as other dialects
 * have it, and refuses that.
 */
final class RedisParser {
    static final SqlParserImplFactory FACTORY = reader -> {
        SqlBabelParserImpl parser = (SqlBabelParserImpl) SqlBabelParserImpl.FACTORY.getParser(reader);
        parser.token_source = new Tokens(new Characters(reader));
        return parser;
    };

    private RedisParser() {}

    /** A parser for one statement, with the names, quotes and further syntax that the connection wants. */
    static SqlParser of(String sql, CalciteConnectionConfig config) {
        return SqlParser.create(
                withoutSemicolon(sql),
                SqlParser.config()
                        .withParserFactory(config.parserFactory(SqlParserImplFactory.class, FACTORY))
                        .withQuotedCasing(config.quotedCasing())
                        .withUnquotedCasing(config.unquotedCasing())
                        .withQuoting(config.quoting())
                        .withConformance(config.conformance())
                        .withCaseSensitive(config.caseSensitive()));
    }

    /** A semicolon ends a statement in a script, and tools send it along. */
    private static String withoutSemicolon(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return sql.substring(0, end);
    }

    /** Places in the text count a tab as one character, as Calcite's parsers do. */
    private static final class Characters extends SimpleCharStream {
        Characters(Reader reader) {
            super(reader, 1, 1);
            setTabSize(1);
        }
    }

    private static final class Tokens extends SqlBabelParserImplTokenManager {
        private boolean behindParenthesis;

        Tokens(SimpleCharStream characters) {
            super(characters);
        }

        @Override
        public Token getNextToken() {
            Token token = super.getNextToken();
            if (behindParenthesis && token.kind == SqlBabelParserImplConstants.VALUE) {
                token.kind = SqlBabelParserImplConstants.IDENTIFIER;
            }
            behindParenthesis = token.kind == SqlBabelParserImplConstants.LPAREN;
            return token;
        }
    }
}
