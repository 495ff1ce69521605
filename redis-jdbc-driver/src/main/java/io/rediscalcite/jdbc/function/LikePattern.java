package io.rediscalcite.jdbc.function;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import org.apache.calcite.linq4j.function.Strict;

/**
 * LIKE: {@code %} matches any text and {@code _} any one character, also the end of a line; a backslash takes away what the next
 * character means, unless ESCAPE names another character for that, or none. NULL in is NULL out.
 */
@Strict
public final class LikePattern {
    private static final int NO_ESCAPE = -1;
    private static final int DEFAULT_ESCAPE = '\\';

    private LikePattern() {}

    /** {@code text LIKE pattern}. */
    public static boolean like(String text, String pattern) {
        return new Matcher(text, pattern, DEFAULT_ESCAPE, false).matches();
    }

    /** {@code text LIKE pattern ESCAPE escape}. */
    public static boolean like(String text, String pattern, String escape) {
        return new Matcher(text, pattern, escape(escape), false).matches();
    }

    /** {@code text ILIKE pattern}: letters match in either case. */
    public static boolean likeIgnoringCase(String text, String pattern) {
        return new Matcher(text, pattern, DEFAULT_ESCAPE, true).matches();
    }

    /** {@code text ILIKE pattern ESCAPE escape}. */
    public static boolean likeIgnoringCase(String text, String pattern, String escape) {
        return new Matcher(text, pattern, escape(escape), true).matches();
    }

    private static int escape(String escape) {
        if (escape.isEmpty()) {
            return NO_ESCAPE;
        }
        if (TextFunctions.length(escape) > 1) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "ESCAPE takes one character, and not '" + escape + "'");
        }
        return escape.codePointAt(0);
    }

    private record Matcher(String text, String pattern, int escape, boolean ignoringCase) {
        /** Goes through both once; where they part, tries again with the last {@code %} one character longer. */
        boolean matches() {
            int t = 0;
            int p = 0;
            int afterPercent = -1;
            int retry = 0;
            while (t < text.length()) {
                int wanted = p < pattern.length() ? pattern.codePointAt(p) : -1;
                if (wanted == '%' && wanted != escape) {
                    p++;
                    afterPercent = p;
                    retry = t;
                    continue;
                }
                int next = wanted < 0 ? p : behindElement(p);
                if (wanted >= 0 && matches(text.codePointAt(t), p)) {
                    t += Character.charCount(text.codePointAt(t));
                    p = next;
                } else if (afterPercent >= 0) {
                    retry += Character.charCount(text.codePointAt(retry));
                    t = retry;
                    p = afterPercent;
                } else {
                    return false;
                }
            }
            while (p < pattern.length() && pattern.charAt(p) == '%' && escape != '%') {
                p++;
            }
            return p == pattern.length();
        }

        private int behindElement(int p) {
            int c = pattern.codePointAt(p);
            int next = p + Character.charCount(c);
            if (c != escape) {
                return next;
            }
            if (next == pattern.length()) {
                throw new RedisSqlException(
                        SqlState.BAD_VALUE,
                        "the LIKE pattern '" + pattern + "' must not end with its escape character");
            }
            return next + Character.charCount(pattern.codePointAt(next));
        }

        private boolean matches(int c, int p) {
            int wanted = pattern.codePointAt(p);
            if (wanted == escape) {
                return same(c, pattern.codePointAt(p + Character.charCount(wanted)));
            }
            return wanted == '_' || same(c, wanted);
        }

        private boolean same(int a, int b) {
            return a == b || (ignoringCase && folded(a) == folded(b));
        }

        private static int folded(int c) {
            return Character.toLowerCase(Character.toUpperCase(c));
        }
    }
}
