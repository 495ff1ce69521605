package io.rediscalcite.jdbc;

/** The driver's numbers since the program began, under JMX as {@code io.rediscalcite:type=Statements}. */
public interface StatementsMXBean {
    /** Statements that came to their end, or whose reader wanted no more. */
    long getEnded();

    /** Statements that failed, cancelled and late ones among them. */
    long getFailed();

    /** Statements that were cancelled or ran out of time. */
    long getStopped();

    /** Rows that results gave, and rows that were written. */
    long getRows();

    /** Commands that statements sent to Redis. */
    long getCommands();

    /** Clients that are open: one for all connections that were told the same. */
    int getOpenClients();
}
