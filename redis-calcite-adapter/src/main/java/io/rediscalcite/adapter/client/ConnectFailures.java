package io.rediscalcite.adapter.client;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.redisson.client.RedisAuthRequiredException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.RedisWrongPasswordException;

/** Tells why a connection could not be opened, in words for the user. */
final class ConnectFailures {
    private ConnectFailures() {}

    static RedisSqlException of(Endpoint endpoint, ClientConfig config, Throwable failure) {
        if (failure instanceof RedisSqlException known) {
            return known;
        }
        String cannot = "Can't connect to " + endpoint + ": ";
        // Redisson's own exceptions are not kept as cause: their texts aren't ours to vouch for.
        if (failure instanceof RedisTimeoutException
                || failure instanceof TimeoutException
                || failure instanceof ConnectTimeoutException) {
            return failed(
                    cannot + "no answer within " + config.connectTimeoutMillis()
                            + " ms. Check host, port and firewall; a larger connectTimeout waits longer."
                            + (config.tls().enabled() ? " If that port speaks no TLS, use tls=false." : ""),
                    new TimeoutException());
        }
        if (failure instanceof RedisException) {
            return refused(endpoint, config, serverText(failure));
        }
        if (find(failure, NotSslRecordException.class) != null) {
            return failed(cannot + "it doesn't speak TLS. Use tls=false, or the server's TLS port.", failure);
        }
        Throwable tls = find(failure, SSLException.class);
        if (tls != null) {
            return failed(
                    cannot + "no TLS connection (" + tls.getMessage()
                            + "). Check trustStore and keyStore; tlsVerify=false trusts any server.",
                    failure);
        }
        if (failure instanceof ConnectException) {
            return failed(cannot + "connection refused. Is Redis running there, and is the port right?", failure);
        }
        if (failure instanceof NoRouteToHostException) {
            return failed(cannot + "there is no route to the host. Check host and network.", failure);
        }
        return failed(cannot + failure.getMessage() + ". Is it a Redis server, and does it need tls=true?", failure);
    }

    /** Whether the server answered, and said no: that has no cause, while whatever else can happen has one. */
    static boolean isRefusal(RedisSqlException failure) {
        return failure.getCause() == null;
    }

    /** What the server answered to the handshake. */
    static RedisSqlException refused(Endpoint endpoint, ClientConfig config, String text) {
        String cannot = "Can't connect to " + endpoint + ": the server says '" + text + "'. ";
        if (text.startsWith("NOAUTH") || text.contains("Authentication required")) {
            return new RedisSqlException(
                    SqlState.BAD_CREDENTIALS, cannot + "It wants a password: set the property password (and user).");
        }
        if (text.startsWith("WRONGPASS")
                || text.startsWith("ERR invalid password")
                || text.startsWith("ERR AUTH")
                || text.startsWith("ERR Client sent AUTH")
                || text.contains("wrong number of arguments for 'auth'")) {
            return new RedisSqlException(SqlState.BAD_CREDENTIALS, cannot + "Check the properties user and password.");
        }
        if (text.startsWith("NOPERM")) {
            return new RedisSqlException(
                    SqlState.NOT_PERMITTED, cannot + "Ask for that permission (ACL SETUSER), or use another user.");
        }
        if (text.startsWith("ERR max number of clients")) {
            return new RedisSqlException(
                    SqlState.SERVER_LIMIT, cannot + "Close other connections, or raise its maxclients.");
        }
        if (text.contains("DB index") || text.contains("SELECT is not allowed") || text.contains("'SELECT'")) {
            return failed(cannot + "The database " + config.database() + " isn't there: choose another.", null);
        }
        return failed(cannot.strip(), null);
    }

    private static RedisSqlException failed(String message, @Nullable Throwable cause) {
        return new RedisSqlException(SqlState.CANNOT_CONNECT, message, cause);
    }

    /** The server's words, without what Redisson writes behind them. */
    private static String serverText(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof RedisAuthRequiredException && !message.startsWith("NOAUTH")) {
            message = "NOAUTH " + message;
        } else if (failure instanceof RedisWrongPasswordException && !message.startsWith("WRONGPASS")) {
            message = "WRONGPASS " + message;
        }
        int end = message.indexOf(". channel:");
        return end < 0 ? message : message.substring(0, end);
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
