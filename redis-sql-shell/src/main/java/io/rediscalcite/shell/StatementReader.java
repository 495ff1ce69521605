package io.rediscalcite.shell;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a script, one at a time, so that a pipe's first statement runs before its last is written. They end
 * with a semicolon that is in no quotes and no comment, or with the script. Quotes are {@code 'text'} and {@code "name"},
 * with the quote doubled inside; comments are {@code -- line}, {@code // line} and {@code /* block *}{@code /}.
 */
final class StatementReader {
    private static final int END = -1;

    private final PushbackReader in;
    private int line = 1;

    /**
     * A statement as written, without its semicolon.
     *
     * @param line of its first word, from 1
     */
    record ScriptStatement(String sql, int line) {}

    StatementReader(Reader in) {
        this.in = new PushbackReader(in);
    }

    /** The next statement that isn't just blanks and comments; null at the end. */
    @Nullable
    ScriptStatement next() throws IOException {
        StringBuilder text = new StringBuilder();
        int firstLine = 0;
        while (true) {
            int c = read();
            if (c == END || c == ';') {
                if (firstLine != 0) {
                    return new ScriptStatement(text.toString().strip(), firstLine);
                }
                if (c == END) {
                    return null;
                }
                text.setLength(0);
            } else if ((c == '-' || c == '/') && peek() == c) {
                text.append((char) c);
                copyLine(text);
            } else if (c == '/' && peek() == '*') {
                text.append((char) c).append((char) read());
                copyBlock(text);
            } else {
                if (firstLine == 0 && !Character.isWhitespace(c)) {
                    firstLine = line;
                }
                text.append((char) c);
                if (c == '\'' || c == '"') {
                    copyQuoted(text, c);
                }
            }
        }
    }

    /** A doubled quote needs no care: it reads as the end of one quoted text and the start of the next. */
    private void copyQuoted(StringBuilder text, int quote) throws IOException {
        for (int c = read(); c != END; c = read()) {
            text.append((char) c);
            if (c == quote) {
                return;
            }
        }
    }

    private void copyLine(StringBuilder text) throws IOException {
        for (int c = read(); c != END; c = read()) {
            text.append((char) c);
            if (c == '\n') {
                return;
            }
        }
    }

    private void copyBlock(StringBuilder text) throws IOException {
        int before = 0;
        for (int c = read(); c != END; c = read()) {
            text.append((char) c);
            if (before == '*' && c == '/') {
                return;
            }
            before = c;
        }
    }

    private int read() throws IOException {
        int c = in.read();
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private int peek() throws IOException {
        int c = in.read();
        if (c != END) {
            in.unread(c);
        }
        return c;
    }
}
