package io.rediscalcite.shell.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.testing.RedisServerExtension;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.ConnectionConfigImpl;
import org.apache.calcite.avatica.remote.AvaticaHttpClientFactoryImpl;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.RemoteProtobufService;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The server mode, through Avatica's own thin client. */
class AvaticaServerTest {
    private static final AvaticaServer.Login LOGIN = new AvaticaServer.Login("tool", "s3cret, :x=\\");

    @RegisterExtension
    static final RedisServerExtension redis = RedisServerExtension.start().plain();

    @TempDir
    Path folder;

    @BeforeAll
    static void load() {
        for (int i = 1; i <= 500; i++) {
            redis.exec("HSET", "item:" + i, "v", i, "name", "n" + i);
        }
    }

    private static AvaticaServer.Options options(AvaticaServer.Login login, AvaticaServer.KeyStore tls) {
        return new AvaticaServer.Options(InetAddress.getLoopbackAddress().getHostAddress(), 0, login, tls);
    }

    private static Connection connect(AvaticaServer server, String more, String user, String password)
            throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("avatica_user", user);
        properties.setProperty("avatica_password", password);
        String scheme = more.isEmpty() ? "http" : "https";
        return DriverManager.getConnection(
                "jdbc:avatica:remote:serialization=protobuf;authentication=BASIC;url=" + scheme + "://127.0.0.1:"
                        + server.port() + more,
                properties);
    }

    private static void assertAnswers(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, v, name FROM item WHERE v >= ? ORDER BY v")) {
            statement.setLong(1, 101);
            try (ResultSet rows = statement.executeQuery()) {
                for (int i = 101; i <= 500; i++) {
                    assertTrue(rows.next());
                    assertEquals(i, rows.getLong("v"));
                    assertEquals("n" + i, rows.getString(3));
                }
                assertFalse(rows.next());
            }
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, "redis", "it%", null)) {
            assertTrue(tables.next());
            assertEquals("item", tables.getString("TABLE_NAME"));
        }
    }

    @Test
    void answersWhoeverHasThePassword() throws Exception {
        try (AvaticaServer server = AvaticaServer.start(redis.url(), new Properties(), options(LOGIN, null));
                Connection connection = connect(server, "", LOGIN.user(), LOGIN.password())) {
            assertAnswers(connection);
            SQLException mistake = assertThrows(
                    SQLException.class, () -> connection.createStatement().executeQuery("SELECT * FROM nowhere"));
            assertTrue(mistake.getMessage().contains("table 'nowhere' not found"), mistake.getMessage());
        }
    }

    @Test
    void refusesOthers() throws Exception {
        try (AvaticaServer server = AvaticaServer.start(redis.url(), new Properties(), options(LOGIN, null))) {
            assertThrows(Exception.class, () -> {
                try (Connection wrong = connect(server, "", LOGIN.user(), "wrong")) {
                    wrong.createStatement().executeQuery("SELECT 1");
                }
            });
        }
        assertFalse(LOGIN.toString().contains("s3cret"));
    }

    @Test
    void aClientHasNoSayInTheConnection() throws Exception {
        Properties readOnly = new Properties();
        readOnly.setProperty("readOnly", "true");
        try (AvaticaServer server = AvaticaServer.start(redis.url(), readOnly, options(null, null))) {
            Properties asked = new Properties();
            asked.setProperty("readOnly", "false");
            asked.setProperty("model", "/etc/hostname");
            try (Connection connection = DriverManager.getConnection(
                    "jdbc:avatica:remote:serialization=protobuf;url=http://127.0.0.1:" + server.port(), asked)) {
                assertAnswers(connection);
                assertTrue(connection.getMetaData().isReadOnly());
            }
        }
    }

    /** As phoenixdb does: text under the id of a statement that was prepared before. */
    @Test
    void runsTextUnderThePreparedStatementsId() throws Exception {
        try (AvaticaServer server = AvaticaServer.start(redis.url(), new Properties(), options(null, null))) {
            Service service = new RemoteProtobufService(
                    AvaticaHttpClientFactoryImpl.getInstance()
                            .getClient(
                                    URI.create("http://127.0.0.1:" + server.port())
                                            .toURL(),
                                    new ConnectionConfigImpl(new Properties()),
                                    null),
                    new ProtobufTranslationImpl());
            service.apply(new Service.OpenConnectionRequest("c", Map.of()));
            int id = service.apply(new Service.PrepareRequest("c", "SELECT v FROM item WHERE id = ?", -1)).statement.id;
            for (int i = 1; i <= 2; i++) {
                Service.ResultSetResponse result = service.apply(new Service.PrepareAndExecuteRequest(
                                "c", id, "SELECT name FROM item WHERE id = " + i, -1))
                        .results
                        .get(0);
                assertEquals(
                        "n" + i, ((List<?>) result.firstFrame.rows.iterator().next()).get(0));
            }
            service.apply(new Service.CloseConnectionRequest("c"));
        }
    }

    @Test
    void speaksTls() throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertEquals(0, keytool.waitFor());
        AvaticaServer.KeyStore tls = new AvaticaServer.KeyStore(file, "changeit");
        try (AvaticaServer server = AvaticaServer.start(redis.url(), new Properties(), options(LOGIN, tls));
                Connection connection = connect(
                        server,
                        ";truststore=" + file + ";truststore_password=changeit",
                        LOGIN.user(),
                        LOGIN.password())) {
            assertAnswers(connection);
        }
    }
}
