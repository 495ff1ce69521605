package io.rediscalcite.jdbc.function;

import java.util.Comparator;
import org.apache.calcite.linq4j.function.Strict;

/**
 * The order of text by code point, which is also that of its UTF-8 bytes.
 *
 * <p>Java compares by UTF-16 unit: there, a character above U+FFFF is a pair of units below U+E000 and so comes before U+E000 to
 * U+FFFF. Text without any unit from U+D800 on has the same place in both orders, also when compared with text that has some.
 */
public final class CodePointOrder implements Comparator<String> {
    public static final CodePointOrder INSTANCE = new CodePointOrder();

    private static final char FIRST_UNPLAIN = Character.MIN_SURROGATE;

    /** Stands before what replaces a character above U+FFFF; the two largest characters themselves get out of its way. */
    private static final char ABOVE = '\uFFFF';

    private static final char LAST_UNCHANGED = '\uFFFD';
    private static final int HALF_BITS = 10;
    private static final int HALF_MASK = (1 << HALF_BITS) - 1;

    private CodePointOrder() {}

    @Override
    public int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean both = a >= FIRST_UNPLAIN && b >= FIRST_UNPLAIN;
                return both && Character.isSurrogate(a) != Character.isSurrogate(b)
                        ? (Character.isSurrogate(a) ? 1 : -1)
                        : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** True if {@code text} has the same place in Java's order, whatever it is compared with. */
    public static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= FIRST_UNPLAIN) {
                return false;
            }
        }
        return true;
    }

    /** Text whose place in Java's order is {@code text}'s place by code point; {@code text} itself if it is plain. */
    @Strict
    public static String key(String text) {
        return isPlain(text) ? text : encoded(text);
    }

    private static String encoded(String text) {
        StringBuilder key = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(c -> {
            if (c <= LAST_UNCHANGED) {
                key.append((char) c);
            } else if (c <= Character.MAX_VALUE) {
                key.append((char) (ABOVE - 1)).append((char) (c - LAST_UNCHANGED));
            } else {
                int rest = c - Character.MIN_SUPPLEMENTARY_CODE_POINT;
                key.append(ABOVE).append((char) (rest >> HALF_BITS)).append((char) (rest & HALF_MASK));
            }
        });
        return key.toString();
    }
}
