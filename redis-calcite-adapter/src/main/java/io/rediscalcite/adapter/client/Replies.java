package io.rediscalcite.adapter.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.util.Arrays;

/**
 * The replies to one {@link RedisLink#send}: the bytes as they came, and for each value where it stands in them. Values
 * lie flat, a parent before its children, so {@code [1, ["a", "b"]]} is the four tokens ARRAY(2) INTEGER ARRAY(2) BULK
 * BULK. Immutable, and free of any connection.
 */
public final class Replies {
    /** What a value is, over RESP2 and RESP3; all spellings of null are {@link #NULL}, verbatim text is a BULK. */
    public enum Kind {
        SIMPLE('+'),
        ERROR('-'),
        INTEGER(':'),
        BULK('$'),
        DOUBLE(','),
        BOOLEAN('#'),
        BIG_NUMBER('('),
        NULL('_'),
        ARRAY('*'),
        MAP('%'),
        SET('~');

        private static final Kind[] BY_TYPE = new Kind[128];

        static {
            for (Kind kind : values()) {
                BY_TYPE[kind.type] = kind;
            }
        }

        private final char type;

        Kind(char type) {
            this.type = type;
        }
    }

    private final Endpoint from;
    private final byte[] data;
    private final byte[] types;
    private final int[] starts;
    private final int[] lengths;
    private final int tokens;
    private final int count;

    Replies(Endpoint from, byte[] data, byte[] types, int[] starts, int[] lengths, int tokens, int count) {
        this.from = from;
        this.data = data;
        this.types = types;
        this.starts = starts;
        this.lengths = lengths;
        this.tokens = tokens;
        this.count = count;
    }

    /** How many replies: one for each command of the send. */
    public int count() {
        return count;
    }

    /** How many bytes came. */
    public int size() {
        return data.length;
    }

    /** The server that replied. */
    public Endpoint from() {
        return from;
    }

    /** True if one of the values is an error. */
    public boolean hasError() {
        for (int i = 0; i < tokens; i++) {
            if (types[i] == '-') {
                return true;
            }
        }
        return false;
    }

    /** Every second reply: those to commands that each had an ASKING in front. */
    Replies withoutAsking() {
        byte[] keptTypes = new byte[tokens];
        int[] keptStarts = new int[tokens];
        int[] keptLengths = new int[tokens];
        int kept = 0;
        Cursor cursor = cursor();
        for (boolean keep = false; cursor.next(); keep = !keep) {
            int first = cursor.at;
            cursor.skip();
            if (keep) {
                int values = cursor.at + 1 - first;
                System.arraycopy(types, first, keptTypes, kept, values);
                System.arraycopy(starts, first, keptStarts, kept, values);
                System.arraycopy(lengths, first, keptLengths, kept, values);
                kept += values;
            }
        }
        return new Replies(from, data, keptTypes, keptStarts, keptLengths, kept, count / 2);
    }

    /** A new reader before the first value. */
    public Cursor cursor() {
        return new Cursor();
    }

    /** Reads values in their order, without an object for each. What it tells is of the current value. */
    public final class Cursor {
        private int at = -1;

        private Cursor() {}

        /** Steps to the next value, the first child where the current one has children; false after the last. */
        public boolean next() {
            return ++at < tokens;
        }

        public Kind kind() {
            return Kind.BY_TYPE[types[at]];
        }

        public boolean isNull() {
            return types[at] == '_';
        }

        public boolean isError() {
            return types[at] == '-';
        }

        /** How many children follow, two for each pair of a map; 0 for null and whatever has none. */
        public int arrayLength() {
            return isAggregate() ? lengths[at] : 0;
        }

        /** The array that holds the value's bytes, not to be changed: a window from {@link #offset()}. */
        public byte[] buffer() {
            return data;
        }

        public int offset() {
            return starts[at];
        }

        /** How many bytes the value has; 0 for null, -1 for a value with children. */
        public int length() {
            return isAggregate() ? -1 : lengths[at];
        }

        /** The value's bytes as UTF-8. */
        public String text() {
            return new String(data, starts[at], checkedLength(), UTF_8);
        }

        public byte[] bytes() {
            return Arrays.copyOfRange(data, starts[at], starts[at] + checkedLength());
        }

        /** An integer, a boolean as 1 or 0, or text that holds an integer of 64 bits; anything else is a BAD_VALUE. */
        public long longValue() {
            int start = starts[at];
            int length = checkedLength();
            if (types[at] == '#') {
                return data[start] == 't' ? 1 : 0;
            }
            int first = length > 0 && (data[start] == '-' || data[start] == '+') ? start + 1 : start;
            int end = start + length;
            // Eighteen digits can't overflow; longer ones, and whatever isn't digits, go the careful way.
            long value = 0;
            boolean plain = first < end && end - first <= 18;
            for (int i = first; plain && i < end; i++) {
                int digit = data[i] - '0';
                plain = digit >= 0 && digit <= 9;
                value = value * 10 + digit;
            }
            if (plain) {
                return data[start] == '-' ? -value : value;
            }
            try {
                return Long.parseLong(text());
            } catch (NumberFormatException e) {
                throw new RedisSqlException(
                        SqlState.BAD_VALUE, "Expected an integer from " + from + ", but it sent '" + text() + "'.", e);
            }
        }

        /** The error as an exception that names the command and the server. */
        public RedisSqlException error(String command) {
            return RedisErrors.of(text(), command, from);
        }

        /** Passes over the children of the current value, to its last descendant, so that next() is behind them. */
        public void skip() {
            for (long open = arrayLength(); open > 0; open--) {
                at++;
                open += arrayLength();
            }
        }

        private boolean isAggregate() {
            byte type = types[at];
            return type == '*' || type == '%' || type == '~';
        }

        private int checkedLength() {
            if (isAggregate()) {
                throw new RedisSqlException(
                        SqlState.SERVER_ERROR,
                        "Expected a single value from " + from + ", but it sent " + kind() + ".");
            }
            return lengths[at];
        }
    }
}
