package io.rediscalcite.shell.format;

import org.jline.utils.WCWidth;

/** Text as a terminal shows it. */
final class TextWidth {
    private TextWidth() {}

    /** How many columns of a terminal the text takes: two for wide East Asian characters, none for combining marks. */
    static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            width += Math.max(0, WCWidth.wcwidth(codePoint));
            i += Character.charCount(codePoint);
        }
        return width;
    }

    /** Control characters but the line feed, which could command the terminal, as {@code \t}, {@code \r} or {@code \x1b}. */
    static String printable(String text) {
        int i = 0;
        while (i < text.length() && !isControl(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 8).append(text, 0, i);
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isControl(c)) {
                printable.append(c);
            } else if (c == '\t') {
                printable.append("\\t");
            } else if (c == '\r') {
                printable.append("\\r");
            } else {
                printable.append(String.format("\\x%02x", (int) c));
            }
        }
        return printable.toString();
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c) && c != '\n';
    }
}
