package io.rediscalcite.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:redis-sql://h:1/2?mode=cluster, jdbc:redis-sql://h:1/2?mode=cluster",
        "localhost, jdbc:redis-sql://localhost",
        "h:6380, jdbc:redis-sql://h:6380",
        "h:6380/3, jdbc:redis-sql://h:6380/3",
        "[::1]:6380, jdbc:redis-sql://[::1]:6380",
        "redis://h, jdbc:redis-sql://h",
        "redis://ann:p%40ss@h:6380/3, jdbc:redis-sql://ann:p%40ss@h:6380/3",
        "redis://:secret@h, jdbc:redis-sql://:secret@h",
        "rediss://h:6380, jdbc:redis-sql://h:6380?tls=true",
        "rediss://h/1?mode=cluster, jdbc:redis-sql://h/1?mode=cluster&tls=true",
    })
    void namesAServer(String target, String url) {
        assertEquals(url, JdbcUrl.of(target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "SELECT 1",
                "http://h:1",
                "jdbc:postgresql://h/db",
                "jdbc:redis://h",
                "redis-socket:///x"
            })
    void refusesWhatNamesNone(String target) {
        assertThrows(IllegalArgumentException.class, () -> JdbcUrl.of(target));
    }

    @Test
    void tellsNoPassword() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> JdbcUrl.of("http://ann:secret@h"));
        assertFalse(String.valueOf(e.getMessage()).contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "//h, false",
        "//ann@h, false",
        "//:p@h, true",
        "//ann:p@h:1/2, true",
        "//h:1/2?password=p, true",
        "//[::1]:6379, false",
        "//h?mode=auto&password=p, true",
    })
    void knowsWhereAPasswordIs(String url, boolean password) {
        assertEquals(password, JdbcUrl.hasPassword("jdbc:redis-sql:" + url));
    }
}
