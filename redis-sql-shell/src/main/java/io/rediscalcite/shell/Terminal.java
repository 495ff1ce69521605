package io.rediscalcite.shell;

/** Which of the standard streams are a terminal, so that a person reads or types there. */
public record Terminal(boolean in, boolean out, boolean err) {
    /** Set by the launcher, with one letter for each stream that is a terminal: {@code i}, {@code o}, {@code e}. */
    private static final String PROPERTY = "redis-sql.terminal";

    /** As the launcher found them; without a launcher none is a terminal. */
    public static Terminal current() {
        String given = System.getProperty(PROPERTY, "");
        return new Terminal(given.contains("i"), given.contains("o"), given.contains("e"));
    }
}
