package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@link java.sql.Wrapper} for objects that wrap nothing but themselves. */
final class Wrapping {
    private Wrapping() {}

    static boolean is(Object wrapper, @Nullable Class<?> type) {
        return type != null && type.isInstance(wrapper);
    }

    /** @throws SQLException 22P02 if it is no {@code type} */
    static <T> T unwrap(Object wrapper, @Nullable Class<T> type) throws SQLException {
        if (type != null && type.isInstance(wrapper)) {
            return type.cast(wrapper);
        }
        throw SqlErrors.exception(
                SqlState.BAD_VALUE,
                wrapper.getClass().getName() + " is no wrapper for " + (type == null ? "null" : type.getName()));
    }
}
