package io.rediscalcite.adapter.error;

import org.jspecify.annotations.Nullable;

/**
 * A failure whose message is written for the user: what happened, where, and what to do.
 *
 * <p>Every room throws this one type; the JDBC driver turns it into a {@link java.sql.SQLException} of the same message
 * and {@link #state() SQLState}. The message never holds a password.
 */
public final class RedisSqlException extends RuntimeException {
    private final SqlState state;

    public RedisSqlException(SqlState state, String message) {
        this(state, message, null);
    }

    public RedisSqlException(SqlState state, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.state = state;
    }

    public SqlState state() {
        return state;
    }
}
