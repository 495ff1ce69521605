package io.rediscalcite.adapter.client;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;

/** Turns a server's error reply into the exception a user sees. */
public final class RedisErrors {
    private RedisErrors() {}

    /**
     * The exception for an error reply.
     *
     * @param text the reply, as {@code WRONGTYPE Operation against a key holding the wrong kind of value}
     * @param command the command's name, without arguments, since they may hold what nobody should read
     */
    public static RedisSqlException of(String text, String command, Endpoint from) {
        // A script's own commands are refused in other words than those that a client sends.
        String code = text.startsWith("ERR ACL failure") ? "NOPERM" : text.substring(0, Math.max(0, text.indexOf(' ')));
        String said = command + " failed on " + from + ": " + text;
        return switch (code.isEmpty() ? text : code) {
            case "NOPERM" ->
                new RedisSqlException(
                        SqlState.NOT_PERMITTED,
                        said + ". Ask for that permission (ACL SETUSER), or connect as another user.");
            case "READONLY" -> new RedisSqlException(SqlState.NOT_PERMITTED, said + " Connect to the master to write.");
            case "NOAUTH", "WRONGPASS" ->
                new RedisSqlException(SqlState.BAD_CREDENTIALS, said + ". Check the properties user and password.");
            case "OOM" ->
                new RedisSqlException(
                        SqlState.SERVER_OUT_OF_MEMORY, said + " Free memory there, or raise its maxmemory.");
            case "LOADING", "BUSY", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN" ->
                new RedisSqlException(SqlState.SERVER_ERROR, said + " Try again when the server is ready.");
            case "MOVED", "ASK" ->
                new RedisSqlException(SqlState.SERVER_ERROR, said + ". The cluster is moving slots: try again.");
            default ->
                text.startsWith("ERR max number of clients")
                        ? new RedisSqlException(
                                SqlState.SERVER_LIMIT, said + ". Close other connections, or raise its maxclients.")
                        : new RedisSqlException(SqlState.SERVER_ERROR, said);
        };
    }
}
