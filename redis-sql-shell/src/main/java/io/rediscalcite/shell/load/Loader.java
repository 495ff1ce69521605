package io.rediscalcite.shell.load;

import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.jdbc.RedisWriteException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a file into a table, in batches of a bounded size, and keeps what became of each. */
public final class Loader implements AutoCloseable {
    private static final int BATCH_ROWS = 10_000;
    private static final int BATCH_CHARACTERS = 8_000_000;
    /** After these no other row has a better chance. */
    private static final Set<String> HOPELESS =
            Set.of(SqlState.NOT_PERMITTED.code(), SqlState.SERVER_OUT_OF_MEMORY.code());

    private static final String BYTES_IN_HEXADECIMAL = "\\x";

    /**
     * What became of the rows.
     *
     * @param skipped rows that were there already, where the mode is {@code skip}
     * @param unknown those of the failed rows that may be written all the same: the connection broke before the reply
     * @param lastLine the line of the last row that was tried; the rows behind it weren't
     * @param ended why the rows ended early; null if they didn't
     */
    public record Outcome(
            long written, long skipped, long failed, long unknown, long lastLine, @Nullable String ended) {}

    private final PreparedStatement insert;
    private final List<String> columns;
    private final String fileName;
    private final FileFormat failedFormat;
    private final Path failedFile;
    private final Consumer<String> reasons;
    private final List<RowSource.Row> batch = new ArrayList<>();
    private @Nullable FailedRows failedRows;
    private int batchSize;
    private long written;
    private long skipped;
    private long failed;
    private long unknown;
    private long lastLine;

    /**
     * @param table as SQL names it
     * @param failedFile where rows that fail are put; made when the first does
     * @param reasons takes a line for each row that failed, with the file and its line
     * @throws SQLException if the table hasn't the columns
     */
    public Loader(
            Connection connection,
            String table,
            List<String> columns,
            Path file,
            Path failedFile,
            Consumer<String> reasons)
            throws SQLException {
        this.columns = columns;
        this.fileName = file.toString();
        this.failedFormat = FileFormat.of(file).failed();
        this.failedFile = failedFile;
        this.reasons = reasons;
        String names = String.join(", ", columns.stream().map(Loader::quoted).toList());
        String marks = String.join(", ", Collections.nCopies(columns.size(), "?"));
        this.insert = connection.prepareStatement("INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")");
    }

    /** The name as SQL takes it, whatever is in it. */
    public static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /**
     * Writes all rows. Rows that fail don't stop the others, but a file that is malformed, a lost connection, and a server that
     * takes no row at all do.
     *
     * @param progress is told how many rows were tried, after each batch
     * @throws IOException if the file can't be read, or that of the failed rows can't be written
     */
    public Outcome load(RowSource rows, LongConsumer progress) throws IOException, SQLException {
        String ended = null;
        try {
            for (RowSource.Row row = rows.next(); row != null; row = ended == null ? rows.next() : null) {
                lastLine = row.line();
                if (bind(row)) {
                    insert.addBatch();
                    batch.add(row);
                    batchSize += row.size();
                }
                if (batch.size() == BATCH_ROWS || batchSize >= BATCH_CHARACTERS) {
                    ended = write();
                    progress.accept(written + skipped + failed);
                }
            }
        } catch (RowSource.MalformedFileException malformed) {
            ended = place(malformed.line()) + malformed.getMessage();
        }
        String endedNow = write();
        progress.accept(written + skipped + failed);
        return new Outcome(written, skipped, failed, unknown, lastLine, ended == null ? endedNow : ended);
    }

    private String place(long line) {
        return fileName + ":" + (line == 0 ? "" : line + ":") + " ";
    }

    /** Gives the statement the row's values; false where one can't be of its column's type. */
    private boolean bind(RowSource.Row row) throws IOException, SQLException {
        ParameterMetaData types = insert.getParameterMetaData();
        for (int i = 0; i < columns.size(); i++) {
            String value = row.values()[i];
            try {
                insert.setObject(i + 1, value == null ? null : value(value, types.getParameterType(i + 1)));
            } catch (SQLException | IllegalArgumentException unfit) {
                fail(
                        row,
                        "column '" + columns.get(i) + "' is " + types.getParameterTypeName(i + 1) + ", and '" + value
                                + "' isn't");
                return false;
            }
        }
        return true;
    }

    private static Object value(String text, int type) {
        if (type != Types.VARBINARY) {
            return text;
        }
        if (!text.startsWith(BYTES_IN_HEXADECIMAL)) {
            throw new IllegalArgumentException("no bytes");
        }
        return HexFormat.of().parseHex(text, BYTES_IN_HEXADECIMAL.length(), text.length());
    }

    private void fail(RowSource.Row row, String reason) throws IOException {
        FailedRows rows = failedRows;
        if (rows == null) {
            rows = failedFormat.create(failedFile, columns);
            failedRows = rows;
        }
        rows.add(row);
        failed++;
        reasons.accept(place(row.line()) + reason);
    }

    /** Writes the batch; returns why there is no use in another one, null if there is. */
    private @Nullable String write() throws IOException, SQLException {
        if (batch.isEmpty()) {
            return null;
        }
        long before = written;
        String ended = null;
        try {
            take(insert.executeLargeBatch(), Map.of());
        } catch (RedisWriteException partly) {
            take(partly.getLargeUpdateCounts(), partly.entryErrors());
            unknown += partly.unknownKeys().size();
            boolean hopeless = written == before && HOPELESS.contains(partly.getSQLState());
            boolean lost = SqlState.CONNECTION_LOST.code().equals(partly.getSQLState());
            ended = hopeless || lost ? partly.getMessage() : null;
        } catch (SQLException nothingWritten) {
            for (RowSource.Row row : batch) {
                fail(row, String.valueOf(nothingWritten.getMessage()));
            }
            ended = nothingWritten.getMessage();
        }
        batch.clear();
        batchSize = 0;
        return ended;
    }

    private void take(long[] counts, Map<Integer, String> errors) throws IOException {
        for (int i = 0; i < batch.size(); i++) {
            if (counts[i] == Statement.EXECUTE_FAILED) {
                // Its number in the batch means nothing to who knows the file.
                fail(batch.get(i), errors.getOrDefault(i, "not written").replaceFirst("^row \\d+: ", ""));
            } else if (counts[i] == 0) {
                skipped++;
            } else {
                written++;
            }
        }
    }

    /** Closes the statement and the file of failed rows. */
    @Override
    public void close() throws IOException, SQLException {
        try (insert) {
            FailedRows rows = failedRows;
            if (rows != null) {
                rows.close();
            }
        }
    }
}
