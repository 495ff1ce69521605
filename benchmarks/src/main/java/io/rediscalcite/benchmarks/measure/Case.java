package io.rediscalcite.benchmarks.measure;

import java.util.List;

/**
 * A question that is measured, with all who answer it.
 *
 * @param <S> what it is asked of: servers, connections, data
 */
public interface Case<S> {
    /** A short name without blanks, for {@code --only}. */
    String name();

    /** The question, as SQL or in words. */
    String question();

    /** Those who answer; called once, before the first run, and may prepare what they need. */
    List<Contender> contenders(S stage) throws Exception;

    /** What is to be reached. */
    List<Target> targets();
}
