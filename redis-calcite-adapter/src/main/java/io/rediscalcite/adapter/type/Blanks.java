package io.rediscalcite.adapter.type;

/** Blanks around a value's text, which PostgreSQL's input functions skip, and so do we. */
final class Blanks {
    private Blanks() {}

    /** The first byte from {@code from} that is no blank; {@code to} if there is none. */
    static int start(byte[] buffer, int from, int to) {
        int at = from;
        while (at < to && isBlank(buffer[at])) {
            at++;
        }
        return at;
    }

    /** The byte behind the last one before {@code to} that is no blank; {@code from} if there is none. */
    static int end(byte[] buffer, int from, int to) {
        int at = to;
        while (at > from && isBlank(buffer[at - 1])) {
            at--;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
