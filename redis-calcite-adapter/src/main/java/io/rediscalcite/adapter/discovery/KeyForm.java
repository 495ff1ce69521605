package io.rediscalcite.adapter.discovery;

/** What a segment of a key looks like. */
enum KeyForm {
    /** A whole number of at most 18 digits in its one spelling: no zeros in front, no plus. */
    INTEGER,
    /** {@code 2013-01-31}. */
    DATE,
    /** Any other number, a UUID, a ULID, a long hexadecimal number; or anything of all these in a cluster's braces. */
    ID,
    /** Anything else. */
    NAME;

    private static final int LONGEST_INTEGER = 18;
    private static final int UUID_LENGTH = 36;
    private static final int ULID_LENGTH = 26;
    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST_HEXADECIMAL = 16;

    /** The form of {@code key} between two positions. By hand, since a discovery asks it a million times. */
    static KeyForm of(String key, int from, int to) {
        int length = to - from;
        if (length == 0) {
            return NAME;
        }
        char first = key.charAt(from);
        if (first == '{' && length > 2 && key.charAt(to - 1) == '}') {
            return of(key, from + 1, to - 1) == NAME ? NAME : ID;
        }
        int digitsFrom = first == '-' ? from + 1 : from;
        if (digitsFrom < to && all(key, digitsFrom, to, Letters.DIGIT)) {
            int digits = to - digitsFrom;
            boolean oneSpelling = key.charAt(digitsFrom) != '0' || length == 1;
            return oneSpelling && digits <= LONGEST_INTEGER ? INTEGER : ID;
        }
        if (length == DATE_LENGTH && isDate(key, from)) {
            return DATE;
        }
        return isUuid(key, from, length) || isUlid(key, from, length) || isHexadecimal(key, from, to) ? ID : NAME;
    }

    private static boolean isDate(String key, int from) {
        return key.charAt(from + 4) == '-'
                && key.charAt(from + 7) == '-'
                && all(key, from, from + 4, Letters.DIGIT)
                && all(key, from + 5, from + 7, Letters.DIGIT)
                && all(key, from + 8, from + DATE_LENGTH, Letters.DIGIT);
    }

    private static boolean isUuid(String key, int from, int length) {
        if (length != UUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = key.charAt(from + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !Letters.HEXADECIMAL.holds(c) && !Letters.CAPITAL_HEXADECIMAL.holds(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUlid(String key, int from, int length) {
        return length == ULID_LENGTH
                && key.charAt(from) >= '0'
                && key.charAt(from) <= '7'
                && all(key, from, from + length, Letters.CROCKFORD);
    }

    private static boolean isHexadecimal(String key, int from, int to) {
        if (to - from < SHORTEST_HEXADECIMAL || !all(key, from, to, Letters.HEXADECIMAL)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (Letters.DIGIT.holds(key.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean all(String key, int from, int to, Letters letters) {
        for (int i = from; i < to; i++) {
            if (!letters.holds(key.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private enum Letters {
        DIGIT("0123456789"),
        HEXADECIMAL("0123456789abcdef"),
        CAPITAL_HEXADECIMAL("0123456789ABCDEF"),
        /** Without the letters that are easily taken for others. */
        CROCKFORD("0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz");

        private final boolean[] held = new boolean[128];

        Letters(String letters) {
            letters.chars().forEach(c -> held[c] = true);
        }

        boolean holds(char c) {
            return c < held.length && held[c];
        }
    }
}
