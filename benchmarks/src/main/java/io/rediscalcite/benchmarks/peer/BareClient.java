package io.rediscalcite.benchmarks.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blocking socket and a reader of RESP2 by hand: the least that a client on the JVM can do. Not thread-safe.
 *
 * <p>Bulk replies are read in place: {@link #mark} begins a stretch whose bytes stay in the buffer, and {@link #bulk} tells where
 * in that stretch a value lies.
 */
public final class BareClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int mark;
    private int position;
    private int limit;
    private int length;

    public BareClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    public void send(Request request) throws IOException {
        request.writeTo(socket.getOutputStream());
    }

    /** Sends one command and returns its reply: a String, a Long, a List of these, or null. */
    public @Nullable Object call(Object... words) throws IOException {
        send(new Request().add(words));
        return read();
    }

    /**
     * Sends a pipeline and passes over its replies.
     *
     * @throws IOException if one of them is an error
     */
    public void callAll(Request request) throws IOException {
        send(request);
        for (int i = 0; i < request.commands(); i++) {
            pass();
        }
    }

    /** The next reply: a String, a Long, a List of these, or null. */
    public @Nullable Object read() throws IOException {
        mark();
        byte type = line();
        return switch (type) {
            case '+' -> text(position - 2 - length, length);
            case ':' -> number();
            case '$' -> string((int) number());
            case '*' -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (long left = number(); left > 0; left--) {
                    values.add(read());
                }
                yield values;
            }
            default -> throw new IOException("Redis answers " + text(position - 2 - length, length));
        };
    }

    private @Nullable String string(int size) throws IOException {
        if (size < 0) {
            return null;
        }
        need(size + 2);
        position += size + 2;
        return text(position - size - 2, size);
    }

    /**
     * Passes over a whole reply, and makes nothing of it.
     *
     * @throws IOException if it is an error
     */
    public void pass() throws IOException {
        for (long left = 1; left > 0; left--) {
            mark();
            byte type = line();
            if (type == '*') {
                left += number();
            } else if (type == '$' && number() >= 0) {
                int size = (int) number();
                need(size + 2);
                position += size + 2;
            } else if (type == '-') {
                throw new IOException("Redis answers " + text(position - 2 - length, length));
            }
        }
    }

    /** Passes over a reply that is one line, also over an error. */
    public void skipLine() throws IOException {
        mark();
        line();
    }

    /** From here on bytes stay where they are, relative to {@link #start}, until the next mark. */
    void mark() {
        mark = position;
    }

    /** Where the marked stretch begins in {@link #buffer} now. */
    int start() {
        return mark;
    }

    byte[] buffer() {
        return buffer;
    }

    /** How many elements the array has that comes next. */
    int array() throws IOException {
        expect('*');
        return (int) number();
    }

    /**
     * Passes over the next bulk string.
     *
     * @return where it begins, counted from {@link #start}; {@link #length} has its length, -1 for null
     */
    int bulk() throws IOException {
        expect('$');
        length = (int) number();
        if (length < 0) {
            return position - mark;
        }
        need(length + 2);
        int from = position - mark;
        position += length + 2;
        return from;
    }

    /** The length of the last bulk string; -1 for null. */
    int length() {
        return length;
    }

    private void expect(char expected) throws IOException {
        byte found = line();
        if (found != expected) {
            throw new IOException("expected " + expected + ", but Redis answers " + (char) found
                    + text(position - 2 - length, length));
        }
    }

    /** Passes over a line; {@link #length} is that of its text behind the type, which is returned. */
    private byte line() throws IOException {
        int end = 1;
        while (true) {
            need(end + 2);
            if (buffer[position + end] == '\r') {
                break;
            }
            end++;
        }
        byte type = buffer[position];
        position += end + 2;
        length = end - 1;
        return type;
    }

    private long number() {
        int from = position - 2 - length;
        boolean negative = buffer[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < position - 2; i++) {
            value = value * 10 + (buffer[i] - '0');
        }
        return negative ? -value : value;
    }

    private String text(int from, int size) {
        return new String(buffer, from, size, UTF_8);
    }

    private void need(int bytes) throws IOException {
        while (limit - position < bytes) {
            if (mark > 0 && buffer.length - position < bytes) {
                System.arraycopy(buffer, mark, buffer, 0, limit - mark);
                limit -= mark;
                position -= mark;
                mark = 0;
            }
            if (buffer.length - position < bytes) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, position + bytes));
            }
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                throw new EOFException("Redis closed the connection");
            }
            limit += read;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
