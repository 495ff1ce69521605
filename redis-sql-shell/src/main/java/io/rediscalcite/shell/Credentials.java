package io.rediscalcite.shell;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who connects; the password never stands on the command line, where others can read it. */
public final class Credentials {
    @Option(names = "--user", paramLabel = "NAME", description = "ACL user")
    private @Nullable String user;

    @Option(
            names = "--password",
            interactive = true,
            prompt = "Password: ",
            description = "ask for the password; without it, that of the URL or else $REDIS_SQL_PASSWORD is used")
    private char @Nullable [] typedPassword;

    /** As connection properties, which a driver puts before what {@code url} says. */
    Properties properties(String url) {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        String password = JdbcUrl.hasPassword(url) ? null : System.getenv("REDIS_SQL_PASSWORD");
        if (typedPassword != null) {
            password = new String(typedPassword);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }
}
