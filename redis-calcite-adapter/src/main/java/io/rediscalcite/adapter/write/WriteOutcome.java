package io.rediscalcite.adapter.write;

import io.rediscalcite.adapter.error.RedisSqlException;
import io.rediscalcite.adapter.error.SqlState;
import io.rediscalcite.adapter.error.WriteException;
import io.rediscalcite.adapter.error.WriteReport;
import io.rediscalcite.adapter.type.Text;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has become of the rows so far. */
final class WriteOutcome {
    /** More keys than this are counted and no longer named: a statement of any size takes little memory. */
    private static final int MOST_NAMED = 1_000_000;

    /** Keys, whose names are told if a row fails. */
    private final List<byte[]> succeeded = new ArrayList<>();

    private final List<String> failed = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private final Map<String, String> sameTexts = new LinkedHashMap<>();
    private final Map<Integer, String> entryErrors = new HashMap<>();
    private final long[] counts;
    private long written;
    private @Nullable RedisSqlException first;
    private @Nullable RedisSqlException lost;

    /** @param entries of a batch; 0 where there is none */
    WriteOutcome(int entries) {
        this.counts = new long[entries];
    }

    void written(Unit unit, long rows) {
        written += rows;
        if (succeeded.size() < MOST_NAMED) {
            succeeded.add(unit.key());
        }
        if (unit.entry() < counts.length && counts[unit.entry()] != Statement.EXECUTE_FAILED) {
            counts[unit.entry()] += rows;
        }
    }

    void failed(Unit unit, RedisSqlException why) {
        failed(unit.name(), unit.entry(), why);
    }

    /** @param name the row's key, or which row it is where it has none */
    void failed(String name, int entry, RedisSqlException why) {
        first = first == null ? why : first;
        failed.add(name);
        explain(name, entry, why);
    }

    void unknown(Unit unit, RedisSqlException why) {
        lost = lost == null ? why : lost;
        unknown.add(unit.name());
        explain(unit.name(), unit.entry(), why);
    }

    private void explain(String name, int entry, RedisSqlException why) {
        String message = String.valueOf(why.getMessage());
        errors.putIfAbsent(name, sameTexts.computeIfAbsent(message, text -> text));
        if (sameTexts.size() > 1_000) {
            sameTexts.clear();
        }
        if (entry < counts.length) {
            counts[entry] = Statement.EXECUTE_FAILED;
            entryErrors.putIfAbsent(entry, message);
        }
    }

    long written() {
        return written;
    }

    /** Rows that each entry of a batch wrote. */
    List<Long> counts() {
        return Arrays.stream(counts).boxed().toList();
    }

    /**
     * Returns if every row was written, as far as there were any.
     *
     * @param stopped why the rows ended too early; null if they didn't
     * @throws WriteException if some rows were written and others not, or one wasn't
     */
    void check(@Nullable Throwable stopped) {
        boolean clean = failed.isEmpty() && unknown.isEmpty();
        if (clean && (stopped == null || written == 0)) {
            return;
        }
        RedisSqlException why = stopped instanceof RedisSqlException end ? end : lost != null ? lost : first;
        String reason = String.valueOf(stopped != null ? stopped.getMessage() : why == null ? null : why.getMessage());
        throw new WriteException(
                why == null ? SqlState.INTERNAL : why.state(),
                summary(stopped != null),
                reason,
                new WriteReport(
                        written,
                        succeeded.stream().map(Text::decode).toList(),
                        failed,
                        errors,
                        unknown,
                        entryErrors,
                        counts()),
                stopped != null ? stopped : why);
    }

    private String summary(boolean stopped) {
        if (written == 0 && failed.size() + unknown.size() == 1 && unknown.isEmpty() && !stopped) {
            return "";
        }
        return rows(written) + " written, " + failed.size() + " failed, " + unknown.size() + " unknown"
                + (stopped ? ", and the statement ended early: " : "; the first: ");
    }

    private static String rows(long count) {
        return count == 1 ? "1 row was" : count + " rows were";
    }
}
