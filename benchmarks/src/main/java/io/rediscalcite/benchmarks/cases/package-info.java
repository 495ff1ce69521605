/** The questions, one class each. */
@NullMarked
package io.rediscalcite.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
