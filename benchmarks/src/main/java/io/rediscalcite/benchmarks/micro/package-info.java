/** JMH's benchmarks: {@code benchmarks/run --jmh}. */
@NullMarked
package io.rediscalcite.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
