package io.rediscalcite.jdbc;

/** Keeps the driver's libraries from writing to the console. */
final class Quiet {
    private static final String VERBOSITY = "slf4j.internal.verbosity";

    private Quiet() {}

    /** Stops slf4j's note that there is no logging backend, unless the application has its own wish. Call before any logger exists. */
    static void slf4j() {
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "ERROR");
        }
    }
}
