package io.rediscalcite.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A blocking RESP2 connection on a plain socket, written apart from the product's decoder so that tests see the server
 * with another eye. Arguments may be {@code byte[]}; anything else is sent as its text in UTF-8.
 */
public final class RespConnection implements AutoCloseable {
    /** The server answered with an error; the message is its text. */
    public static final class ServerError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ServerError(String text) {
            super(text);
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    public RespConnection(int port, @Nullable String password) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (password != null) {
            exec("AUTH", password);
        }
    }

    /** The reply as String, Long, List or null; an error reply is thrown as {@link ServerError}. */
    public @Nullable Object exec(Object... command) {
        Object reply = text(send(List.<Object[]>of(command)).get(0));
        if (reply instanceof ServerError error) {
            throw error;
        }
        return reply;
    }

    /** The bytes of a bulk reply, as they are. */
    public byte @Nullable [] bytes(Object... command) {
        Object reply = send(List.<Object[]>of(command)).get(0);
        if (reply instanceof ServerError error) {
            throw error;
        }
        return (byte[]) reply;
    }

    /** The replies in order; an error is an element and not thrown. */
    public List<@Nullable Object> pipeline(List<Object[]> commands) {
        List<@Nullable Object> replies = new ArrayList<>();
        for (int from = 0; from < commands.size(); from += 1000) {
            for (Object reply : send(commands.subList(from, Math.min(commands.size(), from + 1000)))) {
                replies.add(text(reply));
            }
        }
        return replies;
    }

    private List<@Nullable Object> send(List<Object[]> commands) {
        try {
            for (Object[] command : commands) {
                out.write(("*" + command.length + "\r\n").getBytes(UTF_8));
                for (Object argument : command) {
                    byte[] bytes = argument instanceof byte[] raw
                            ? raw
                            : String.valueOf(argument).getBytes(UTF_8);
                    out.write(("$" + bytes.length + "\r\n").getBytes(UTF_8));
                    out.write(bytes);
                    out.write('\r');
                    out.write('\n');
                }
            }
            out.flush();
            List<@Nullable Object> replies = new ArrayList<>();
            for (int i = 0; i < commands.size(); i++) {
                replies.add(read());
            }
            return replies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Object read() throws IOException {
        String line = readLine();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> new ServerError(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> rest.equals("-1") ? null : readBulk(Integer.parseInt(rest));
            case '*' -> rest.equals("-1") ? null : readList(Integer.parseInt(rest));
            default -> throw new IOException("not RESP2: " + line);
        };
    }

    private byte[] readBulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        in.readFully(new byte[2]);
        return bytes;
    }

    private List<@Nullable Object> readList(int size) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(read());
        }
        return list;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) c);
        }
        in.readByte();
        return line.toString();
    }

    private static @Nullable Object text(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, UTF_8);
        }
        if (reply instanceof List<?> list) {
            List<@Nullable Object> texts = new ArrayList<>();
            for (Object element : list) {
                texts.add(text(element));
            }
            return texts;
        }
        return reply;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
