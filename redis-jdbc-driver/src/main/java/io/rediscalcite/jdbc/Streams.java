package io.rediscalcite.jdbc;

import io.rediscalcite.adapter.error.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** Reads the parameters that JDBC passes as streams, readers, or with a calendar. */
final class Streams {
    /** A length that means: to the end. */
    static final long ALL = Long.MAX_VALUE;

    private Streams() {}

    static byte @Nullable [] bytes(@Nullable InputStream stream, long length) throws SQLException {
        if (stream == null) {
            return null;
        }
        try {
            return stream.readNBytes((int) Math.min(length, Integer.MAX_VALUE));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static @Nullable String ascii(@Nullable InputStream stream, long length) throws SQLException {
        return decoded(bytes(stream, length), StandardCharsets.US_ASCII);
    }

    static @Nullable String utf8(@Nullable InputStream stream, long length) throws SQLException {
        return decoded(bytes(stream, length), StandardCharsets.UTF_8);
    }

    private static @Nullable String decoded(byte @Nullable [] bytes, Charset charset) {
        return bytes == null ? null : new String(bytes, charset);
    }

    static @Nullable String text(@Nullable Reader reader, long length) throws SQLException {
        if (reader == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        try {
            long left = length;
            while (left > 0) {
                int read = reader.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (read < 0) {
                    break;
                }
                text.append(buffer, 0, read);
                left -= read;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return text.toString();
    }

    /** The date and time that {@code instant} shows in the calendar's zone; in Java's own zone without a calendar. */
    @SuppressWarnings("JavaUtilDate") // JDBC hands it in.
    static @Nullable Object inZone(java.util.@Nullable Date instant, @Nullable Calendar calendar) {
        if (instant == null || calendar == null) {
            return instant;
        }
        return LocalDateTime.ofInstant(
                new Timestamp(instant.getTime()).toInstant(),
                calendar.getTimeZone().toZoneId());
    }

    private static SQLException unreadable(IOException e) {
        return SqlErrors.exception(SqlState.BAD_VALUE, "the parameter's stream can't be read: " + e.getMessage(), e);
    }
}
