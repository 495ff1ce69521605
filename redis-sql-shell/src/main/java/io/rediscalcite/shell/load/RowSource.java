package io.rediscalcite.shell.load;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other. */
public interface RowSource extends AutoCloseable {
    /**
     * A row as text.
     *
     * @param line where it begins in the file, from 1
     * @param values in the order of {@link #columns}; null for NULL
     */
    record Row(long line, @Nullable String[] values) {
        /** About how many characters it keeps in memory. */
        int size() {
            int size = 0;
            for (String value : values) {
                size += value == null ? 8 : 8 + value.length();
            }
            return size;
        }
    }

    /** The file isn't what its name says; the message is for the user. */
    final class MalformedFileException extends IOException {
        private final long line;

        MalformedFileException(long line, String message) {
            super(message);
            this.line = line;
        }

        /** Where, from 1. */
        public long line() {
            return line;
        }
    }

    /** Names of the columns; no two are equal in any case. */
    List<String> columns();

    /**
     * The next row; null at the end.
     *
     * @throws MalformedFileException if it can't be told what the row is; there are no rows behind it then
     */
    @Nullable
    Row next() throws IOException;

    /** How many bytes of the file are read. */
    long bytesRead();

    @Override
    void close() throws IOException;
}
