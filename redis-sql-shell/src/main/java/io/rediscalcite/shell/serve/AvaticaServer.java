package io.rediscalcite.shell.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.jdbc.JdbcMeta;
import org.apache.calcite.avatica.jdbc.StatementInfo;
import org.apache.calcite.avatica.remote.Driver.Serialization;
import org.apache.calcite.avatica.remote.LocalService;
import org.apache.calcite.avatica.server.HttpServer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Credential;
import org.jspecify.annotations.Nullable;

/** The driver behind Avatica's HTTP server, for clients in other languages and on other machines: protobuf over HTTP or HTTPS. */
public final class AvaticaServer implements AutoCloseable {
    private static final String ROLE = "user";

    private final HttpServer server;

    private AvaticaServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Where it listens, and whom it lets in.
     *
     * @param port 0 for any that is free
     * @param login null for anyone
     * @param tls null for plain HTTP
     */
    public record Options(String host, int port, @Nullable Login login, @Nullable KeyStore tls) {}

    /** The one name and password that clients must give: ASCII, as HTTP's basic authentication has it; the name without a colon. */
    public record Login(String user, String password) {
        public Login {
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(user + password) || user.contains(":")) {
                throw new IllegalArgumentException(
                        "the login's name and password must be ASCII, and the name without a colon");
            }
        }

        /** Without the password. */
        @Override
        public String toString() {
            return user;
        }
    }

    /** A file with the server's key and certificate. */
    public record KeyStore(Path file, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * Starts.
     *
     * @param properties of the driver: each client's connection has these, whatever the client asks for
     * @throws SQLException never before a client connects, as the server need not be there yet
     */
    public static AvaticaServer start(String url, Properties properties, Options options) throws SQLException {
        HttpServer.Builder<Server> builder = HttpServer.Builder.<Server>newBuilder()
                .withPort(options.port())
                .withHandler(new LocalService(new FixedMeta(url, properties)), Serialization.PROTOBUF)
                .withServerCustomizers(List.of(server -> listenOn(options.host(), server)), Server.class);
        KeyStore tls = options.tls();
        if (tls != null) {
            builder.withTLS(tls.file().toFile(), tls.password(), tls.file().toFile(), tls.password());
        }
        Login login = options.login();
        if (login == null) {
            return started(builder);
        }
        try {
            Path users = Files.createTempFile("redis-sql-serve", ".properties");
            try {
                Files.writeString(
                        users,
                        escape(login.user()) + ": " + Credential.MD5.digest(login.password()) + "," + ROLE + "\n");
                return started(builder.withBasicAuthentication(users.toString(), new String[] {ROLE}));
            } finally {
                Files.delete(users);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the file that the login is read from", e);
        }
    }

    private static AvaticaServer started(HttpServer.Builder<Server> builder) {
        HttpServer server = builder.build();
        server.start();
        return new AvaticaServer(server);
    }

    private static void listenOn(String host, Server server) {
        for (Connector connector : server.getConnectors()) {
            if (connector instanceof ServerConnector listening) {
                listening.setHost(host);
            }
        }
    }

    /** For a file of properties. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\u%04x", c)));
        return escaped.toString();
    }

    /**
     * Opens what the server was started with: a client has no say in it, least of all in files that a property may name.
     *
     * <p>Some clients, such as phoenixdb, run text under the id of a statement that they prepared: so each text is run by a
     * statement of its own.
     */
    private static final class FixedMeta extends JdbcMeta {
        FixedMeta(String url, Properties properties) throws SQLException {
            super(url, properties);
        }

        @Override
        public void openConnection(ConnectionHandle handle, Map<String, String> ignored) {
            super.openConnection(handle, Map.of());
        }

        @Override
        public ExecuteResult prepareAndExecute(
                StatementHandle handle, String sql, long maxRows, int maxRowsInFirstFrame, PrepareCallback callback)
                throws NoSuchStatementException {
            super.closeStatement(handle);
            try {
                getStatementCache()
                        .put(
                                handle.id,
                                new StatementInfo(
                                        getConnection(handle.connectionId).createStatement()));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return super.prepareAndExecute(handle, sql, maxRows, maxRowsInFirstFrame, callback);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Waits until it is closed, or the thread is interrupted. */
    public void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        server.stop();
    }
}
