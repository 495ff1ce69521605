/**
 * Measures Redis SQL beside its floor and its peers: {@code benchmarks/run} starts it.
 *
 * <p>A {@link io.rediscalcite.benchmarks.measure.Case} is a question, the contenders that answer it and the targets to be reached; {@link
 * io.rediscalcite.benchmarks.Cases} is the list of them. They stand on a {@link io.rediscalcite.benchmarks.Stage}: a private server with
 * the data, and connections to it. The runner asks the contenders in turn, compares their answers and keeps their times; the
 * report prints them and writes docs/performance.md.
 */
@NullMarked
package io.rediscalcite.benchmarks;

import org.jspecify.annotations.NullMarked;
