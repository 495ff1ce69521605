package io.rediscalcite.shell;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A failure as one line for the user. */
final class ErrorText {
    private ErrorText() {}

    /** The message, and the SQLState where there is one. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.getClass().getSimpleName() : message;
        @Nullable String state = failure instanceof SQLException e ? e.getSQLState() : null;
        return text.strip().replaceAll("\\s*\\R\\s*", " ") + (state == null ? "" : " (SQLState " + state + ")");
    }
}
