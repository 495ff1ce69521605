package io.rediscalcite.shell;

import io.rediscalcite.shell.serve.AvaticaServer;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code redis-sql serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Serve the tables of a Redis to Avatica's clients: protobuf over HTTP, or HTTPS with --key-store.",
            "The password that clients must give comes from $REDIS_SQL_SERVE_PASSWORD, that of the key store from",
            "$REDIS_SQL_KEY_STORE_PASSWORD."
        })
public final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "0 for any that is free (default: 8765)")
    private int port = 8765;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "where to listen (default: 127.0.0.1)")
    private String host = "127.0.0.1";

    @Option(names = "--login", paramLabel = "NAME", description = "the user name of clients (default: redis)")
    private String login = "redis";

    @Option(names = "--no-login", description = "let any program on this machine in, without a password")
    private boolean noLogin;

    @Option(names = "--key-store", paramLabel = "FILE", description = "the server's key and certificate, for HTTPS")
    private @Nullable Path keyStore;

    @Mixin
    private Target target = new Target();

    @Override
    public Integer call() throws SQLException, InterruptedException, UnknownHostException {
        AvaticaServer.Options options = new AvaticaServer.Options(host, port, login(), tls());
        String url = target.url();
        Properties properties = target.properties();
        // Kept open, so that the clients' connections share its tables; and a wrong URL is told at once.
        try (Connection shared = DriverManager.getConnection(url, properties);
                AvaticaServer server = AvaticaServer.start(url, properties, options)) {
            PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            out.println("Serving " + shared.getMetaData().getURL() + " at " + (keyStore == null ? "http" : "https")
                    + "://" + host + ":" + server.port() + ": jdbc:avatica:remote:serialization=protobuf;url=...");
            server.join();
        }
        return 0;
    }

    private AvaticaServer.@Nullable Login login() throws UnknownHostException {
        if (noLogin) {
            if (!InetAddress.getByName(host).isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        "--no-login is for this machine alone: leave --bind out, or set $REDIS_SQL_SERVE_PASSWORD");
            }
            return null;
        }
        return new AvaticaServer.Login(
                login, secret("REDIS_SQL_SERVE_PASSWORD", "clients must give, or say --no-login"));
    }

    private AvaticaServer.@Nullable KeyStore tls() {
        Path file = keyStore;
        return file == null
                ? null
                : new AvaticaServer.KeyStore(file, secret("REDIS_SQL_KEY_STORE_PASSWORD", "opens " + file));
    }

    private static String secret(String variable, String what) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("set $" + variable + " to the password that " + what);
        }
        return value;
    }
}
