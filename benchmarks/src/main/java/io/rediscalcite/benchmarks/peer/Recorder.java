package io.rediscalcite.benchmarks.peer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a local server, and keeps what the client sends while it is asked to, for others to send the same. */
public final class Recorder implements AutoCloseable {
    private final int serverPort;
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable ByteArrayOutputStream record;

    /** Listens, on a port that is free. */
    public Recorder(int serverPort) throws IOException {
        this.serverPort = serverPort;
        start(this::accept);
    }

    /** The port for the client to connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** What the client does, by one connection. */
    public interface Sending {
        void run() throws Exception;
    }

    /** The commands that are sent meanwhile, all of whose replies are waited for. */
    public byte[] during(Sending sending) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        record = bytes;
        try {
            sending.run();
        } finally {
            record = null;
        }
        return bytes.toByteArray();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = kept(listening.accept());
            Socket server = kept(new Socket(InetAddress.getLoopbackAddress(), serverPort));
            start(() -> pass(client, server, true));
            start(() -> pass(server, client, false));
        }
    }

    private Socket kept(Socket socket) {
        open.add(socket);
        return socket;
    }

    private void pass(Socket from, Socket to, boolean recorded) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                ByteArrayOutputStream bytes = record;
                if (recorded && bytes != null) {
                    bytes.write(buffer, 0, read);
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // Whoever still waits for an answer finds its own connection closed, too.
                        return;
                    }
                },
                "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
