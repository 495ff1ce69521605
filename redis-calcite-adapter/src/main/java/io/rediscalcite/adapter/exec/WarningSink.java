package io.rediscalcite.adapter.exec;

/**
 * Takes the warnings of a running statement: a variable that a caller may put in the statement's {@link
 * org.apache.calcite.DataContext} under {@link #CONTEXT_NAME}.
 */
@FunctionalInterface
public interface WarningSink {
    /** The variable's name. */
    String CONTEXT_NAME = "$warnings";

    /** Takes one, in words for the user; called by the thread that reads the rows. */
    void warn(String message);
}
