package io.rediscalcite.benchmarks.measure;

/** The names of those who take part in most cases, in the order of the tables. */
public final class Contenders {
    /** A blocking socket and a reader of replies by hand, with no more than the question needs: its server CPU is the floor. */
    public static final String BARE_CLIENT = "bare client";

    /** This project, through JDBC. */
    public static final String REDIS_SQL = "Redis SQL";

    public static final String POLARS_REDIS = "polars-redis";

    /** Calcite over a table that can only be read whole, fed by the bare client. */
    public static final String PLAIN_CALCITE = "plain Calcite";

    private Contenders() {}
}
