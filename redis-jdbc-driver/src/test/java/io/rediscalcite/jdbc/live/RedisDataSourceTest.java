package io.rediscalcite.jdbc.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rediscalcite.jdbc.RedisDataSource;
import io.rediscalcite.testing.RedisServerExtension;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class RedisDataSourceTest {
    private static final String PASSWORD = "s3cret-Pa55";

    @RegisterExtension
    static final RedisServerExtension redis =
            RedisServerExtension.start().plain().password(PASSWORD);

    private final RedisDataSource source = new RedisDataSource();

    @BeforeEach
    void configure() {
        redis.exec("HSET", "item:1", "v", "7");
        source.setUrl(redis.url());
        source.setPassword(PASSWORD);
    }

    @Test
    void connectsAsItsPropertiesSay() throws Exception {
        source.setReadOnly(true);
        source.setSchema("store");
        source.setBatchSize(17);
        try (Connection connection = source.getConnection()) {
            assertEquals(List.of("7"), Live.rows(connection, "SELECT v FROM store.item"));
            assertTrue(connection.isReadOnly());
            String url = connection.getMetaData().getURL();
            assertTrue(url.contains("batchSize=17") && url.contains("readOnly=true"), url);
            assertTrue(source.toString().contains("schema=store"), source.toString());
            assertFalse((source + url).contains(PASSWORD));
        }
        source.setSchema(null);
        try (Connection connection = source.getConnection()) {
            assertEquals("redis", connection.getSchema());
        }
    }

    @Test
    void connectsForAnotherUser() throws Exception {
        redis.exec("ACL", "SETUSER", "ann", "on", ">hers", "~*", "+@all");
        try (Connection connection = source.getConnection("ann", "hers")) {
            assertEquals("ann", connection.getMetaData().getUserName());
        }
        SQLException refused = assertThrows(SQLException.class, () -> source.getConnection("ann", "wrong"));
        assertEquals("28000", refused.getSQLState());
        try (Connection connection = source.getConnection(null, null)) {
            assertEquals("default", connection.getMetaData().getUserName());
        }
    }

    @Test
    void tellsMistakesWhenItConnects() {
        source.setMode("clusterd");
        SQLException bad = assertThrows(SQLException.class, source::getConnection);
        assertEquals("01S00", bad.getSQLState());
        assertTrue(bad.getMessage().contains("cluster"), bad.getMessage());
        source.setMode(null);
        source.setUrl("jdbc:postgresql://localhost");
        SQLException foreign = assertThrows(SQLException.class, source::getConnection);
        assertEquals("01S00", foreign.getSQLState());
        assertTrue(foreign.getMessage().contains("jdbc:redis-sql://"), foreign.getMessage());
        assertFalse(source.toString().contains(PASSWORD));
    }

    /** The options alone would wait for an hour. */
    @Test
    void theLoginTimeoutIsTheMostThatConnectingTakes() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            source.setUrl("jdbc:redis-sql://127.0.0.1:" + mute.getLocalPort());
            source.setConnectTimeout(3_600_000);
            source.setLoginTimeout(1);
            assertEquals(
                    "08001",
                    assertThrows(SQLException.class, source::getConnection).getSQLState());
        }
    }
}
