package io.rediscalcite.shell.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Redis Stack of this process alone, started by {@code bin/redis-stack}. It ends with this process, however that ends. */
final class PrivateServer implements AutoCloseable {
    /** Starts a command where a terminal's Ctrl-C doesn't reach it: that one is to cancel a statement, not to stop the server. */
    private static final List<String> IN_SESSION_OF_ITS_OWN =
            List.of("python3", "-c", "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])");

    private final Process script;
    private final int port;

    private PrivateServer(Process script, int port) {
        this.script = script;
        this.port = port;
    }

    /**
     * Starts the server, and installs it first if there is none on this computer; what that takes is told on standard error.
     *
     * @param port to listen on; 0 for a free one
     * @throws IOException if no server can be had; standard error says why
     */
    static PrivateServer start(int port) throws IOException {
        Path command = Path.of(System.getProperty("redis-sql.root", ""), "bin", "redis-stack");
        if (!Files.isExecutable(command)) {
            throw new IOException("the demo needs bin/redis-stack of the project, which isn't at "
                    + command.toAbsolutePath() + ": call ./redis-sql in the project's folder");
        }
        List<String> words = new ArrayList<>(IN_SESSION_OF_ITS_OWN);
        words.addAll(List.of(command.toString(), "run", "--until-eof", "--port", Integer.toString(port)));
        Process script = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader facts = script.inputReader(StandardCharsets.UTF_8);
        String line = facts.readLine();
        if (line == null) {
            throw new IOException("the demo has no Redis Stack to start");
        }
        return new PrivateServer(
                script, new ObjectMapper().readTree(line).path("ports").path(0).asInt());
    }

    int port() {
        return port;
    }

    /** Stops the server and waits for its end. */
    @Override
    public void close() throws IOException {
        script.getOutputStream().close();
        try {
            if (!script.waitFor(10, TimeUnit.SECONDS)) {
                script.destroy();
            }
        } catch (InterruptedException e) {
            script.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
