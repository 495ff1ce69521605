package io.rediscalcite.jdbc;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;

/** What the parser says, in one line, with a hint where a name is a reserved word. */
final class SyntaxErrors {
    private static final SqlAbstractParserImpl.Metadata WORDS = SqlParser.create(
                    "", SqlParser.config().withParserFactory(SqlBabelParserImpl.FACTORY))
            .getMetadata();

    /** Reserved words that are more likely misplaced than meant as a name. */
    private static final Set<String> CLAUSES = Set.of(
            "BY",
            "EXCEPT",
            "FROM",
            "HAVING",
            "IN",
            "INTERSECT",
            "INTO",
            "JOIN",
            "LIMIT",
            "ON",
            "SELECT",
            "THEN",
            "UNION",
            "WHEN",
            "WHERE",
            "WITH");

    private static final Pattern LEXICAL = Pattern.compile("(?s)Lexical error.*Encountered: \"(.*?)\" .*");
    private static final Pattern ENDED = Pattern.compile("(?s)Lexical error.*Encountered: (<EOF>) .*");
    private static final Pattern KEYWORD = Pattern.compile("(?s)Incorrect syntax near the keyword '(.*?)' .*");
    private static final Pattern TOKENS = Pattern.compile("(?s)Encountered \"(.*?)\" at line .*");

    private SyntaxErrors() {}

    /** {@code line 1, column 8: syntax error near ')'}. */
    static String message(SqlParseException exception) {
        SqlParserPos position = exception.getPos();
        String place = position == null ? "" : SqlErrors.place(position);
        String said = String.valueOf(exception.getMessage());
        for (Pattern pattern : new Pattern[] {KEYWORD, TOKENS, ENDED, LEXICAL}) {
            Matcher matcher = pattern.matcher(said);
            if (matcher.matches()) {
                return place + near(matcher.group(1));
            }
        }
        return place + "syntax error: " + said.lines().findFirst().orElse("");
    }

    private static String near(String tokens) {
        if (tokens.equals("<EOF>")) {
            return "syntax error: the statement ends too early";
        }
        if (tokens.startsWith("\\'") || tokens.startsWith("\\\"")) {
            return "syntax error: a quote " + tokens.charAt(1) + " is never closed";
        }
        String word = tokens.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        boolean name = WORDS.isReservedWord(word) && !CLAUSES.contains(word);
        String hint = name ? "; as a name it needs double quotes, as \"" + tokens.split(" ", 2)[0] + "\"" : "";
        return "syntax error near '" + tokens + "'" + hint;
    }
}
