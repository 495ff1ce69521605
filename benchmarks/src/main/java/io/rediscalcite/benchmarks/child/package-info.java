/** Programs for a JVM of their own, with bounds that the benchmarks' own JVM hasn't. */
@NullMarked
package io.rediscalcite.benchmarks.child;

import org.jspecify.annotations.NullMarked;
