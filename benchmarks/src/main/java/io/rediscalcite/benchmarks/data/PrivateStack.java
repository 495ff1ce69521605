package io.rediscalcite.benchmarks.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Redis Stack of this process alone, started by {@code bin/redis-stack}: one server, or a cluster. It ends with this process. */
public final class PrivateStack implements AutoCloseable {
    private static final int MASTERS = 3;

    private final Process script;
    private final JsonNode facts;

    private PrivateStack(Process script, JsonNode facts) {
        this.script = script;
        this.facts = facts;
    }

    /**
     * Starts it.
     *
     * @param root the project's folder
     * @param options of {@code bin/redis-stack run}
     * @throws IOException if no server can be had; standard error says why
     */
    public static PrivateStack start(Path root, String... options) throws IOException {
        List<String> words = new ArrayList<>(
                List.of(root.resolve("bin").resolve("redis-stack").toString(), "run", "--until-eof"));
        words.addAll(Arrays.asList(options));
        Process script = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader facts = script.inputReader(StandardCharsets.UTF_8);
        String line = facts.readLine();
        if (line == null) {
            throw new IOException("there is no Redis Stack to measure: see above");
        }
        return new PrivateStack(script, new ObjectMapper().readTree(line));
    }

    /** The port of the server, or of a cluster's first master. */
    public int port() {
        return facts.path("ports").path(0).asInt();
    }

    /** The ports of a cluster's masters. */
    public List<Integer> masters() {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < MASTERS; i++) {
            ports.add(facts.path("ports").path(i).asInt());
        }
        return ports;
    }

    public String version() {
        return facts.path("version").asText();
    }

    public String url() {
        return "jdbc:redis-sql://127.0.0.1:" + port();
    }

    @Override
    public void close() throws IOException {
        script.getOutputStream().close();
        try {
            if (!script.waitFor(20, TimeUnit.SECONDS)) {
                script.destroy();
            }
        } catch (InterruptedException e) {
            script.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
