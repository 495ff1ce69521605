package io.rediscalcite.jdbc.statement;

/**
 * A stretch of SQL text that means something.
 *
 * @param text as it stands in the statement, quotes and all
 * @param start position of its first character
 */
record Token(Kind kind, String text, int start) {
    enum Kind {
        /** A keyword, or a name without quotes. */
        WORD,
        /** A name in double quotes or backticks. */
        QUOTED_NAME,
        /** A text in single quotes. */
        STRING,
        NUMBER,
        /** A comment that begins with {@code /*+}. */
        HINT,
        /** Any other character. */
        SYMBOL,
        /** Behind the last one. */
        END
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isEnd() {
        return kind == Kind.END;
    }

    /** Position behind its last character. */
    int end() {
        return start + text.length();
    }
}
