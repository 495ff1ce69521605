package io.rediscalcite.benchmarks.measure;

/** One way to answer a case's question. */
public interface Contender {
    /** Who it is, unique in its case; {@link Contenders} has the usual names. */
    String name();

    /** Answers once. */
    Sample run() throws Exception;

    /** Whether the first run is slower for reasons of its own, as in a JVM that compiles, and isn't to be counted. */
    boolean warmsUp();
}
