package io.rediscalcite.shell;

import java.util.Properties;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which server, and who connects. */
public final class Target {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "URL",
            description = "jdbc:redis-sql://…, redis://…, rediss://… or host:port (default: " + JdbcUrl.DEFAULT + ")")
    private String address = JdbcUrl.DEFAULT;

    @Mixin
    private Credentials credentials = new Credentials();

    /**
     * The driver's URL.
     *
     * @throws IllegalArgumentException if the address is none
     */
    String url() {
        return JdbcUrl.of(address);
    }

    /** Who connects, as connection properties, which a driver puts before what the URL says. */
    Properties properties() {
        return credentials.properties(url());
    }
}
