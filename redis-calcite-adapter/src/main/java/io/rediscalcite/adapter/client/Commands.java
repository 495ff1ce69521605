package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * A pipeline of commands under construction, encoded as RESP in one array. After {@link #begin} come exactly as many
 * arguments as announced, the command's name being the first. Not thread-safe, and not to be changed once sent.
 */
public final class Commands {
    /** Bytes of a length with its type and the line's end, at most. */
    private static final int MOST_HEADER = 14;

    /** Of a positive long; ten to this power is none. */
    private static final int MOST_DIGITS = 19;

    private static final byte[] MIN_LONG = Long.toString(Long.MIN_VALUE).getBytes(UTF_8);
    private static final byte[] ASKING = "*1\r\n$6\r\nASKING\r\n".getBytes(UTF_8);

    private final boolean asking;
    private byte[] bytes;
    private int size;
    private int count;

    public Commands() {
        this(256);
    }

    /** Room for that many bytes before the array must grow. */
    public Commands(int capacity) {
        this(capacity, false);
    }

    private Commands(int capacity, boolean asking) {
        this.bytes = new byte[Math.max(16, capacity)];
        this.asking = asking;
    }

    /**
     * Commands that each go behind an ASKING, as a cluster's ASK reply wants it: the node takes them though the slot isn't its
     * own yet. Replies are those of the commands alone.
     */
    public static Commands asking(int capacity) {
        return new Commands(capacity, true);
    }

    /** Opens a command of that many arguments, its name included. */
    public Commands begin(int arguments) {
        if (asking) {
            ensure(ASKING.length);
            System.arraycopy(ASKING, 0, bytes, size, ASKING.length);
            size += ASKING.length;
        }
        ensure(MOST_HEADER);
        header('*', arguments);
        count++;
        return this;
    }

    public Commands arg(byte[] value) {
        return arg(value, 0, value.length);
    }

    public Commands arg(byte[] value, int offset, int length) {
        ensure(MOST_HEADER + length + 2);
        header('$', length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
        crlf();
        return this;
    }

    /** In UTF-8. */
    public Commands arg(String value) {
        return arg(value.getBytes(UTF_8));
    }

    /** As decimal text. */
    public Commands arg(long value) {
        if (value == Long.MIN_VALUE) {
            return arg(MIN_LONG);
        }
        int digits = digits(Math.abs(value));
        int length = value < 0 ? digits + 1 : digits;
        ensure(MOST_HEADER + length + 2);
        header('$', length);
        if (value < 0) {
            bytes[size++] = '-';
        }
        decimal(Math.abs(value), digits);
        crlf();
        return this;
    }

    /** A whole command. */
    public Commands add(String... arguments) {
        begin(arguments.length);
        for (String argument : arguments) {
            arg(argument);
        }
        return this;
    }

    /** A whole command. */
    public Commands add(byte[]... arguments) {
        begin(arguments.length);
        for (byte[] argument : arguments) {
            arg(argument);
        }
        return this;
    }

    /** How many commands, and so replies. */
    public int count() {
        return count;
    }

    boolean isAsking() {
        return asking;
    }

    /** How many bytes so far. */
    public int size() {
        return size;
    }

    /** The array that holds the encoded commands, from 0 to {@link #size()}. */
    byte[] array() {
        return bytes;
    }

    /** There must be room for it. */
    private void header(char type, int number) {
        bytes[size++] = (byte) type;
        if (number < 10) {
            bytes[size++] = (byte) ('0' + number);
        } else {
            decimal(number, digits(number));
        }
        crlf();
    }

    private void decimal(long number, int digits) {
        size += digits;
        int at = size;
        do {
            bytes[--at] = (byte) ('0' + number % 10);
            number /= 10;
        } while (number != 0);
    }

    private void crlf() {
        bytes[size++] = '\r';
        bytes[size++] = '\n';
    }

    private static int digits(long number) {
        int digits = 1;
        for (long limit = 10; digits < MOST_DIGITS && number >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L)));
        }
    }
}
