package io.rediscalcite.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis for one test class: {@code @RegisterExtension static final RedisServerExtension redis =
 * RedisServerExtension.start();}, with options behind it as in {@code .cluster().password("x")}. It is started by
 * {@code bin/redis-stack}; where no server can be had, the tests fail with that script's sentence.
 */
public final class RedisServerExtension implements BeforeAllCallback, AfterAllCallback {
    private final List<String> options = new ArrayList<>();
    private final Map<Integer, RespConnection> connections = new HashMap<>();
    private @Nullable String password;
    private @Nullable Process script;
    private JsonNode facts = new ObjectMapper().createObjectNode();

    private RedisServerExtension() {}

    /** One node with all modules, without caps, without password, unless options follow. */
    public static RedisServerExtension start() {
        return new RedisServerExtension();
    }

    /** With Redis Stack's own cap of 10,000 search results. */
    public RedisServerExtension withCaps() {
        return option("--caps");
    }

    /** Six nodes: three masters, each with a replica. */
    public RedisServerExtension cluster() {
        return option("--cluster");
    }

    /** No modules. */
    public RedisServerExtension plain() {
        return option("--plain");
    }

    /** TLS too, on {@link #tlsPort()}. */
    public RedisServerExtension tls() {
        return option("--tls");
    }

    /** A sentinel, told by {@link #set} what to watch. */
    RedisServerExtension sentinel() {
        return option("--sentinel");
    }

    /** The password of the default user. */
    public RedisServerExtension password(String password) {
        this.password = password;
        return option("--password", password);
    }

    /** A line of redis.conf. */
    public RedisServerExtension set(String name, String value) {
        return option("--set", name, value);
    }

    private RedisServerExtension option(String... words) {
        options.addAll(List.of(words));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        launch(0);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** The port, or that of the first master. */
    public int port() {
        return ports().get(0);
    }

    /** The ports of all nodes: in a cluster three masters, then the replica of each. */
    public List<Integer> ports() {
        return integers("ports");
    }

    public int tlsPort() {
        return integers("tlsPorts").get(0);
    }

    /** A file of the TLS setup: {@code caFile}, {@code clientCertFile} or {@code clientKeyFile}, all PEM. */
    public Path tlsFile(String name) {
        return Path.of(facts.path(name).asText());
    }

    /** The URL without credentials. */
    public String url() {
        return "jdbc:redis-sql://127.0.0.1:" + port();
    }

    /** Kills every server process at once, as a crash would. */
    public void kill() {
        for (int pid : integers("pids")) {
            ProcessHandle.of(pid).ifPresent(process -> {
                process.destroyForcibly();
                process.onExit().join();
            });
        }
        closeConnections();
    }

    /** Kills the node of that position in {@link #ports()}; when this returns, nobody listens there any more. */
    public void kill(int node) {
        ProcessHandle.of(integers("pids").get(node)).ifPresent(ProcessHandle::destroyForcibly);
        closeConnections();
        // The script that started it may leave its exit unseen while the other nodes run, so the port tells.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (isListening(ports().get(node))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("node " + node + " lives on");
            }
        }
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    /** Starts anew and empty on the same port, after a {@link #kill()} or in full flight. */
    public void restart() {
        int port = port();
        kill();
        stop();
        launch(port);
    }

    /** The reply of the first node (in a cluster, of the node that owns the key) as String, Long, List or null. */
    public @Nullable Object exec(Object... command) {
        int port = port();
        for (int hop = 0; hop < 5; hop++) {
            try {
                return node(port).exec(command);
            } catch (RespConnection.ServerError e) {
                String text = String.valueOf(e.getMessage());
                if (!text.startsWith("MOVED ")) {
                    throw e;
                }
                port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
            }
        }
        throw new IllegalStateException("redirected too often");
    }

    /** The replies of the first node, errors among them as {@link RespConnection.ServerError}. */
    public List<@Nullable Object> pipeline(List<Object[]> commands) {
        return node(port()).pipeline(commands);
    }

    /** This extension's own connection to the node on that port. */
    public RespConnection node(int port) {
        return connections.computeIfAbsent(port, p -> new RespConnection(p, password));
    }

    /** Empties every master. */
    public void flush() {
        for (int port : masterPorts()) {
            node(port).exec("FLUSHALL");
        }
    }

    /** How often each command was called so far: {@code hmget} or {@code client|list}, summed over the masters. */
    public Map<String, Long> commandStats() {
        Map<String, Long> calls = new TreeMap<>();
        for (int port : masterPorts()) {
            String info = String.valueOf(node(port).exec("INFO", "commandstats"));
            for (String line : info.split("\r\n")) {
                if (line.startsWith("cmdstat_")) {
                    String name = line.substring("cmdstat_".length(), line.indexOf(':'));
                    String count = line.substring(line.indexOf("calls=") + 6, line.indexOf(','));
                    calls.merge(name, Long.valueOf(count), Long::sum);
                }
            }
        }
        return calls;
    }

    private List<Integer> masterPorts() {
        return facts.path("cluster").asBoolean() ? ports().subList(0, 3) : ports();
    }

    private List<Integer> integers(String name) {
        List<Integer> values = new ArrayList<>();
        facts.path(name).forEach(value -> values.add(value.asInt()));
        if (values.isEmpty()) {
            throw new IllegalStateException("the server has no " + name + ": is it started, and with that option?");
        }
        return values;
    }

    void launch(int port) {
        List<String> command = new ArrayList<>();
        command.add(root().resolve("bin").resolve("redis-stack").toString());
        command.addAll(List.of("run", "--until-eof", "--port", Integer.toString(port)));
        command.addAll(options);
        try {
            Path complaints = Files.createTempFile("redis-stack", ".err");
            try {
                Process started = new ProcessBuilder(command)
                        .redirectError(complaints.toFile())
                        .start();
                script = started;
                BufferedReader reader = started.inputReader(StandardCharsets.UTF_8);
                String line = reader.readLine();
                if (line == null) {
                    throw new IllegalStateException("no Redis server for the tests: "
                            + Files.readString(complaints).strip());
                }
                facts = new ObjectMapper().readTree(line);
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no Redis server for the tests", e);
        }
    }

    void stop() {
        closeConnections();
        Process running = script;
        script = null;
        if (running != null) {
            try {
                running.getOutputStream().close();
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    running.destroy();
                }
            } catch (IOException e) {
                running.destroy();
            } catch (InterruptedException e) {
                running.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeConnections() {
        connections.values().forEach(RespConnection::close);
        connections.clear();
    }

    private static Path root() {
        String given = System.getProperty("redis-sql.root");
        Path folder =
                Path.of(given != null ? given : System.getProperty("user.dir")).toAbsolutePath();
        for (Path candidate = folder; candidate != null; candidate = candidate.getParent()) {
            if (Files.isExecutable(candidate.resolve("bin").resolve("redis-stack"))) {
                return candidate;
            }
        }
        throw new IllegalStateException("no Redis server for the tests: bin/redis-stack isn't in or above " + folder);
    }
}
