package io.rediscalcite.jdbc.function;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import org.apache.calcite.linq4j.function.Strict;

/** Functions of text whose characters are code points, wherever they lie. NULL in is NULL out. */
@Strict
public final class TextFunctions {
    private TextFunctions() {}

    /** The number of characters. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Negative, zero or positive as {@code left} comes before {@code right}, is equal, or comes after it. */
    public static int compare(String left, String right) {
        return CodePointOrder.INSTANCE.compare(left, right);
    }

    /** The characters from number {@code from} on, counted from 1. */
    public static String substring(String text, int from) {
        return text.substring(index(text, from - 1L));
    }

    /** {@code count} characters from number {@code from} on; those before number 1 count too, but aren't there. */
    public static String substring(String text, int from, int count) {
        if (count < 0) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "SUBSTRING of a negative length: " + count);
        }
        return text.substring(index(text, from - 1L), index(text, from - 1L + count));
    }

    /** The place in Java's units of the character after the first {@code count}, within the text. */
    private static int index(String text, long count) {
        int wanted = (int) Math.max(0, Math.min(count, text.length()));
        return wanted >= length(text) ? text.length() : text.offsetByCodePoints(0, wanted);
    }

    /** The first {@code count} characters, or all but the last {@code -count}. */
    public static String left(String text, int count) {
        return text.substring(0, index(text, count < 0 ? (long) length(text) + count : count));
    }

    /** The last {@code count} characters, or all but the first {@code -count}. */
    public static String right(String text, int count) {
        return text.substring(index(text, count < 0 ? -(long) count : (long) length(text) - count));
    }

    /** {@code text} cut after {@code length} characters. */
    public static String truncate(String text, int length) {
        return text.length() <= length ? text : text.substring(0, index(text, length));
    }

    /** The number of the character where {@code part} first begins, or 0. */
    public static int position(String part, String text) {
        int found = text.indexOf(part);
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    /** As {@link #position(String, String)}, from character number {@code from} on. */
    public static int position(String part, String text, int from) {
        if (from < 1 || from > length(text) + 1) {
            return 0;
        }
        int found = text.indexOf(part, index(text, from - 1L));
        return found < 0 ? 0 : text.codePointCount(0, found) + 1;
    }

    /** {@code text} with the characters from number {@code from} on replaced, as many as {@code placed} has. */
    public static String overlay(String text, String placed, int from) {
        return overlay(text, placed, from, length(placed));
    }

    /** {@code text} with {@code count} characters from number {@code from} on replaced. */
    public static String overlay(String text, String placed, int from, int count) {
        if (from < 1) {
            throw new RedisSqlException(SqlState.BAD_VALUE, "OVERLAY from a place before the text: " + from);
        }
        return text.substring(0, index(text, from - 1L)) + placed + text.substring(index(text, from - 1L + count));
    }

    /** The characters in reverse. */
    public static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** {@code text} filled up at its begin with spaces, or cut, to {@code length} characters. */
    public static String leftPad(String text, int length) {
        return leftPad(text, length, " ");
    }

    /** {@code text} filled up at its begin with the characters of {@code fill}, or cut, to {@code length} characters. */
    public static String leftPad(String text, int length, String fill) {
        int present = length(text);
        return present >= length ? left(text, Math.max(0, length)) : filling(fill, length - present) + text;
    }

    /** {@code text} filled up at its end with spaces, or cut, to {@code length} characters. */
    public static String rightPad(String text, int length) {
        return rightPad(text, length, " ");
    }

    /** {@code text} filled up at its end with the characters of {@code fill}, or cut, to {@code length} characters. */
    public static String rightPad(String text, int length, String fill) {
        int present = length(text);
        return present >= length ? left(text, Math.max(0, length)) : text + filling(fill, length - present);
    }

    private static String filling(String fill, int count) {
        int period = length(fill);
        return period == 0 ? "" : left(fill.repeat(count / period + 1), count);
    }
}
