package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.rediscalcite.testing.RedisServerExtension;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong before the first row: one clear error each, soon, and never a password in it. */
class ConnectErrorsTest {
    private static final String PASSWORD = "s3cret-Pa55";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().password(PASSWORD);

    private static SQLException failure(String url) {
        SQLException error = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(SQLException.class, () -> Live.connect(url).close()));
        String trace = Throwables.getStackTraceAsString(error);
        assertFalse(trace.contains(PASSWORD), "the password is shown");
        assertFalse(trace.contains("wr0ng"), "the wrong password is shown");
        return error;
    }

    /** PORT is the server's, CLOSED one where nobody listens. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            textBlock =
                    """
            //no-such-host.invalid:6379 ~ 08001 ~ no-such-host.invalid
            //127.0.0.1:CLOSED ~ 08001 ~ 127.0.0.1:CLOSED
            //127.0.0.1:CLOSED,127.0.0.1:CLOSED ~ 08001 ~ 127.0.0.1:CLOSED
            //127.0.0.1:PORT ~ 28000 ~ password
            //:wr0ng@127.0.0.1:PORT ~ 28000 ~ 127.0.0.1:PORT
            //nobody:wr0ng@127.0.0.1:PORT ~ 28000 ~ 127.0.0.1:PORT
            //127.0.0.1:PORT?password=wr0ng ~ 28000 ~ 127.0.0.1:PORT
            //:s3cret-Pa55@127.0.0.1:PORT/99 ~ 08001 ~ 99
            //:s3cret-Pa55@127.0.0.1:PORT?batchSise=7 ~ 01S00 ~ batchSize
            //:s3cret-Pa55@127.0.0.1:PORT?Discover=maybe ~ 01S00 ~ discover
            //:s3cret-Pa55@127.0.0.1:PORT?batchSize=0 ~ 01S00 ~ batchSize
            //:s3cret-Pa55@127.0.0.1:PORT?batchSize=many ~ 01S00 ~ many
            //:s3cret-Pa55@127.0.0.1:PORT?mode=clusterd ~ 01S00 ~ cluster
            //:s3cret-Pa55@127.0.0.1:PORT?timeZone=Nowhere/At ~ 01S00 ~ Nowhere/At
            //:s3cret-Pa55@127.0.0.1:PORT?batchSize=7&batchSize=8 ~ 01S00 ~ twice
            //:s3cret-Pa55@127.0.0.1:PORT?batchSize ~ 01S00 ~ batchSize
            //:s3cret-Pa55@127.0.0.1:99999 ~ 01S00 ~ 99999
            //:s3cret-Pa55@127.0.0.1:abc ~ 01S00 ~ abc
            //:s3cret-Pa55@127.0.0.1:PORT/zero ~ 01S00 ~ zero
            //:s3cret-Pa55%zz@127.0.0.1:PORT ~ 01S00 ~ %
            //:s3cret-Pa55@[::1:PORT ~ 01S00 ~ [
            127.0.0.1:PORT ~ 01S00 ~ jdbc:redis-sql://
            //:s3cret-Pa55@127.0.0.1:PORT?mode=cluster ~ 08001 ~ cluster
            """)
    void oneClearError(String rest, String state, String named) throws Exception {
        String closed;
        try (ServerSocket free = new ServerSocket(0)) {
            closed = String.valueOf(free.getLocalPort());
        }
        String port = String.valueOf(redis.port());
        SQLException error =
                failure("jdbc:redis-sql:" + rest.replace("PORT", port).replace("CLOSED", closed));
        assertEquals(state, error.getSQLState(), error.getMessage());
        String expected = named.replace("PORT", port).replace("CLOSED", closed);
        assertTrue(error.getMessage().contains(expected), error.getMessage());
        assertEquals(1, error.getMessage().lines().count(), error.getMessage());
    }

    @Test
    void aServerThatAcceptsAndSaysNothingTimesOut() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            SQLException error = failure("jdbc:redis-sql://127.0.0.1:" + mute.getLocalPort() + "?connectTimeout=500");
            assertEquals("08001", error.getSQLState(), error.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:redis://x", "jdbc:postgresql://x", "redis://x", ""})
    void otherUrlsAreOtherDrivers(String url) throws Exception {
        SQLException error = assertThrows(SQLException.class, () -> DriverManager.getConnection(url));
        assertEquals("08001", error.getSQLState());
        assertTrue(error.getMessage().startsWith("No suitable driver"), error.getMessage());
    }

    @Test
    void propertiesWinOverTheUrlAndThePasswordStaysHidden() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("password", PASSWORD);
        String url = "jdbc:redis-sql://:wr0ng@127.0.0.1:" + redis.port();
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            assertTrue(connection.isValid(1));
            assertFalse(connection.toString().contains(PASSWORD));
            assertNotNull(connection.getWarnings() == null ? "" : null);
        }
        properties.setProperty("pasword", PASSWORD);
        SQLException error = assertThrows(SQLException.class, () -> DriverManager.getConnection(url, properties));
        assertEquals("01S00", error.getSQLState());
        assertTrue(error.getMessage().contains("'pasword'"), error.getMessage());
        assertTrue(error.getMessage().contains("password"), error.getMessage());
        assertFalse(error.getMessage().contains(PASSWORD), error.getMessage());
    }
}
