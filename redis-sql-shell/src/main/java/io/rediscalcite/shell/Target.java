package io.rediscalcite.shell;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which server, and who connects; the password never stands on the command line, where others can read it. */
public final class Target {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "URL",
            description = "jdbc:redis-sql://…, redis://…, rediss://… or host:port (default: " + JdbcUrl.DEFAULT + ")")
    private String address = JdbcUrl.DEFAULT;

    @Option(names = "--user", paramLabel = "NAME", description = "ACL user")
    private @Nullable String user;

    @Option(
            names = "--password",
            interactive = true,
            prompt = "Password: ",
            description = "ask for the password; without it, that of the URL or else $REDIS_SQL_PASSWORD is used")
    private char @Nullable [] typedPassword;

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
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        String password = JdbcUrl.hasPassword(url()) ? null : System.getenv("REDIS_SQL_PASSWORD");
        if (typedPassword != null) {
            password = new String(typedPassword);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }
}
