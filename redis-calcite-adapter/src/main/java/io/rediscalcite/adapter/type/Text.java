package io.rediscalcite.adapter.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Text as Redis holds it, both ways, without loss: UTF-8, where a byte that is no part of a character becomes the lone
 * surrogate U+DC00 + byte.
 *
 * <p>Python calls the same scheme {@code surrogateescape}. It keeps {@code encode(decode(bytes))} equal to {@code bytes} for
 * any bytes, so that a key that isn't UTF-8 can be listed, compared, and asked for again.
 */
public final class Text {
    private static final char REPLACEMENT = '\uFFFD';
    private static final int ESCAPE = 0xDC00;

    private Text() {}

    /** The text of {@code bytes}. */
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /** The text of {@code length} bytes from {@code offset}. */
    public static String decode(byte[] buffer, int offset, int length) {
        String text = new String(buffer, offset, length, UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeEscaping(buffer, offset, length);
    }

    private static String decodeEscaping(byte[] buffer, int offset, int length) {
        StringBuilder text = new StringBuilder(length);
        int end = offset + length;
        int runStart = offset;
        int at = offset;
        while (at < end) {
            int size = sequenceLength(buffer, at, end);
            if (size > 0) {
                at += size;
            } else {
                text.append(new String(buffer, runStart, at - runStart, UTF_8));
                text.append(escaped(buffer[at]));
                at++;
                runStart = at;
            }
        }
        return text.append(new String(buffer, runStart, end - runStart, UTF_8)).toString();
    }

    /** The lone surrogate that stands for {@code b}, a byte that is no part of a character: U+DC80 to U+DCFF. */
    public static char escaped(byte b) {
        return (char) (ESCAPE + (b & 0xFF));
    }

    /** Bytes of the well-formed sequence at {@code at}, after Unicode's table 3-7; 0 if there is none. */
    private static int sequenceLength(byte[] buffer, int at, int end) {
        int first = buffer[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + size > end) {
            return 0;
        }
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int second = buffer[at + 1] & 0xFF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((buffer[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /**
     * The bytes of {@code text}: the inverse of {@link #decode(byte[])}.
     *
     * @throws BadValueException if the text has a lone surrogate that stands for no byte
     */
    public static byte[] encode(String text) {
        return hasLoneSurrogate(text) ? encodeEscaped(text) : text.getBytes(UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!isPair(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static byte[] encodeEscaped(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int size = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c) && !isPair(text, at)) {
                if (c < ESCAPE + 0x80 || c > ESCAPE + 0xFF) {
                    throw new BadValueException("has half a character at position " + (at + 1));
                }
                bytes[size++] = (byte) (c - ESCAPE);
                at++;
            } else {
                int next = text.offsetByCodePoints(at, 1);
                byte[] character = text.substring(at, next).getBytes(UTF_8);
                System.arraycopy(character, 0, bytes, size, character.length);
                size += character.length;
                at = next;
            }
        }
        return Arrays.copyOf(bytes, size);
    }

    /** Whether some bytes decode to {@code text}; false for lone surrogates that {@link #decode(byte[])} would never give. */
    public static boolean isDecoded(String text) {
        if (!hasLoneSurrogate(text)) {
            return true;
        }
        try {
            return decode(encodeEscaped(text)).equals(text);
        } catch (BadValueException halfACharacter) {
            return false;
        }
    }
}
