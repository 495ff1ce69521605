package io.rediscalcite.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the user names a server by, as the driver's URL. */
final class JdbcUrl {
    static final String PREFIX = "jdbc:redis-sql:";
    static final String DEFAULT = PREFIX + "//localhost:6379";

    private static final Pattern REDIS_URI = Pattern.compile("redis(s?)://([^/?#]*)(/[^?#]*)?(\\?[^#]*)?");

    private static final Pattern PASSWORD = Pattern.compile("//[^/@?]*:[^/@?]*@.*|.*[?&]password=.*");

    private JdbcUrl() {}

    /**
     * The URL for {@code jdbc:redis-sql:…}, for {@code redis://…} or {@code rediss://…} (which is with TLS), and for
     * {@code host}, {@code host:port} and {@code host:port/database}.
     *
     * @throws IllegalArgumentException for any other text
     */
    static String of(String target) {
        if (target.startsWith(PREFIX)) {
            return target;
        }
        Matcher uri = REDIS_URI.matcher(target);
        if (uri.matches()) {
            String path = uri.group(3) == null ? "" : uri.group(3);
            String query = uri.group(4) == null ? "" : uri.group(4);
            String tls = uri.group(1).isEmpty() ? "" : (query.isEmpty() ? "?" : "&") + "tls=true";
            return PREFIX + "//" + uri.group(2) + path + query + tls;
        }
        if (target.isBlank() || target.contains("://") || target.startsWith("jdbc:") || target.contains(" ")) {
            throw new IllegalArgumentException("this is no address of a Redis server: " + withoutPassword(target)
                    + " (write host:port, redis://host:port or " + DEFAULT + ")");
        }
        return PREFIX + "//" + target;
    }

    /** Whether a password is in the driver's URL itself. */
    static boolean hasPassword(String url) {
        return PASSWORD.matcher(url.substring(PREFIX.length())).matches();
    }

    private static String withoutPassword(String target) {
        return target.replaceAll("(://[^:@/]*):[^@]*@", "$1:***@");
    }
}
