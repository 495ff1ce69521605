package io.rediscalcite.adapter.error;

import org.jspecify.annotations.Nullable;

/** A statement that wrote some of its rows and not all; its {@link #report} has the truth about each. */
public final class WriteException extends RuntimeException {
    private final SqlState state;
    private final String summary;
    private final transient WriteReport report;

    /**
     * @param summary the numbers in words, up to a colon; empty where the reason says it all
     * @param reason what went wrong first
     */
    public WriteException(
            SqlState state, String summary, String reason, WriteReport report, @Nullable Throwable cause) {
        super(summary + reason, cause);
        this.state = state;
        this.summary = summary;
        this.report = report;
    }

    public SqlState state() {
        return state;
    }

    public String summary() {
        return summary;
    }

    public WriteReport report() {
        return report;
    }
}
